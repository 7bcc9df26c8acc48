package io.strikemq.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of a stopped broker, harmed: the next start says what is lost, without a stack trace, and clients get the rest.
 * The log has ten segments of ten records each, a record of 100 KB to a batch.
 */
class DamagedFilesTest {
    private static final TopicPartition PARTITION = new TopicPartition("harmed", 0);
    private static final int RECORDS = 100;

    @TempDir
    Path folder;

    private List<Long> segments;

    @BeforeEach
    void produceAndStop() throws IOException {
        try (BrokerProcess broker = BrokerProcess.start(folder, "--segment-size", "1MB")) {
            Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers(), "batch.size", 0);
            try (KafkaProducer<byte[], byte[]> producer =
                    new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
                for (int i = 0; i < RECORDS; i++) {
                    producer.send(new ProducerRecord<>(PARTITION.topic(), 0, null, new byte[100_000]));
                }
            }
            try (KafkaConsumer<byte[], byte[]> consumer = consumer(broker)) {
                for (int offset = 1; offset <= 50; offset++) {
                    consumer.commitSync(Map.of(PARTITION, new OffsetAndMetadata(offset)));
                }
            }
            assertEquals(143, broker.terminate());
        }
        try (Stream<Path> files = Files.list(log("harmed-0"))) {
            segments = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".log"))
                    .map(name -> Long.valueOf(name.replace(".log", "")))
                    .sorted()
                    .toList();
        }
        assertEquals(List.of(0L, 10L, 20L, 30L, 40L, 50L, 60L, 70L, 80L, 90L), segments);
    }

    @Test
    void harmedSegmentsCostNoOthers() throws IOException {
        Path log = log("harmed-0");
        Files.delete(log.resolve("0.log"));
        overwrite(log.resolve("20.log"), 0, 500);
        Files.write(log.resolve("40.log"), new byte[0]);
        Files.delete(log.resolve("60.log"));
        overwrite(log.resolve("70.log"), 205_000, 205_010);
        cut(log.resolve("80.log"), 450_000);
        Files.delete(log.resolve("30.index"));
        Files.write(log.resolve("50.timeindex"), new byte[30]);
        Files.write(log.resolve("10.index"), new byte[0]);

        try (BrokerProcess broker = BrokerProcess.start(folder)) {
            Set<Long> found = readAll(broker);
            Set<Long> whole = new TreeSet<>();
            for (long segment : List.of(10L, 30L, 50L, 90L)) {
                addRange(whole, segment, segment + 10);
            }
            addRange(whole, 21, 30);
            addRange(whole, 73, 80);
            addRange(whole, 80, 84);
            assertTrue(found.containsAll(whole), () -> "of " + whole + " there are only " + found);
            for (String lost : List.of("0.log", "20.log", "before segment 50.log", "before segment 70.log", "70.log")) {
                assertTrue(isError(broker, lost), () -> lost + " is not told of:\n" + broker.output());
            }
            assertNoStackTrace(broker);
            JsonNode refused = broker.get("/v1/topics/harmed/messages?offset=20");
            assertTrue(refused.get("error").asText().contains("damaged on disk"), refused.toString());
        }
    }

    @Test
    void aHarmedCheckpointAndAHarmedEndCostTheEndOnly() throws IOException {
        Path log = log("harmed-0");
        overwrite(log.resolve("checkpoint"), 0, 10);
        Files.writeString(log.resolve("start"), "7");
        overwrite(log.resolve("50.log"), 3, 40);
        cut(log.resolve("90.log"), 450_000);

        try (BrokerProcess broker = BrokerProcess.start(folder)) {
            Set<Long> whole = new TreeSet<>();
            addRange(whole, 0, 94);
            whole.remove(50L);
            assertEquals(whole, readAll(broker));
            assertTrue(isError(broker, "50.log"), broker::output);
            assertNoStackTrace(broker);
        }
    }

    @Test
    void harmedGroupsKeepNoBrokerFromStarting() throws IOException {
        Path data = folder.resolve("data");
        try (Stream<Path> logs = Files.list(data)) {
            for (Path log : logs.filter(path -> path.getFileName().toString().startsWith("__consumer_offsets-"))
                    .toList()) {
                Path segment = log.resolve("0.log");
                if (Files.exists(segment) && Files.size(segment) > 0) {
                    overwrite(segment, Files.size(segment) / 3, Files.size(segment) / 3 + 30);
                    overwrite(log.resolve("checkpoint"), 3, 20);
                }
            }
        }
        try (BrokerProcess broker = BrokerProcess.start(folder)) {
            assertTrue(isError(broker, "__consumer_offsets-"), broker::output);
            assertNoStackTrace(broker);
            try (KafkaConsumer<byte[], byte[]> consumer = consumer(broker)) {
                consumer.commitSync(Map.of(PARTITION, new OffsetAndMetadata(77)));
                assertEquals(
                        77, consumer.committed(Set.of(PARTITION)).get(PARTITION).offset());
            }
        }
    }

    /** All that a consumer gets that steps over what it is refused. */
    private static Set<Long> readAll(BrokerProcess broker) {
        Set<Long> found = new TreeSet<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(broker)) {
            List<TopicPartition> all = List.of(PARTITION);
            consumer.assign(all);
            consumer.seekToBeginning(all);
            long end = consumer.endOffsets(all).get(PARTITION);
            while (consumer.position(PARTITION) < end) {
                try {
                    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                        found.add(record.offset());
                    }
                } catch (KafkaException damaged) {
                    consumer.seek(PARTITION, consumer.position(PARTITION) + 1);
                }
            }
        }
        return found;
    }

    private static KafkaConsumer<byte[], byte[]> consumer(BrokerProcess broker) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "group.id",
                "harmed-group",
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static boolean isError(BrokerProcess broker, String about) {
        return broker.output().lines().anyMatch(line -> line.contains(" ERROR ") && line.contains(about));
    }

    private static void assertNoStackTrace(BrokerProcess broker) {
        assertFalse(broker.output().lines().anyMatch(line -> line.startsWith("\tat ")), broker::output);
    }

    private static void addRange(Set<Long> target, long from, long end) {
        for (long offset = from; offset < end; offset++) {
            target.add(offset);
        }
    }

    private Path log(String name) {
        return folder.resolve("data").resolve(name);
    }

    private static void cut(Path file, long length) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(length);
        }
    }

    private static void overwrite(Path file, long from, long end) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] garbage = new byte[(int) (end - from)];
            Arrays.fill(garbage, (byte) 0xA5);
            open.seek(from);
            open.write(garbage);
        }
    }
}
