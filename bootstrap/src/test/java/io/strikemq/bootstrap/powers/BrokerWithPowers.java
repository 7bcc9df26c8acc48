package io.strikemq.bootstrap.powers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.strikemq.bootstrap.Broker;
import io.strikemq.bootstrap.config.ConfigurationLoader;
import io.strikemq.domain.port.in.Powers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker in memory, its powers by Java and by HTTP, and Kafka's own clients of it. */
final class BrokerWithPowers implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Broker broker;

    /** {@code folder}: where it may leave its endpoints. */
    BrokerWithPowers(Path folder, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "port", "0",
                "http_port", "0",
                "bind_address", "127.0.0.1",
                "storage", "memory",
                "log_dir", folder.toString(),
                "group_min_session_timeout_ms", "100",
                "group.consumer.min.heartbeat.interval.ms", "50",
                "group.consumer.heartbeat.interval.ms", "50"));
        all.putAll(settings);
        broker = Broker.start(new ConfigurationLoader(Set.of()).load(null, Map.of(), all));
    }

    Powers powers() {
        return broker.powers();
    }

    /** Calls the REST API, and has it answer with that status. */
    JsonNode call(int status, String method, String path, String body, String... headers) throws Exception {
        HttpResponse<String> answer = send(method, path, body, headers).join();
        assertEquals(status, answer.statusCode(), answer.body());
        return answer.body().isEmpty() ? null : new ObjectMapper().readTree(answer.body());
    }

    CompletableFuture<HttpResponse<String>> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + broker.endpoints().httpPort() + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return http.sendAsync(
                (headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
    }

    int httpPort() {
        return broker.endpoints().httpPort();
    }

    String bootstrapServers() {
        return "127.0.0.1:" + broker.listeners().get(0).port();
    }

    Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers(), "client.id", "an-admin"));
    }

    KafkaProducer<String, String> producer(Map<String, Object> settings) {
        Map<String, Object> all =
                new HashMap<>(Map.of("bootstrap.servers", bootstrapServers(), "client.id", "a-producer"));
        all.putAll(settings);
        return new KafkaProducer<>(all, new StringSerializer(), new StringSerializer());
    }

    KafkaConsumer<String, String> consumer(String group, String clientId, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "bootstrap.servers",
                bootstrapServers(),
                "client.id",
                clientId,
                "group.id",
                group,
                "auto.offset.reset",
                "earliest",
                "auto.commit.interval.ms",
                50));
        all.putAll(settings);
        return new KafkaConsumer<>(all, new StringDeserializer(), new StringDeserializer());
    }

    /** A member of a group that polls on a thread of its own until it is closed. */
    Member member(String group, String clientId, Map<String, Object> settings, String topic) {
        return new Member(consumer(group, clientId, settings), topic);
    }

    /** {@link #member}. */
    static final class Member implements AutoCloseable {
        private final AtomicBoolean over = new AtomicBoolean();
        private final Thread thread;

        private Member(KafkaConsumer<String, String> consumer, String topic) {
            thread = new Thread(() -> run(consumer, topic), "member");
            thread.start();
        }

        private void run(KafkaConsumer<String, String> consumer, String topic) {
            try (consumer) {
                consumer.subscribe(List.of(topic));
                while (!over.get()) {
                    consumer.poll(Duration.ofMillis(20));
                }
            }
        }

        /** Leaves the group. */
        @Override
        public void close() {
            over.set(true);
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void close() {
        broker.close();
    }
}
