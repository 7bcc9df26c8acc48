package io.strikemq.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar's clock, driven by HTTP, and clients that notice. */
class ClockTest {
    private static final long NEW_YEAR = 2_208_988_800_000L;

    @TempDir
    static Path folder;

    private static BrokerProcess broker;
    private static Admin admin;

    @BeforeAll
    static void startBroker() {
        broker = BrokerProcess.start(folder);
        admin = Admin.create(client(Map.of()));
    }

    @AfterAll
    static void stopBroker() {
        admin.close();
        broker.close();
    }

    @AfterEach
    void realTime() {
        assertEquals("real", drive("reset", "").get("mode").asText());
    }

    private static Map<String, Object> client(Map<String, Object> more) {
        Map<String, Object> configs = new HashMap<>(more);
        configs.put("bootstrap.servers", broker.bootstrapServers());
        return configs;
    }

    private static JsonNode drive(String how, String body) {
        return broker.post("/v1/clock/" + how, body);
    }

    @Test
    void recordsHaveTheTimeOfTheClockAndGrowOld() throws Exception {
        create("old", Map.of("message.timestamp.type", "LogAppendTime", "retention.ms", "604800000"));
        drive("freeze", "");
        assertEquals(
                "{\"now\":\"2040-01-01T00:00:00Z\",\"now_ms\":" + NEW_YEAR + ",\"mode\":\"frozen\"",
                drive("set", "{\"now\":\"2040-01-01T00:00:00Z\"}").toString().replaceFirst(",\"ahead_ms\".*", ""));
        try (KafkaProducer<String, String> producer = producer(Map.of())) {
            assertEquals(
                    NEW_YEAR,
                    producer.send(new ProducerRecord<>("old", "v")).get().timestamp());
        }
        drive("advance", "{\"by\":\"7d\"}");
        assertEquals(
                0, broker.get("/v1/topics/old").at("/partitions/0/start_offset").asInt());
        drive("advance", "{\"by\":\"6m\"}");
        assertEquals(
                1, broker.get("/v1/topics/old").at("/partitions/0/start_offset").asInt());
        assertEquals(
                NEW_YEAR + 605_160_000, broker.get("/v1/clock").get("now_ms").asLong());
    }

    @Test
    void aSessionTimesOut() throws Exception {
        create("read", Map.of());
        KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                client(Map.of("group.id", "g")), new StringDeserializer(), new StringDeserializer());
        consumer.subscribe(Set.of("read"));
        while (consumer.assignment().isEmpty()) {
            consumer.poll(Duration.ofMillis(10));
        }
        consumer.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.REMAIN_IN_GROUP));
        drive("freeze", "");
        assertEquals("Stable", broker.get("/v1/groups/g").get("state").asText());
        drive("advance", "{\"by\":45000}");
        assertEquals("Empty", broker.get("/v1/groups/g").get("state").asText());
    }

    @Test
    void aTransactionTimesOutInNoTime() throws Exception {
        create("written", Map.of());
        try (KafkaProducer<String, String> producer = producer(Map.of("transactional.id", "tx"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("written", "v")).get();
            assertEquals(
                    "Ongoing", broker.get("/v1/transactions/tx").get("state").asText());
            // A minute, and up to ten seconds until it is looked at.
            drive("advance", "{\"by\":\"1m10s\"}");
            assertEquals(
                    "CompleteAbort",
                    broker.get("/v1/transactions/tx").get("state").asText());
            assertThrows(
                    ExecutionException.class,
                    () -> producer.send(new ProducerRecord<>("written", "late")).get());
        }
    }

    private static void create(String topic, Map<String, String> configs) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(configs)))
                .all()
                .get();
    }

    private static KafkaProducer<String, String> producer(Map<String, Object> more) {
        return new KafkaProducer<>(client(more), new StringSerializer(), new StringSerializer());
    }
}
