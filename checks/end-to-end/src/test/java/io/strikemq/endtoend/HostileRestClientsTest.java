package io.strikemq.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of the REST API that want too much or are slow: no error in the log, and others are served. */
class HostileRestClientsTest {
    private static final int MEGABYTE = 1 << 20;
    private static final int AT_ONCE = 6;
    private static final int SLOW = 30;

    @TempDir
    static Path folder;

    private static BrokerProcess broker;

    @BeforeAll
    static void startBroker() {
        broker = BrokerProcess.start(folder);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @AfterEach
    void othersNoticeNothing() {
        broker.post("/v1/topics/others/messages", "{\"messages\":[{\"value\":\"x\"}]}");
        assertEquals(
                "x",
                broker.get("/v1/topics/others/messages").get(0).get("value").asText());
        assertFalse(broker.output().contains("ERROR"), broker.output());
        assertFalse(broker.output().contains("OutOfMemory"), broker.output());
    }

    @Test
    void bodiesThatNoTopicTakesAreRefused() {
        assertEquals(List.of(413), postAtOnce("small", 90 * MEGABYTE));
    }

    @Test
    void bodiesThatATopicTakesAndMemoryDoesNotAreRefused() {
        put("large", "{\"configs\":{\"max.message.bytes\":" + 100 * MEGABYTE + "}}");
        // 503 for those who meet others on their way in, 413 for who is alone and still too large.
        assertTrue(List.of(413, 503).containsAll(postAtOnce("large", 90 * MEGABYTE)), broker.output());
    }

    @Test
    void aPeekOfABatchThatBecomesVeryLargeIsRefused() {
        produceCompressed("inflating", 60 * MEGABYTE);
        List<CompletableFuture<Integer>> peeks = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            peeks.add(status(HttpRequest.newBuilder(uri("/v1/topics/inflating/messages"))));
        }
        for (CompletableFuture<Integer> peek : peeks) {
            int status = peek.join();
            assertTrue(status == 413 || status == 503, "status " + status);
        }
    }

    @Test
    void halfSentRequestsHoldUpNobody() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW; i++) {
                Socket socket = new Socket("127.0.0.1", broker.httpPort());
                slow.add(socket);
                socket.getOutputStream()
                        .write("POST /v1/topics/t/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\n{"
                                .getBytes(StandardCharsets.US_ASCII));
            }
            othersNoticeNothing();
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void malformedRequestsDoNotFillTheLog() throws IOException {
        int linesBefore = (int) broker.output().lines().count();
        for (String hosts : List.of("Host: localhost\r\nHost: other", "Host: user@localhost", "Host: a%1b[31mb")) {
            for (int i = 0; i < 100; i++) {
                try (Socket socket = new Socket("127.0.0.1", broker.httpPort())) {
                    socket.getOutputStream()
                            .write(("GET / HTTP/1.1\r\n" + hosts + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                    String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                    assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
                }
            }
        }
        assertTrue(broker.output().lines().count() < linesBefore + 50, broker.output());
    }

    /** Posts bodies of this size together; the statuses that came back. */
    private static List<Integer> postAtOnce(String topic, int size) {
        byte[] body = ("{\"messages\":[{\"value\":\"" + "x".repeat(size) + "\"}]}").getBytes(StandardCharsets.US_ASCII);
        List<CompletableFuture<Integer>> posts = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            posts.add(status(HttpRequest.newBuilder(uri("/v1/topics/" + topic + "/messages"))
                    .POST(BodyPublishers.ofByteArray(body))));
        }
        return posts.stream().map(CompletableFuture::join).distinct().toList();
    }

    private static void put(String topic, String body) {
        assertEquals(
                201,
                status(HttpRequest.newBuilder(uri("/v1/topics/" + topic)).PUT(BodyPublishers.ofString(body)))
                        .join());
    }

    private static CompletableFuture<Integer> status(HttpRequest.Builder request) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return client.sendAsync(request.build(), BodyHandlers.discarding()).thenApply(HttpResponse::statusCode);
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + broker.httpPort() + path);
    }

    private static void produceCompressed(String topic, int size) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "compression.type",
                "gzip",
                "max.request.size",
                2 * size,
                "buffer.memory",
                4L * size);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, new byte[size])).get();
        } catch (Exception e) {
            throw new AssertionError("the batch was not taken", e);
        }
    }
}
