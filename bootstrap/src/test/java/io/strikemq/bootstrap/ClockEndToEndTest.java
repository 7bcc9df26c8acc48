package io.strikemq.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strikemq.bootstrap.config.ConfigurationLoader;
import io.strikemq.domain.port.in.DriveClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What waits for time in a whole broker happens when its clock is driven, and its clients notice. */
@Timeout(120)
class ClockEndToEndTest {
    private static final Instant NEW_YEAR = Instant.parse("2040-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private Broker broker;
    private DriveClock clock;
    private Admin admin;

    private void start(String storage) {
        Map<String, String> settings = Map.of(
                "port", "0",
                "http_port", "0",
                "bind_address", "127.0.0.1",
                "log_dir", folder.toString(),
                "storage", storage);
        broker = Broker.startWithoutHttp(
                new ConfigurationLoader(TopicDefaultNames.all()).load(null, Map.of(), settings));
        clock = broker.powers().clock();
        admin = Admin.create(client(Map.of()));
    }

    @AfterEach
    void stop() {
        admin.close();
        broker.close();
    }

    private Map<String, Object> client(Map<String, Object> more) {
        Map<String, Object> configs = new HashMap<>(more);
        configs.put(
                "bootstrap.servers", "127.0.0.1:" + broker.listeners().get(0).port());
        return configs;
    }

    private void freezeAtNewYear() {
        clock.freeze();
        clock.set(NEW_YEAR);
    }

    @ParameterizedTest
    @CsvSource({"memory, classic", "memory, consumer", "mmap, classic", "mmap, consumer"})
    void aSessionTimesOut(String storage, String protocol) throws Exception {
        start(storage);
        create("t", Map.of());
        clock.freeze();
        KafkaConsumer<String, String> consumer =
                consumer(Map.of("group.id", "g", "group.protocol", protocol, "group.instance.id", "one"));
        consumer.subscribe(List.of("t"));
        while (consumer.assignment().isEmpty()) {
            consumer.poll(Duration.ofMillis(10));
        }
        // As if its process were killed; a member without an instance id would leave.
        consumer.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.REMAIN_IN_GROUP));

        clock.advance(Duration.ofSeconds(44));
        assertEquals(1, group("g").members().size());
        clock.advance(Duration.ofSeconds(1));
        assertEquals(0, group("g").members().size());
        assertEquals(GroupState.EMPTY, group("g").groupState());
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void membersShareAGroupWhileTheClockStandsOrWasSetBack(String protocol) throws Exception {
        start("memory");
        admin.createTopics(List.of(new NewTopic("t", 2, (short) 1))).all().get();
        freezeAtNewYear();
        Map<String, Object> member = Map.of("group.id", "g", "group.protocol", protocol, "metadata.max.age.ms", 100);
        try (KafkaConsumer<String, String> one = consumer(member);
                KafkaConsumer<String, String> two = consumer(member);
                KafkaConsumer<String, String> three = consumer(member)) {
            awaitShared(List.of(one, two), 2);
            clock.set(Instant.EPOCH);
            three.subscribe(List.of("t"));
            two.unsubscribe();
            awaitShared(List.of(one, three), 2);
        }
    }

    private static void awaitShared(List<KafkaConsumer<String, String>> members, int partitions) {
        members.forEach(each -> each.subscribe(List.of("t")));
        while (members.stream().anyMatch(each -> each.assignment().isEmpty())) {
            members.forEach(each -> each.poll(Duration.ofMillis(10)));
        }
        assertEquals(
                partitions,
                members.stream().mapToInt(each -> each.assignment().size()).sum());
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "mmap"})
    void aTransactionTimesOutAndItsProducerIsFenced(String storage) throws Exception {
        start(storage);
        create("t", Map.of());
        try (KafkaProducer<String, String> producer =
                producer(Map.of("transactional.id", "tx", "transaction.timeout.ms", 60_000))) {
            producer.initTransactions();
            clock.freeze();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("t", "k", "v")).get();
            assertEquals(TransactionState.ONGOING, transaction("tx"));
            assertEquals(0, end("t", IsolationLevel.READ_COMMITTED));

            clock.advance(Duration.ofSeconds(70));

            assertEquals(TransactionState.COMPLETE_ABORT, transaction("tx"));
            // The record and the marker.
            assertEquals(2, end("t", IsolationLevel.READ_COMMITTED));
            ExecutionException refused = assertThrows(
                    ExecutionException.class,
                    () -> producer.send(new ProducerRecord<>("t", "k", "late")).get());
            assertEquals(InvalidProducerEpochException.class, refused.getCause().getClass());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "mmap"})
    void oldRecordsGo(String storage) throws Exception {
        start(storage);
        create("t", Map.of("retention.ms", String.valueOf(Duration.ofDays(7).toMillis())));
        freezeAtNewYear();
        send("t", "k", "v");

        clock.advance(Duration.ofDays(7));
        assertEquals(0, offset("t", OffsetSpec.earliest()));
        clock.advance(Duration.ofMinutes(5).plusMillis(1));
        assertEquals(1, offset("t", OffsetSpec.earliest()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "mmap"})
    void compactionWaitsForItsLag(String storage) throws Exception {
        start(storage);
        create(
                "t",
                Map.of(
                        "cleanup.policy",
                        "compact",
                        "min.compaction.lag.ms",
                        String.valueOf(Duration.ofHours(1).toMillis()),
                        "min.cleanable.dirty.ratio",
                        "0",
                        "segment.ms",
                        String.valueOf(Duration.ofMinutes(1).toMillis())));
        freezeAtNewYear();
        send("t", "k", "1");
        send("t", "k", "2");
        clock.advance(Duration.ofMinutes(2));
        send("t", "k", "3");

        clock.advance(Duration.ofMinutes(57));
        assertEquals(List.of("1", "2", "3"), values("t"));
        clock.advance(Duration.ofMinutes(2));
        assertEquals(List.of("2", "3"), values("t"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "mmap"})
    void committedOffsetsEnd(String storage) throws Exception {
        start(storage);
        create("t", Map.of());
        freezeAtNewYear();
        admin.alterConsumerGroupOffsets("g", Map.of(new TopicPartition("t", 0), new OffsetAndMetadata(5)))
                .all()
                .get();

        clock.advance(Duration.ofDays(7).minusMillis(1));
        assertEquals(5, committed("g").get(new TopicPartition("t", 0)).offset());
        clock.advance(Duration.ofMillis(1));
        assertEquals(Map.of(), committed("g"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "mmap"})
    void transactionalIdsAndProducersAreForgotten(String storage) throws Exception {
        start(storage);
        create("t", Map.of());
        freezeAtNewYear();
        try (KafkaProducer<String, String> producer = producer(Map.of("transactional.id", "tx"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("t", "k", "v")).get();
            producer.commitTransaction();
        }
        assertEquals(1, producers("t"));

        clock.advance(Duration.ofDays(1).plusMinutes(10));
        assertEquals(0, producers("t"));
        assertEquals(1, admin.listTransactions().all().get().size());
        clock.advance(Duration.ofDays(6).plusHours(1));
        assertEquals(0, admin.listTransactions().all().get().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "mmap"})
    void theBrokersTimestampsAreTheClocks(String storage) throws Exception {
        start(storage);
        create("t", Map.of("message.timestamp.type", "LogAppendTime"));
        freezeAtNewYear();
        assertEquals(NEW_YEAR.toEpochMilli(), send("t", "k", "v").timestamp());
        clock.advance(Duration.ofMillis(1));
        assertEquals(NEW_YEAR.toEpochMilli() + 1, send("t", "k", "v").timestamp());
        clock.set(Instant.EPOCH);
        assertEquals(0, send("t", "k", "v").timestamp());
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "mmap"})
    void aFetchThatWaitsIsAnsweredWhenItsTimeHasPassed(String storage) throws Exception {
        start(storage);
        create("t", Map.of());
        clock.freeze();
        try (KafkaConsumer<String, String> consumer = consumer(Map.of(
                "fetch.max.wait.ms", 300_000, "request.timeout.ms", 400_000, "default.api.timeout.ms", 500_000))) {
            consumer.assign(List.of(new TopicPartition("t", 0)));
            consumer.seekToBeginning(consumer.assignment());
            // What was sent before this fetch was a look-up, and the fetch is on its way or waits.
            consumer.position(new TopicPartition("t", 0));
            double before = fetches(consumer);
            while (fetches(consumer) == before) {
                clock.advance(Duration.ofMinutes(5));
                consumer.poll(Duration.ofMillis(10));
            }
            // It waits again, and its client would wait with it when it is closed.
            clock.resume();
            clock.advance(Duration.ofMinutes(5));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "mmap"})
    void tenYearsPassInAMoment(String storage) throws Exception {
        start(storage);
        create("t", Map.of("retention.ms", "-1"));
        send("t", "k", "v");
        try (KafkaProducer<String, String> producer = producer(Map.of("transactional.id", "tx"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("t", "k", "v")).get();
            for (int i = 0; i < 10; i++) {
                admin.alterConsumerGroupOffsets("g" + i, Map.of(new TopicPartition("t", 0), new OffsetAndMetadata(5)))
                        .all()
                        .get();
            }
            // It would be given up after a minute.
            clock.advance(Duration.ofDays(3653));
        }
        assertEquals(0, admin.listTransactions().all().get().size());
        assertEquals(Map.of(), committed("g1"));
    }

    private void create(String topic, Map<String, String> configs) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(configs)))
                .all()
                .get(30, TimeUnit.SECONDS);
    }

    private KafkaProducer<String, String> producer(Map<String, Object> more) {
        return new KafkaProducer<>(client(more), new StringSerializer(), new StringSerializer());
    }

    private KafkaConsumer<String, String> consumer(Map<String, Object> more) {
        return new KafkaConsumer<>(client(more), new StringDeserializer(), new StringDeserializer());
    }

    private RecordMetadata send(String topic, String key, String value) throws Exception {
        try (KafkaProducer<String, String> producer = producer(Map.of())) {
            long now = clock.state().now().toEpochMilli();
            return producer.send(new ProducerRecord<>(topic, 0, now, key, value))
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private List<String> values(String topic) throws Exception {
        List<String> values = new ArrayList<>();
        TopicPartition partition = new TopicPartition(topic, 0);
        long end = offset(topic, OffsetSpec.latest());
        try (KafkaConsumer<String, String> consumer = consumer(Map.of())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(each -> values.add(each.value()));
            }
        }
        return values;
    }

    private static double fetches(KafkaConsumer<?, ?> consumer) {
        return consumer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("fetch-total")
                        && metric.getKey().group().equals("consumer-fetch-manager-metrics"))
                .mapToDouble(metric -> (double) metric.getValue().metricValue())
                .findFirst()
                .orElseThrow();
    }

    private ConsumerGroupDescription group(String id) throws Exception {
        return admin.describeConsumerGroups(Set.of(id))
                .all()
                .get(30, TimeUnit.SECONDS)
                .get(id);
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(String group) throws Exception {
        return admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(30, TimeUnit.SECONDS);
    }

    private TransactionState transaction(String id) throws Exception {
        return admin.describeTransactions(Set.of(id))
                .description(id)
                .get(30, TimeUnit.SECONDS)
                .state();
    }

    private int producers(String topic) throws Exception {
        TopicPartition partition = new TopicPartition(topic, 0);
        return admin.describeProducers(Set.of(partition))
                .partitionResult(partition)
                .get(30, TimeUnit.SECONDS)
                .activeProducers()
                .size();
    }

    private long offset(String topic, OffsetSpec spec) throws Exception {
        TopicPartition partition = new TopicPartition(topic, 0);
        return admin.listOffsets(Map.of(partition, spec))
                .partitionResult(partition)
                .get(30, TimeUnit.SECONDS)
                .offset();
    }

    private long end(String topic, IsolationLevel isolation) throws Exception {
        TopicPartition partition = new TopicPartition(topic, 0);
        return admin.listOffsets(
                        Map.of(partition, OffsetSpec.latest()),
                        new org.apache.kafka.clients.admin.ListOffsetsOptions(isolation))
                .partitionResult(partition)
                .get(30, TimeUnit.SECONDS)
                .offset();
    }
}
