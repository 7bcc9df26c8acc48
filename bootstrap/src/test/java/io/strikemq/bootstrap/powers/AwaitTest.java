package io.strikemq.bootstrap.powers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.bootstrap.powers.BrokerWithPowers.Member;
import io.strikemq.domain.await.Condition;
import io.strikemq.domain.await.UnmetCondition;
import io.strikemq.domain.await.Wait;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.port.in.AwaitState;
import io.strikemq.domain.topic.TopicPartition;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever waits for a broker's state learns of it, by Java and by HTTP, from what Kafka's own clients do. */
@Timeout(120)
class AwaitTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    Path folder;

    private BrokerWithPowers broker;
    private AwaitState state;

    @BeforeEach
    void start() throws Exception {
        broker = new BrokerWithPowers(folder, Map.of());
        state = broker.powers().await();
        try (var admin = broker.admin()) {
            admin.createTopics(List.of(new NewTopic("t", 2, (short) 1))).all().get();
        }
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @SuppressWarnings("try") // A member is there to be there.
    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void aGroupIsStableAfterItsRebalance(String protocol) throws Exception {
        var two = Condition.group("g").isStable().withMembers(2);
        UnmetCondition none = assertThrows(UnmetCondition.class, () -> state.await(two, SHORT));
        assertTrue(
                none.getMessage()
                        .startsWith("group g: Stable wanted with 2 members, but there is no such group (after "),
                none.getMessage());

        Map<String, Object> settings = new HashMap<>(Map.of("group.protocol", protocol, "enable.auto.commit", "false"));
        if (protocol.equals("classic")) {
            settings.put("heartbeat.interval.ms", 50);
        }
        try (Member one = broker.member("g", "one", settings, "t")) {
            state.await(Condition.group("g").isStable().withMembers(1), LONG);
            CompletableFuture<HttpResponse<String>> byHttp = broker.send(
                    "POST", "/v1/await", "{\"group_stable\":{\"group\":\"g\",\"members\":2},\"timeout_ms\":60000}");
            UnmetCondition unmet = assertThrows(UnmetCondition.class, () -> state.await(two, SHORT));
            assertTrue(
                    unmet.getMessage()
                            .startsWith("group g: Stable wanted with 2 members, but it is Stable with 1 member (one"),
                    unmet.getMessage());
            try (Member other = broker.member("g", "two", settings, "t")) {
                String seen = state.await(two, LONG).seen();
                assertTrue(seen.startsWith("it is Stable with 2 members ("), seen);
                assertEquals(200, byHttp.join().statusCode(), byHttp.join().body());
                state.await(Condition.group("g").hasAssigned("t"), LONG);
                state.await(
                        Condition.group("g").hasAssigned(new TopicPartition("t", 0), new TopicPartition("t", 1)), LONG);
                UnmetCondition all = assertThrows(
                        UnmetCondition.class,
                        () -> state.await(Condition.group("g").hasAssigned("t").toMember("one"), SHORT));
                assertTrue(all.seen().startsWith("not so are [t-"), all.seen());
            }
            state.await(Condition.group("g").hasAssigned("t").toMember("one"), LONG);
        }
        state.await(Condition.group("g").isEmpty(), LONG);
    }

    @Test
    void aGroupHasReadEverything() throws Exception {
        try (KafkaProducer<String, String> producer = broker.producer(Map.of())) {
            for (int i = 0; i < 10; i++) {
                producer.send(new ProducerRecord<>("t", i % 2, "k" + i, "v" + i));
            }
        }
        String noLag = "{\"no_lag\":{\"group\":\"g\",\"topic\":\"t\"},\"timeout_ms\":20}";
        assertTrue(broker.call(408, "POST", "/v1/await", noLag)
                .get("error")
                .asText()
                .startsWith(
                        "group g: no lag wanted in topic t, but t-0 has no committed offset and ends at 5, t-1 has no"
                                + " committed offset and ends at 5 (after "));
        try (KafkaConsumer<String, String> consumer =
                broker.consumer("g", "c", Map.of("enable.auto.commit", "false"))) {
            consumer.subscribe(List.of("t"));
            int read = 0;
            while (read < 10) {
                read += consumer.poll(Duration.ofMillis(100)).count();
            }
            consumer.commitSync(Map.of(
                    new org.apache.kafka.common.TopicPartition("t", 0),
                    new org.apache.kafka.clients.consumer.OffsetAndMetadata(3)));
            UnmetCondition lags = assertThrows(
                    UnmetCondition.class, () -> state.await(Condition.group("g").hasNoLag(), SHORT));
            assertEquals("t-0 lags by 2 (committed 3, end 5), t-1 has no committed offset and ends at 5", lags.seen());
            Wait all = state.begin(Condition.group("g").hasNoLag());
            Wait committed = state.begin(Condition.group("g").hasCommitted("t", 1, 5));
            consumer.commitSync();
            assertEquals(
                    "it has read all of 2 partitions",
                    all.outcome().toCompletableFuture().join().seen());
            committed.outcome().toCompletableFuture().join();
        }
        broker.call(200, "POST", "/v1/await", noLag);
        String committed =
                "{\"offset_committed\":{\"group\":\"g\",\"topic\":\"t\",\"partition\":1,\"offset\":%d},\"timeout_ms\":0}";
        broker.call(200, "POST", "/v1/await", committed.formatted(5));
        broker.call(408, "POST", "/v1/await", committed.formatted(6));
    }

    @Test
    void recordsAreThereAsTheyAreDescribed() throws Exception {
        Wait seven = state.begin(Condition.topic("t")
                .hasRecords(2)
                .matching("of order 7", record -> "7".equals(record.headerText("order"))));
        CompletableFuture<HttpResponse<String>> byHttp = broker.send(
                "POST",
                "/v1/await",
                "{\"records\":{\"topic\":\"t\",\"count\":1,\"where\":{\"key\":{\"equals\":\"k\"},"
                        + "\"value\":{\"json\":{\"/order/id\":7}},\"headers\":{\"order\":{\"contains\":\"7\"}}}},"
                        + "\"timeout_ms\":60000}");
        try (KafkaProducer<String, String> producer = broker.producer(Map.of())) {
            for (String order : List.of("6", "7", "8", "7")) {
                ProducerRecord<String, String> record =
                        new ProducerRecord<>("t", 0, "k", "{\"order\":{\"id\":" + order + ".0}}");
                record.headers().add("order", order.getBytes());
                producer.send(record);
            }
            producer.flush();
        }
        assertEquals(
                "2 of 4 are so; the last other one is t-0@2 key=k value={\"order\":{\"id\":8.0}}",
                seven.outcome().toCompletableFuture().join().seen());
        assertEquals(200, byHttp.join().statusCode(), byHttp.join().body());
        state.await(Condition.topic("t").hasRecords(4), LONG);
        UnmetCondition five = assertThrows(
                UnmetCondition.class, () -> state.await(Condition.topic("t").hasRecords(5), SHORT));
        assertTrue(
                five.getMessage().startsWith("topic t: wanted 5 committed records, but there are 4 (after "),
                five.getMessage());
        assertThrows(
                IllegalStateException.class,
                () -> state.await(
                        Condition.topic("t").hasRecords(1).matching(record -> {
                            throw new IllegalArgumentException("a bug in a test");
                        }),
                        LONG));
    }

    @Test
    void transactionsEndOneWayOrTheOther() throws Exception {
        Wait committed = state.begin(Condition.transaction("tx").isCommitted());
        Wait aborted = state.begin(Condition.transaction("tx").isAborted());
        try (KafkaProducer<String, String> producer = broker.producer(Map.of("transactional.id", "tx"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("t", "v")).get();
            assertEquals(
                    "there are 0",
                    assertThrows(
                                    UnmetCondition.class,
                                    () -> state.await(Condition.topic("t").hasRecords(1), SHORT))
                            .seen());
            state.await(Condition.topic("t").hasRecords(1).orUncommitted(), LONG);
            UnmetCondition open = assertThrows(
                    UnmetCondition.class,
                    () -> state.await(Condition.transaction("tx").isOver(), SHORT));
            assertEquals("it is Ongoing", open.seen());
            producer.commitTransaction();
            // The next one begins before anybody may have looked: the end of the first is not missed.
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("t", "v")).get();
            assertEquals(
                    "it is CompleteCommit",
                    committed.outcome().toCompletableFuture().get().seen());
            producer.abortTransaction();
        }
        assertEquals(
                "it is CompleteAbort",
                aborted.outcome().toCompletableFuture().get().seen());
        state.await(Condition.topic("t").hasRecords(1), LONG);
        assertEquals(
                "there are 1",
                assertThrows(
                                UnmetCondition.class,
                                () -> state.await(Condition.topic("t").hasRecords(2), SHORT))
                        .seen());
        broker.call(
                200,
                "POST",
                "/v1/await",
                "{\"transaction_over\":{\"transactional_id\":\"tx\",\"outcome\":\"aborted\"},\"timeout_ms\":60000}");
    }

    @Test
    void topicsComeAndGo() throws Exception {
        Wait there = state.begin(Condition.topic("new").exists());
        broker.call(201, "PUT", "/v1/topics/new", "{}");
        there.outcome().toCompletableFuture().join();
        CompletableFuture<HttpResponse<String>> gone =
                broker.send("POST", "/v1/await", "{\"topic_gone\":{\"topic\":\"new\"},\"timeout_ms\":60000}");
        broker.call(200, "DELETE", "/v1/topics/new", null);
        assertEquals(200, gone.join().statusCode(), gone.join().body());
        assertTrue(broker.call(408, "POST", "/v1/await", "{\"topic_exists\":{\"topic\":\"new\"},\"timeout_ms\":0}")
                .get("error")
                .asText()
                .startsWith("topic new: wanted to exist, but there is no such topic"));
    }

    @Test
    void whoWaitsIsSentAwayWhenTheBrokerStops() {
        Wait wait = state.begin(Condition.topic("never").exists());
        CompletableFuture<HttpResponse<String>> byHttp =
                broker.send("POST", "/v1/await", "{\"topic_exists\":{\"topic\":\"never\"}}");
        broker.close();
        ExecutionException sentAway = assertThrows(
                ExecutionException.class,
                () -> wait.outcome().toCompletableFuture().get());
        assertTrue(sentAway.getCause() instanceof BrokerException, sentAway.toString());
        assertTrue(byHttp.handle((answer, failure) -> failure != null || answer.statusCode() == 503)
                .join());
        assertThrows(
                BrokerException.class,
                () -> state.await(Condition.topic("never").exists(), LONG));
    }

    @Test
    void whoWaitsIsSentAwayByAResetAndMayWaitForWhatComesThen() throws Exception {
        Wait wait = state.begin(Condition.topic("t").hasRecords(1));
        broker.powers().reset().reset();
        ExecutionException sentAway = assertThrows(
                ExecutionException.class,
                () -> wait.outcome().toCompletableFuture().get());
        assertTrue(
                sentAway.getCause().getMessage().contains("the broker is stopping or being reset"),
                sentAway.getCause().getMessage());
        state.await(Condition.topic("t").isGone(), LONG);
        Wait again = state.begin(Condition.topic("t").exists());
        broker.call(201, "PUT", "/v1/topics/t", "{}");
        again.outcome().toCompletableFuture().get();
    }

    @Test
    void pagesOfStrangersMayNotWait() throws Exception {
        broker.call(403, "POST", "/v1/await", "{\"topic_exists\":{\"topic\":\"t\"}}", "Origin", "http://evil.example");
    }
}
