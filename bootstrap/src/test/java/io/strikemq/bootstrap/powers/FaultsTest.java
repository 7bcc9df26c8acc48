package io.strikemq.bootstrap.powers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fault.FaultRule;
import io.strikemq.domain.fault.FaultStatus;
import io.strikemq.domain.port.in.InjectFaults;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Kafka's own clients feel of faults that are injected by Java and by HTTP. */
@Timeout(120)
class FaultsTest {
    private static final TopicPartition FIRST = new TopicPartition("t", 0);

    @TempDir
    Path folder;

    private BrokerWithPowers broker;
    private InjectFaults faults;

    @BeforeEach
    void start() throws Exception {
        broker = new BrokerWithPowers(folder, Map.of());
        faults = broker.powers().faults();
        try (var admin = broker.admin()) {
            admin.createTopics(List.of(new NewTopic("t", 2, (short) 1))).all().get();
        }
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void aProducerTriesAgainAfterAnErrorThatMayPass() throws Exception {
        long id = faults.add(FaultRule.on("Produce")
                .topic("t")
                .answer(ErrorCode.NOT_LEADER_OR_FOLLOWER)
                .times(2));

        try (var producer = producer(Map.of())) {
            assertEquals(0, produce(producer, 0, "a").get().offset(), "what was refused was not done");
            assertEquals(2, faults.find(id).orElseThrow().hits());
            assertEquals("[t-0]", names(faults.find(id).orElseThrow()));
        }
    }

    @Test
    void theSameByHttpAndWithoutTriesItIsTold() throws Exception {
        JsonNode added = broker.call(
                201,
                "POST",
                "/v1/faults",
                "{\"on\":[\"Produce\"],\"topic\":\"t\",\"answer\":\"NOT_LEADER_OR_FOLLOWER\"}");

        try (var producer = producer(Map.of("retries", 0, "enable.idempotence", false))) {
            ExecutionException refused = assertThrows(
                    ExecutionException.class, () -> produce(producer, 0, "a").get());
            assertInstanceOf(NotLeaderOrFollowerException.class, refused.getCause());
        }
        String path = "/v1/faults/" + added.get("id").asLong();
        JsonNode hit = broker.call(200, "GET", path, null);
        assertEquals(1, hit.get("hits").asInt(), hit.toString());
        assertEquals("a-producer", hit.get("last_hits").get(0).get("client_id").asText());
        assertEquals(
                "{\"topic\":\"t\",\"partition\":0}",
                hit.get("last_hits").get(0).get("names").get(0).toString());
        broker.call(200, "DELETE", path, null);
        broker.call(404, "GET", path, null);
        try (var producer = producer(Map.of())) {
            assertEquals(0, produce(producer, 0, "a").get().offset());
        }
    }

    @Test
    void onlyThePartitionThatIsNamedIsRefusedAndTheOthersAreDone() throws Exception {
        long id = faults.add(FaultRule.on("Produce")
                .topic("t")
                .partition(0)
                .answer(ErrorCode.NOT_LEADER_OR_FOLLOWER)
                .once());

        try (var producer = producer(Map.of("linger.ms", 200))) {
            Future<RecordMetadata> refusedOnce = produce(producer, 0, "a");
            Future<RecordMetadata> beside = produce(producer, 1, "b");
            producer.flush();
            assertEquals(0, refusedOnce.get().offset());
            assertEquals(0, beside.get().offset());
        }
        assertEquals("[t-0]", names(faults.find(id).orElseThrow()));
        assertEquals(Set.of("a", "b"), Set.copyOf(consumeAll(2)));
    }

    @Test
    void noRecordIsLostOrTwiceWhenOneInTenAnswersIsLost() throws Exception {
        long id = faults.add(FaultRule.on("Produce").topic("t").close().probability(0.1, 42));
        List<String> values = IntStream.range(0, 300).mapToObj(String::valueOf).toList();

        try (var producer = producer(Map.of("batch.size", 1, "reconnect.backoff.ms", 1, "retry.backoff.ms", 1))) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            values.forEach(value -> sent.add(produce(producer, 0, value)));
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        }

        FaultStatus status = faults.find(id).orElseThrow();
        assertTrue(status.hits() >= 10, status.toString());
        assertEquals(values, consumeAll(values.size()));
    }

    @Test
    void withoutIdempotenceALostAnswerIsARecordTwice() throws Exception {
        faults.add(FaultRule.on("Produce").topic("t").close().once());

        try (var producer = producer(Map.of("enable.idempotence", false))) {
            assertEquals(1, produce(producer, 0, "a").get().offset());
        }

        assertEquals(List.of("a", "a"), consumeAll(2));
    }

    @Test
    void anAnswerThatNeverComesIsWaitedForUntilTheClientsTimeIsOver() throws Exception {
        long id = faults.add(FaultRule.on("Produce").topic("t").withhold().once());

        try (var producer = producer(Map.of("request.timeout.ms", 300, "linger.ms", 0))) {
            assertEquals(0, produce(producer, 0, "a").get().offset(), "it was done when its answer was lost");
        }

        assertEquals(1, faults.find(id).orElseThrow().hits());
        assertEquals(List.of("a"), consumeAll(1));
    }

    @Test
    void aConnectionThatIsResetIsMadeAgain() throws Exception {
        faults.add(FaultRule.on("Produce").topic("t").reset().times(2));

        try (var producer = producer(Map.of())) {
            assertEquals(0, produce(producer, 0, "a").get().offset());
        }

        assertEquals(List.of("a"), consumeAll(1));
    }

    @Test
    void aConsumerTellsACorruptRecordAndReadsItOnceTheFaultIsOver() throws Exception {
        try (var producer = producer(Map.of())) {
            produce(producer, 0, "a").get();
        }
        JsonNode added =
                broker.call(201, "POST", "/v1/faults", "{\"on\":[\"Fetch\"],\"topic\":\"t\",\"corrupt_records\":true}");

        try (var consumer = consumer(Map.of())) {
            consumer.assign(List.of(FIRST));
            KafkaException corrupt = assertThrows(KafkaException.class, () -> poll(consumer, 1));
            String cause = String.valueOf(corrupt.getCause());
            assertTrue(cause.contains("Record batch for partition t-0 at offset 0 is invalid"), cause);
            assertTrue(cause.contains("Record is corrupt (stored crc = "), cause);
            broker.call(200, "DELETE", "/v1/faults/" + added.get("id").asLong(), null);
        }
        assertEquals(List.of("a"), consumeAll(1), "the log has no damage");
    }

    @Test
    void aConsumersSessionIsHitByTheTopicThatOnlyTheSessionNames() throws Exception {
        try (var producer = producer(Map.of());
                var consumer = consumer(Map.of("fetch.max.wait.ms", 50))) {
            produce(producer, 0, "a").get();
            consumer.assign(List.of(FIRST, new TopicPartition("t", 1)));
            assertEquals(List.of("a"), poll(consumer, 1));
            long id = faults.add(FaultRule.on("Fetch")
                    .topic("t")
                    .partition(0)
                    .answer(ErrorCode.NOT_LEADER_OR_FOLLOWER)
                    .times(3));
            produce(producer, 1, "b").get();
            assertEquals(List.of("b"), poll(consumer, 1), "the other partition is read");
            produce(producer, 0, "c").get();
            assertEquals(List.of("c"), poll(consumer, 1));
            assertTrue(faults.find(id).orElseThrow().hits() > 0);
        }
    }

    @Test
    void anAnswerThatIsLateByTheBrokersClockComesWhenThatIsAdvanced() throws Exception {
        broker.powers().clock().freeze();
        long id = faults.add(
                FaultRule.on("Produce").topic("t").delay(Duration.ofSeconds(5)).once());

        try (var producer = producer(Map.of())) {
            Future<RecordMetadata> sent = produce(producer, 0, "a");
            assertEquals(List.of("a"), consumeAll(1), "it is done, only the answer is late");
            assertTrue(!sent.isDone());
            broker.powers().clock().advance(Duration.ofSeconds(5));
            assertEquals(0, sent.get().offset());
        }
        assertEquals(1, faults.find(id).orElseThrow().hits());
    }

    @Test
    void whatIsLateBeforeItIsHandledIsDoneOnlyThen() throws Exception {
        broker.powers().clock().freeze();
        faults.add(FaultRule.on("Produce")
                .topic("t")
                .delay(Duration.ofSeconds(5))
                .beforeHandling()
                .once());

        try (var producer = producer(Map.of("linger.ms", 0))) {
            Future<RecordMetadata> sent = produce(producer, 0, "x".repeat(100_000));
            while (faults.list().get(0).hits() == 0) {
                Thread.onSpinWait();
            }
            try (var admin = broker.admin()) {
                var end = admin.listOffsets(Map.of(FIRST, org.apache.kafka.clients.admin.OffsetSpec.latest()));
                assertEquals(0, end.partitionResult(FIRST).get().offset());
            }
            broker.powers().clock().advance(Duration.ofSeconds(5));
            assertEquals(0, sent.get().offset());
        }
        assertEquals(100_000, consumeAll(1).get(0).length());
    }

    @Test
    void aDelayBeyondTheClientsTimeIsATimeout() throws Exception {
        faults.add(FaultRule.on("Produce").topic("t").delay(Duration.ofMinutes(10)));

        try (var producer =
                producer(Map.of("request.timeout.ms", 200, "delivery.timeout.ms", 500, "linger.ms", 0, "retries", 0))) {
            ExecutionException late = assertThrows(
                    ExecutionException.class, () -> produce(producer, 0, "a").get());
            assertInstanceOf(TimeoutException.class, late.getCause());
        }
    }

    @Test
    void aThrottledProducerWaitsForAsLongAsItIsTold() throws Exception {
        faults.add(FaultRule.on("Produce")
                .topic("t")
                .throttle(Duration.ofMillis(500))
                .once());

        try (var producer = producer(Map.of("linger.ms", 0))) {
            produce(producer, 0, "a").get();
            long begin = System.nanoTime();
            produce(producer, 0, "b").get();
            assertTrue(System.nanoTime() - begin >= Duration.ofMillis(400).toNanos(), "KIP-219");
            double throttled = producer.metrics().entrySet().stream()
                    .filter(each -> each.getKey().name().equals("produce-throttle-time-max"))
                    .mapToDouble(each -> (double) each.getValue().metricValue())
                    .max()
                    .orElseThrow();
            assertEquals(500.0, throttled);
        }
    }

    @Test
    void slowBytesArriveAllTheSame() throws Exception {
        String value = "v".repeat(4_000);
        try (var producer = producer(Map.of())) {
            produce(producer, 0, value).get();
        }
        faults.add(FaultRule.on("Fetch").topic("t").slow(10_000).once());

        long begin = System.nanoTime();
        assertEquals(List.of(value), consumeAll(1));

        assertTrue(System.nanoTime() - begin >= Duration.ofMillis(350).toNanos(), "4,000 bytes at 10,000 a second");
    }

    @Test
    void aGroupsErrorComesToItsConsumerAlone() {
        faults.add(FaultRule.on("FindCoordinator").group("mine").answer(ErrorCode.GROUP_AUTHORIZATION_FAILED));

        try (var consumer = broker.consumer("mine", "c", Map.of());
                var other = broker.consumer("other", "c", Map.of())) {
            consumer.subscribe(List.of("t"));
            assertThrows(GroupAuthorizationException.class, () -> poll(consumer, 1));
            other.subscribe(List.of("t"));
            other.poll(Duration.ofMillis(100));
        }
    }

    @Test
    void aResetRemovesTheRulesAndLetsGoWhatTheyHoldBack() throws Exception {
        faults.add(
                FaultRule.on("Produce").topic("t").delay(Duration.ofHours(10)).once());

        try (var producer = producer(Map.of("linger.ms", 0))) {
            Future<RecordMetadata> sent = produce(producer, 0, "a");
            while (faults.list().get(0).hits() == 0) {
                Thread.onSpinWait();
            }
            broker.powers().reset().reset();
            assertEquals(0, sent.get().offset());
        }
        assertEquals(List.of(), faults.list());
    }

    @Test
    void aForeignPageMayNotInjectFaults() throws Exception {
        broker.call(403, "POST", "/v1/faults", "{\"close\":true}", "Origin", "http://evil.example");
        broker.call(403, "DELETE", "/v1/faults", null, "Origin", "http://evil.example");
        assertEquals(List.of(), faults.list());
    }

    private KafkaProducer<String, String> producer(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(Map.of("retry.backoff.ms", 10, "reconnect.backoff.ms", 10));
        all.putAll(settings);
        return broker.producer(all);
    }

    private KafkaConsumer<String, String> consumer(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(Map.of("retry.backoff.ms", 10));
        all.putAll(settings);
        return broker.consumer("g", "a-consumer", all);
    }

    private static Future<RecordMetadata> produce(KafkaProducer<String, String> producer, int partition, String value) {
        return producer.send(new ProducerRecord<>("t", partition, null, value));
    }

    private List<String> consumeAll(int count) {
        try (var consumer = consumer(Map.of())) {
            consumer.assign(List.of(FIRST, new TopicPartition("t", 1)));
            return poll(consumer, count);
        }
    }

    private static List<String> poll(KafkaConsumer<String, String> consumer, int count) {
        List<String> values = new ArrayList<>();
        while (values.size() < count) {
            consumer.poll(Duration.ofSeconds(1)).forEach(record -> values.add(record.value()));
        }
        return values;
    }

    private static String names(FaultStatus status) {
        return status.lastHits().get(0).names().stream()
                .map(row -> row.topic() + "-" + row.partition())
                .toList()
                .toString();
    }
}
