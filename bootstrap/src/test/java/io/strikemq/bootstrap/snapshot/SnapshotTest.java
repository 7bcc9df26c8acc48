package io.strikemq.bootstrap.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.TakeSnapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots of a broker with Kafka's clients, and what comes back of them. */
@Timeout(120)
class SnapshotTest {
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"memory", "mmap"})
    void allIsAsItWasAsOftenAsItIsRestored(String storage) throws Exception {
        try (ResettableBroker broker = new ResettableBroker(storage, folder);
                KafkaProducer<String, String> producer = broker.producer(Map.of());
                KafkaConsumer<String, String> consumer = broker.consumer("readers", "consumer")) {
            createOfSmallSegments(broker);
            consumer.subscribe(List.of("orders"));
            for (int i = 0; i < 20; i++) {
                ResettableBroker.send(producer, "orders", "before " + i + "x".repeat(200));
            }
            try (KafkaProducer<String, String> committing = broker.producer(Map.of("transactional.id", "tx"))) {
                committing.initTransactions();
                committing.beginTransaction();
                ResettableBroker.send(committing, "orders", "committed");
                committing.commitTransaction();
            }
            assertEquals(21, ResettableBroker.readAndCommit(consumer, 21).size());
            String id = idOfOrders(broker);
            long end = end(broker);
            assertEquals(201, broker.call("PUT", "/v1/snapshots/seeded").statusCode());
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < 30; i++) {
                    ResettableBroker.send(producer, "orders", round + " after " + i + "y".repeat(200));
                }
                broker.create("others" + round, 1);
                assertEquals(
                        200, broker.call("POST", "/v1/snapshots/seeded/restore").statusCode());

                assertEquals(Set.of("orders"), broker.topics());
                assertEquals(id, idOfOrders(broker));
                assertEquals(end, end(broker));
                assertEquals(22, committed(broker));
                ResettableBroker.send(producer, "orders", round + " goes on");
                Set<String> read = new TreeSet<>();
                while (!read.contains(round + " goes on")) {
                    read.addAll(ResettableBroker.readAndCommit(consumer, 1));
                }
                try (KafkaConsumer<String, String> all = broker.consumer("all" + round, "classic")) {
                    all.subscribe(List.of("orders"));
                    Set<String> found = ResettableBroker.readAndCommit(all, 22);
                    assertEquals(22, found.size());
                    assertTrue(found.stream().noneMatch(value -> value.contains("after")), found.toString());
                }
            }
        }
    }

    private static void createOfSmallSegments(ResettableBroker broker) throws Exception {
        NewTopic orders =
                new NewTopic("orders", 1, (short) 1).configs(Map.of("segment.bytes", "1048576", "retention.ms", "-1"));
        broker.admin.createTopics(List.of(orders)).all().get(30, TimeUnit.SECONDS);
    }

    private static String idOfOrders(ResettableBroker broker) throws Exception {
        return broker.admin
                .describeTopics(List.of("orders"))
                .allTopicNames()
                .get(30, TimeUnit.SECONDS)
                .get("orders")
                .topicId()
                .toString();
    }

    private static long end(ResettableBroker broker) throws Exception {
        return broker.admin
                .listOffsets(Map.of(ORDERS, OffsetSpec.latest()))
                .partitionResult(ORDERS)
                .get(30, TimeUnit.SECONDS)
                .offset();
    }

    private static long committed(ResettableBroker broker) throws Exception {
        return broker.admin
                .listConsumerGroupOffsets("readers")
                .partitionsToOffsetAndMetadata()
                .get(30, TimeUnit.SECONDS)
                .get(ORDERS)
                .offset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "mmap"})
    void whileProducersWriteItIsOfOneMoment(String storage) throws Exception {
        try (ResettableBroker broker = new ResettableBroker(storage, folder);
                KafkaProducer<String, String> producer = broker.producer(Map.of("linger.ms", "0"))) {
            broker.create("orders", 1);
            ResettableBroker.send(producer, "orders", "first");
            AtomicInteger acknowledged = new AtomicInteger(1);
            for (int i = 0; i < 2000; i++) {
                producer.send(new ProducerRecord<>("orders", 0, null, "" + i), (sent, failure) -> {
                    if (failure == null) {
                        acknowledged.incrementAndGet();
                    }
                });
                if (i == 1000) {
                    int before = acknowledged.get();
                    broker.powers().snapshots().take("busy");
                    broker.powers().snapshots().restore("busy");
                    assertTrue(end(broker) >= before, end(broker) + " < " + before);
                }
            }
        }
    }

    @Test
    void oneOnDiskOutlivesTheProcessAndADamagedOneIsRefused() throws Exception {
        try (ResettableBroker broker = new ResettableBroker("mmap", folder);
                KafkaProducer<String, String> producer = broker.producer(Map.of())) {
            createOfSmallSegments(broker);
            ResettableBroker.send(producer, "orders", "kept");
            broker.powers().snapshots().take("kept");
            broker.powers().snapshots().take("broken");
        }
        try (Stream<Path> files = Files.walk(folder.resolve(".snapshots/broken"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".log"))
                    .filter(each -> each.toString().contains("orders"))
                    .toList()) {
                byte[] bytes = Files.readAllBytes(file);
                bytes[bytes.length - 1]++;
                Files.write(file, bytes);
            }
        }
        try (ResettableBroker broker = new ResettableBroker("mmap", folder)) {
            TakeSnapshots snapshots = broker.powers().snapshots();
            assertEquals(
                    List.of("broken", "kept"),
                    snapshots.list().stream().map(each -> each.name()).toList());
            broker.create("more", 1);
            BrokerException damaged = assertThrows(BrokerException.class, () -> snapshots.restore("broken"));
            assertTrue(damaged.getMessage().contains("'broken' is damaged"), damaged.getMessage());
            assertEquals(Set.of("orders", "more"), broker.topics());
            broker.powers().reset().reset();
            assertEquals(Set.of(), broker.topics());
            snapshots.restore("kept");
            assertEquals(1, end(broker));
            snapshots.delete("kept");
            assertEquals(1, end(broker));
        }
        try (ResettableBroker broker = new ResettableBroker("mmap", folder)) {
            assertEquals(1, end(broker));
            assertEquals(1, broker.powers().snapshots().list().size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "mmap"})
    void oddNamesAndTooManyAreRefused(String storage) throws Exception {
        try (ResettableBroker broker = new ResettableBroker(storage, folder)) {
            TakeSnapshots snapshots = broker.powers().snapshots();
            for (String name : List.of("", ".", "..", "../up", "a/b", "ü", ".hidden", "x".repeat(101), "a b")) {
                assertEquals(ErrorCode.INVALID_REQUEST, refusal(() -> snapshots.take(name)));
                assertEquals(ErrorCode.INVALID_REQUEST, refusal(() -> snapshots.restore(name)));
                assertEquals(ErrorCode.INVALID_REQUEST, refusal(() -> snapshots.delete(name)));
            }
            assertEquals(404, broker.call("POST", "/v1/snapshots/none/restore").statusCode());
            assertEquals(404, broker.call("DELETE", "/v1/snapshots/none").statusCode());
            assertEquals(400, broker.call("PUT", "/v1/snapshots/..%2Fup").statusCode());
            assertEquals(
                    403,
                    broker.call("PUT", "/v1/snapshots/a", "Origin", "http://evil.example")
                            .statusCode());
            for (int i = 0; i < TakeSnapshots.MOST; i++) {
                snapshots.take("s" + i);
            }
            assertEquals(ErrorCode.POLICY_VIOLATION, refusal(() -> snapshots.take("one-more")));
            snapshots.take("s0");
            snapshots.delete("s0");
            snapshots.take("one-more");
            assertEquals(TakeSnapshots.MOST, snapshots.list().size());
        }
        assertNothingHalfDone();
    }

    private void assertNothingHalfDone() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            assertEquals(
                    List.of(),
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.equals(".new") || name.startsWith(".old-") || name.equals(".staging"))
                            .toList());
        }
    }

    private static ErrorCode refusal(Runnable call) {
        return assertThrows(BrokerException.class, call::run).error();
    }
}
