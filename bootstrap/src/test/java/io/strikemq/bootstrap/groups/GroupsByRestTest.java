package io.strikemq.bootstrap.groups;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.strikemq.bootstrap.Broker;
import io.strikemq.bootstrap.config.ConfigurationLoader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A whole broker, where Kafka's own consumer reads, and REST shows, resets and deletes its group. */
@Timeout(120)
class GroupsByRestTest {
    private static final TopicPartition T0 = new TopicPartition("t", 0);

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private Broker broker;

    @BeforeEach
    void start() throws Exception {
        Map<String, String> settings =
                Map.of("port", "0", "http_port", "0", "storage", "memory", "log_dir", folder.toString());
        broker = Broker.start(new ConfigurationLoader(Set.of()).load(null, Map.of(), settings));
        call(200, "POST", "/v1/topics/t/messages", "[{\"value\":\"a\"},{\"value\":\"b\"},{\"value\":\"c\"}]");
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private JsonNode call(int status, String method, String path, String body) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + broker.endpoints().httpPort() + path);
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(uri)
                        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertEquals(status, answer.statusCode(), answer.body());
        return new ObjectMapper().readTree(answer.body());
    }

    private KafkaConsumer<String, String> consumer(String protocol) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + broker.listeners().get(0).port(),
                "group.id",
                "g",
                "group.protocol",
                protocol,
                "auto.offset.reset",
                "earliest");
        return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }

    @ParameterizedTest
    @CsvSource({"classic, range", "consumer, uniform"})
    void aGroupIsShownWhileItReadsAndResetAndDeletedWhenItIsEmpty(String protocol, String assignor) throws Exception {
        try (KafkaConsumer<String, String> consumer = consumer(protocol)) {
            consumer.subscribe(List.of("t"));
            while (consumer.poll(Duration.ofMillis(100)).isEmpty()) {
                // The timeout ends a wait that is in vain.
            }
            consumer.commitSync();
            JsonNode group = call(200, "GET", "/v1/groups/g", null);
            assertEquals(protocol, group.get("type").asText());
            assertEquals(assignor, group.get("assignor").asText());
            JsonNode member = group.get("members").get(0);
            assertEquals(protocol.equals("classic"), group.get("group_epoch").isNull());
            assertEquals(group.get("group_epoch"), group.get("assignment_epoch"));
            assertEquals(group.get("group_epoch"), member.get("member_epoch"));
            assertEquals(
                    "[{\"topic\":\"t\",\"partitions\":[0]}]",
                    member.get("assignment").toString());
            assertEquals("[\"t\"]", member.get("subscribed_topics").toString());
            assertEquals(
                    "[{\"topic\":\"t\",\"partition\":0,\"committed_offset\":3,\"end_offset\":3,\"lag\":0,\"metadata\":\"\"}]",
                    group.get("offsets").toString());
            assertEquals(
                    "Assignments can only be reset if the group 'g' is inactive, but the current state is Stable.",
                    call(409, "PUT", "/v1/groups/g/offsets", "{\"to\":\"earliest\"}")
                            .get("error")
                            .asText());
            call(409, "DELETE", "/v1/groups/g", null);
        }
        assertEquals(
                "[{\"topic\":\"t\",\"partition\":0,\"before\":3,\"after\":1}]",
                call(200, "PUT", "/v1/groups/g/offsets", "{\"shift_by\":-2}")
                        .get("offsets")
                        .toString());
        try (KafkaConsumer<String, String> consumer = consumer(protocol)) {
            assertEquals(1, consumer.committed(Set.of(T0)).get(T0).offset());
        }
        call(200, "DELETE", "/v1/groups/g", null);
        call(404, "GET", "/v1/groups/g", null);
    }

    @Test
    void aResetMakesAGroupThatBeginsWhereItSays() throws Exception {
        call(200, "PUT", "/v1/groups/g/offsets", "{\"to_offset\":2,\"topics\":[{\"topic\":\"t\"}]}");
        JsonNode group = call(200, "GET", "/v1/groups", null).get(0);
        assertEquals(
                "classic Empty 0",
                group.get("type").asText() + " " + group.get("state").asText() + " "
                        + group.get("member_count").asInt());
        try (KafkaConsumer<String, String> consumer = consumer("consumer")) {
            consumer.subscribe(List.of("t"));
            long first = -1;
            while (first < 0) {
                first = consumer.poll(Duration.ofMillis(100)).records(T0).stream()
                        .mapToLong(record -> record.offset())
                        .findFirst()
                        .orElse(-1);
            }
            assertEquals(2, first);
        }
    }
}
