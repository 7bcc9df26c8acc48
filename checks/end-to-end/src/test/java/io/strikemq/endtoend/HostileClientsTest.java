package io.strikemq.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that are many, slow, broken or malicious: the broker stays up, in bounded memory, and others notice nothing.
 */
class HostileClientsTest {
    private static final long MEMORY_LIMIT_KB = 700 * 1024;
    private static final int REQUEST_MEMORY = 64 << 20;

    @TempDir
    static Path folder;

    private static BrokerProcess broker;

    @BeforeAll
    static void startBroker() {
        broker = BrokerProcess.start(folder, "--set", "message_pool_blocks=" + REQUEST_MEMORY / 4096);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @AfterEach
    void othersNoticeNothing() throws IOException {
        String topic = "others";
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            producer.send(new ProducerRecord<>(topic, new byte[] {1}));
            producer.flush();
        }
        assertTrue(readOne(topic) >= 0, broker.output());
        assertTrue(residentKb() < MEMORY_LIMIT_KB, () -> broker.output());
    }

    @Test
    void aThousandConnectionsAreServedAtOnce() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 1000; i++) {
                sockets.add(connect());
            }
            for (Socket socket : sockets) {
                socket.getOutputStream().write(RawRequests.apiVersions(7));
            }
            for (Socket socket : sockets) {
                assertEquals(7, RawRequests.readCorrelationId(socket));
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void twoHundredTopicsAreCreatedAndUsed() throws Exception {
        try (Admin admin = Admin.create(settings());
                KafkaProducer<byte[], byte[]> producer = producer()) {
            admin.createTopics(IntStream.range(0, 200)
                            .mapToObj(i -> new NewTopic("many-" + i, 2, (short) 1))
                            .toList())
                    .all()
                    .get();
            for (int i = 0; i < 200; i++) {
                producer.send(new ProducerRecord<>("many-" + i, 1, null, new byte[100]));
            }
            producer.flush();
            assertEquals(
                    200,
                    admin.listTopics().names().get().stream()
                            .filter(n -> n.startsWith("many-"))
                            .count());
        }
        assertEquals(0, readOne("many-199", 1));
    }

    @Test
    void aConsumerThatStopsReadingHoldsUpNobody() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (int i = 0; i < 300; i++) {
                producer.send(new ProducerRecord<>("big", 0, null, new byte[900_000]));
            }
            producer.flush();
        }
        List<Socket> stuck = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                Socket socket = connect();
                stuck.add(socket);
                for (int request = 0; request < 20; request++) {
                    socket.getOutputStream().write(RawRequests.fetch("big", request, 50_000_000));
                }
            }
            othersNoticeNothing();
        } finally {
            for (Socket socket : stuck) {
                socket.close();
            }
        }
    }

    @Test
    void randomBytesCloseOnlyTheirOwnConnection() throws IOException {
        Random random = new Random(20261122);
        for (int i = 0; i < 50; i++) {
            byte[] bytes = new byte[1 + random.nextInt(5000)];
            random.nextBytes(bytes);
            try (Socket socket = connect()) {
                socket.getOutputStream().write(bytes);
            } catch (IOException e) {
                assertTrue(broker.isAlive(), "the broker may close the connection while we write: " + e);
            }
        }
    }

    @Test
    void aLengthOfTwoGigabytesTakesNoMemory() throws IOException {
        for (int i = 0; i < 10; i++) {
            try (Socket socket = connect()) {
                new DataOutputStream(socket.getOutputStream()).writeInt(Integer.MAX_VALUE);
                assertEquals(-1, socket.getInputStream().read(), "the broker closes the connection");
            }
        }
    }

    @Test
    void aHundredClaimsOfAHundredMegabytesTakeNoMemory() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                Socket socket = connect();
                sockets.add(socket);
                new DataOutputStream(socket.getOutputStream()).writeInt(100_000_000);
                socket.getOutputStream().write(new byte[1000]);
            }
            othersNoticeNothing();
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void aFrameCutInTheMiddleIsForgottenWithItsConnection() throws IOException {
        byte[] request = RawRequests.apiVersions(1);
        for (int length = 0; length < request.length; length++) {
            try (Socket socket = connect()) {
                socket.getOutputStream().write(request, 0, length);
            }
        }
    }

    @Test
    void largeRequestsThatStandStillHoldUpNoOrdinaryOnes() throws Exception {
        List<SocketChannel> halfSent = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", broker.kafkaPort()));
                halfSent.add(channel);
                channel.configureBlocking(false);
            }
            sendAsMuchAsTheyTake(halfSent);
            try (KafkaProducer<byte[], byte[]> producer = producer()) {
                producer.send(new ProducerRecord<>("ordinary", new byte[500_000]))
                        .get(30, TimeUnit.SECONDS);
            }
        } finally {
            for (SocketChannel channel : halfSent) {
                channel.close();
            }
        }
    }

    /** Half of a request of 90 MB each, until the broker reads no more of any. */
    private static void sendAsMuchAsTheyTake(List<SocketChannel> channels) throws IOException {
        List<ByteBuffer> requests = channels.stream()
                .map(channel ->
                        ByteBuffer.allocate(45_000_000).putInt(90_000_000).position(0))
                .toList();
        long[] lastProgress = {System.nanoTime()};
        boolean isFull = Await.until(30, () -> {
            for (int i = 0; i < requests.size(); i++) {
                if (write(channels.get(i), requests.get(i)) > 0) {
                    lastProgress[0] = System.nanoTime();
                }
            }
            return System.nanoTime() - lastProgress[0] > TimeUnit.MILLISECONDS.toNanos(300);
        });
        assertTrue(isFull, "the broker reads on");
    }

    private static int write(SocketChannel channel, ByteBuffer bytes) {
        try {
            return channel.write(bytes);
        } catch (IOException e) {
            return 0;
        }
    }

    @Test
    void aRequestThatStallsAtAnyByteIsAnsweredOnceItIsComplete() throws IOException {
        byte[] request = RawRequests.apiVersions(5);
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int length = 0; length < request.length; length++) {
                Socket socket = connect();
                sockets.add(socket);
                socket.getOutputStream().write(request, 0, length);
            }
            othersNoticeNothing();
            for (int length = 0; length < request.length; length++) {
                sockets.get(length).getOutputStream().write(request, length, request.length - length);
                assertEquals(5, RawRequests.readCorrelationId(sockets.get(length)));
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void aClientThatEndsItsSideWhileItsFetchWaitsIsAnswered() throws IOException {
        othersNoticeNothing();
        try (Socket socket = connect()) {
            socket.getOutputStream().write(RawRequests.fetch("others", 1, 50_000_000, 500, 50_000_000));
            socket.getOutputStream().write(RawRequests.apiVersions(2));
            socket.shutdownOutput();

            assertEquals(1, RawRequests.readCorrelationId(socket));
            assertEquals(2, RawRequests.readCorrelationId(socket));
            assertEquals(-1, socket.getInputStream().read());
        }
    }

    @Test
    void badRequestsAreCountedAndNotAllWrittenToTheLog() throws IOException {
        for (int i = 0; i < 2000; i++) {
            try (Socket socket = connect()) {
                socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertEquals(-1, socket.getInputStream().read(), "the broker closes the connection");
            }
        }
        assertTrue(
                broker.output().lines().filter(line -> line.contains("Closing")).count() < 200, broker.output());
    }

    private static Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", broker.kafkaPort());
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static long residentKb() throws IOException {
        Path status = Path.of("/proc/" + broker.pid() + "/status");
        if (!Files.exists(status)) {
            return 0;
        }
        // Mapped files count as shared memory: what matters is what the process itself holds.
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("RssAnon:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
    }

    private static long readOne(String topic) {
        return readOne(topic, 0);
    }

    private static long readOne(String topic, int partition) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition from = new TopicPartition(topic, partition);
            consumer.assign(List.of(from));
            consumer.seekToBeginning(List.of(from));
            List<Long> offsets = new ArrayList<>();
            Await.until(30, () -> {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    offsets.add(record.offset());
                }
                return !offsets.isEmpty();
            });
            return offsets.isEmpty() ? -1 : offsets.get(0);
        }
    }

    @Test
    void aBatchThatWouldFillTheHeapInPlainIsRefusedAndNobodyElseNotices() throws Exception {
        int plainBytes = 200 << 20;
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "compression.type",
                "gzip",
                "max.request.size",
                2 * plainBytes,
                "buffer.memory",
                4L * plainBytes);
        try (KafkaProducer<byte[], byte[]> bombs =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            Exception refused = assertThrows(
                    ExecutionException.class,
                    () -> bombs.send(new ProducerRecord<>("bombs", new byte[plainBytes]))
                            .get());
            assertInstanceOf(RecordTooLargeException.class, refused.getCause());
        }
        assertFalse(broker.output().contains("OutOfMemory"), broker.output());
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(settings(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Map<String, Object> settings() {
        return new HashMap<>(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }
}
