package io.strikemq.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a test does to groups and topics of the built jar by curl, felt by Kafka's consumer and by kcat. */
@Timeout(300)
class PowersByCurlTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static BrokerProcess broker;

    @BeforeAll
    static void startBroker() {
        if (!CommandResult.isInstalled("curl") || !CommandResult.isInstalled("kcat")) {
            System.out.println("SKIPPED: curl or kcat is not installed, so nothing was proved about them");
            Assumptions.abort("curl or kcat is not installed");
        }
        broker = BrokerProcess.start(
                folder,
                "--group-consumer-min-heartbeat-interval-ms",
                "50",
                "--group-consumer-heartbeat-interval-ms",
                "50");
    }

    @AfterAll
    static void stopBroker() {
        if (broker != null) {
            broker.close();
        }
    }

    private static String curl(String path, String... options) {
        List<String> command = new ArrayList<>(List.of("curl", "-sS"));
        command.addAll(List.of(options));
        command.add("http://127.0.0.1:" + broker.httpPort() + path);
        CommandResult result = CommandResult.run("", command.toArray(String[]::new));
        assertEquals(0, result.exitCode(), result.output());
        return result.output();
    }

    private static JsonNode json(String answer) {
        try {
            return JSON.readTree(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(answer, e);
        }
    }

    private static String kcat(String... arguments) {
        List<String> command = new ArrayList<>(List.of("kcat", "-b", broker.bootstrapServers()));
        command.addAll(List.of(arguments));
        return CommandResult.run("", command.toArray(String[]::new)).output();
    }

    /** A consumer of one topic, and what its listener was told. */
    private static final class Reader implements ConsumerRebalanceListener, AutoCloseable {
        final KafkaConsumer<String, String> consumer;
        final List<String> told = new ArrayList<>();
        final List<Long> read = new ArrayList<>();

        Reader(String protocol, String topic) {
            Map<String, Object> settings = new HashMap<>(Map.of(
                    "bootstrap.servers",
                    broker.bootstrapServers(),
                    "group.id",
                    topic,
                    "group.protocol",
                    protocol,
                    "client.id",
                    "one",
                    "enable.auto.commit",
                    "false",
                    "auto.offset.reset",
                    "earliest"));
            if (protocol.equals("classic")) {
                settings.put("heartbeat.interval.ms", "50");
            }
            consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
            consumer.subscribe(List.of(topic), this);
        }

        void pollUntil(BooleanSupplier condition) {
            while (!condition.getAsBoolean()) {
                consumer.poll(Duration.ofMillis(20)).forEach(record -> read.add(record.offset()));
            }
        }

        void pollUntilAssignedAgain() {
            pollUntil(() -> told.contains("assigned 1"));
            // Who is expelled while it asks for its committed offset has that as an error, as when its session ends.
            consumer.assignment().forEach(consumer::position);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            told.add("assigned " + partitions.size());
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            told.add("revoked " + partitions.size());
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            told.add("lost " + partitions.size());
        }

        @Override
        public void close() {
            consumer.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"classic", "consumer"})
    void aGroupIsSteered(String protocol) {
        String topic = "steered-" + protocol;
        String group = "/v1/groups/" + topic;
        curl("/v1/topics/" + topic + "/records", "-d", "{\"records\":[{\"value\":\"a\"},{\"value\":\"b\"}]}");
        try (Reader reader = new Reader(protocol, topic)) {
            reader.pollUntil(() -> reader.read.size() == 2);
            reader.consumer.commitSync();

            reader.told.clear();
            assertEquals(
                    1,
                    json(curl(group + "/rebalance", "-X", "POST"))
                            .get("member_ids")
                            .size());
            reader.pollUntilAssignedAgain();
            assertEquals("revoked 1", reader.told.get(0));

            reader.told.clear();
            curl(group + "/expel", "-d", "{\"client_id\":\"one\"}");
            reader.pollUntilAssignedAgain();
            assertEquals(List.of("lost 1", "assigned 1"), reader.told);

            reader.told.clear();
            String reset = curl(group + "/offsets", "-X", "PUT", "-d", "{\"to\":\"earliest\",\"members\":\"expel\"}");
            assertEquals(0, json(reset).get("offsets").get(0).get("after").asInt(), reset);
            reader.pollUntil(() -> reader.read.size() == 4);
            assertEquals(List.of(0L, 1L, 0L, 1L), reader.read);

            String script = curl(
                    group + "/assignment",
                    "-d",
                    "{\"members\":[{\"client_id\":\"one\",\"topics\":[{\"topic\":\"" + topic
                            + "\",\"partitions\":[]}]}]}");
            assertEquals(1, json(script).get("member_ids").size(), script);
            reader.pollUntil(() -> reader.consumer.assignment().isEmpty());
            String unknown = curl(group + "/expel", "-d", "{\"client_id\":\"two\"}");
            assertTrue(unknown.contains("has no member with client id 'two'"), unknown);
        }
    }

    @Test
    void kcatReadsWhatWasPutAcrossAGap() {
        curl(
                "/v1/topics/gap/records",
                "-d",
                "{\"records\":[{\"value\":\"a\",\"key\":\"k\",\"timestamp\":5,\"headers\":{\"h\":\"x\"},\"offset\":3},"
                        + "{\"value\":\"b\",\"key\":\"\",\"timestamp\":6,\"offset\":9}]}");
        curl(
                "/v1/topics/gap/records",
                "-d",
                "{\"records\":[{\"value\":\"c\",\"key\":\"\",\"timestamp\":7,\"offset\":1000}]}");
        String refused = curl("/v1/topics/gap/records", "-d", "{\"records\":[{\"value\":\"d\",\"offset\":1000}]}");
        assertTrue(refused.contains("offsets grow, the next one is 1001"), refused);
        assertEquals(
                "3 5 k a h=x\n9 6  b \n1000 7  c \n", kcat("-C", "-t", "gap", "-e", "-q", "-f", "%o %T %k %s %h\\n"));
    }

    @Test
    void aConsumerMeetsACorruptRecordThatSurvivesKill9() {
        Path own = folder.resolve("own");
        try (BrokerProcess killed = BrokerProcess.start(own)) {
            killed.post("/v1/topics/t/records", "{\"records\":[{\"value\":\"a\"}]}");
            killed.post("/v1/topics/t/records", "{\"records\":[{\"value\":\"b\"}],\"corrupt_crc\":true}");
            killed.post("/v1/topics/t/records", "{\"records\":[{\"value\":\"c\"}]}");
            killed.kill();
        }
        try (BrokerProcess again = BrokerProcess.start(own);
                KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", again.bootstrapServers(), "auto.offset.reset", "earliest"),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            TopicPartition t0 = new TopicPartition("t", 0);
            consumer.assign(List.of(t0));
            List<Long> read = new ArrayList<>();
            Exception corrupt = assertThrows(Exception.class, () -> {
                while (true) {
                    consumer.poll(Duration.ofMillis(50)).forEach(record -> read.add(record.offset()));
                }
            });
            assertTrue(String.valueOf(corrupt.getCause()).contains("corrupt"), corrupt.toString());
            consumer.seek(t0, 2);
            while (read.size() < 2) {
                consumer.poll(Duration.ofMillis(50)).forEach(record -> read.add(record.offset()));
            }
            assertEquals(List.of(0L, 2L), read);
        }
    }

    @Test
    void aTopicIsExportedAndImportedByFiles() {
        curl(
                "/v1/topics/out/records",
                "-d",
                "{\"records\":[{\"value\":\"a\",\"offset\":7},{\"value\":\"\\u00ff\",\"offset\":8}]}");
        Path file = folder.resolve("out.ndjson");
        curl("/v1/topics/out/export", "-o", file.toString());
        String imported = curl("/v1/topics/in/import", "--data-binary", "@" + file);
        assertEquals("{\"topic\":\"in\",\"record_count\":2}", imported);
        assertEquals(
                kcat("-C", "-t", "out", "-e", "-q", "-f", "%o %T %s\\n"),
                kcat("-C", "-t", "in", "-e", "-q", "-f", "%o %T %s\\n"));
    }
}
