package io.strikemq.bootstrap.powers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikemq.bootstrap.powers.BrokerWithPowers.Member;
import io.strikemq.domain.await.Condition;
import io.strikemq.domain.await.Wait;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fault.FaultRule;
import io.strikemq.domain.journal.EventFilter;
import io.strikemq.domain.journal.Happening.Kind;
import io.strikemq.domain.journal.JournaledEvent;
import io.strikemq.domain.journal.JournaledRequest;
import io.strikemq.domain.journal.RequestFilter;
import io.strikemq.domain.journal.Subject;
import io.strikemq.domain.journal.Times;
import io.strikemq.domain.journal.UnverifiedRequests;
import io.strikemq.domain.port.in.ReadJournal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The journal tells what Kafka's own clients have asked and done, and why groups rebalanced; by Java and by HTTP. */
@Timeout(120)
class JournalTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private BrokerWithPowers broker;
    private ReadJournal journal;

    @BeforeEach
    void start() {
        broker = new BrokerWithPowers(folder, Map.of("journal_requests", "1000"));
        journal = broker.powers().journal();
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private void produce(String topic, int count) throws Exception {
        try (KafkaProducer<String, String> producer = broker.producer(Map.of())) {
            for (int i = 0; i < count; i++) {
                producer.send(new ProducerRecord<>(topic, "v")).get();
            }
        }
    }

    private static RequestFilter requests() {
        return RequestFilter.requests();
    }

    @Test
    void requestsAreCountedAndVerified() throws Exception {
        produce("t", 3);
        journal.verify(Times.exactly(3), requests().api("Produce").topic("t"));
        journal.verify(Times.never(), requests().api("Produce").topic("u"));
        JournaledRequest first =
                journal.requests(requests().api("produce").client("a-producer")).get(0);
        assertEquals("/127.0.0.1", first.host());
        assertTrue(first.toString().contains("Produce v") && first.toString().contains(": t-0, ANSWERED"), "" + first);
        assertTrue(first.durationUs() > 0 && first.timeMs() > 0);

        UnverifiedRequests failure = assertThrows(
                UnverifiedRequests.class,
                () -> journal.verify(
                        Times.exactly(1), requests().api("Produce").topic("t").client("somebody-else")));
        String text = failure.getMessage();
        assertTrue(
                text.startsWith(
                        "exactly 1 requests with API Produce, topic t, client somebody-else wanted, but there were 0"),
                text);
        assertTrue(text.contains("near misses:") && text.contains("[not client somebody-else]"), text);

        assertEquals(
                3,
                broker.call(200, "GET", "/v1/journal/count?api=Produce&topic=t&exactly=3", null)
                        .get("count")
                        .asInt());
        assertTrue(broker.call(409, "GET", "/v1/journal/count?api=Produce&topic=t&at_least=4", null)
                .get("error")
                .asText()
                .startsWith("at least 4 requests with API Produce, topic t wanted, but there were 3 of "));
        assertTrue(broker.call(400, "GET", "/v1/journal/count?api=Porduce&exactly=0", null)
                .get("error")
                .asText()
                .startsWith("there is no API 'Porduce' here; there are Produce, "));
        assertThrows(
                BrokerException.class,
                () -> journal.verify(Times.never(), requests().api("Porduce")));
        assertThrows(BrokerException.class, () -> journal.requests(requests().api("Porduce")));
        JsonNode shown = broker.call(200, "GET", "/v1/journal?api=Produce&topic=t&partition=0&limit=1", null);
        assertEquals(1, shown.get("requests").size());
        assertEquals(
                "[{\"topic\":\"t\",\"partition\":0}]",
                shown.get("requests").get(0).get("names").toString());
        assertEquals("answered", shown.get("requests").get(0).get("fate").asText());
    }

    @Test
    void errorsAreToldWithTheRequestsThatMetThem() throws Exception {
        try (Admin admin = broker.admin()) {
            admin.createTopics(List.of(new NewTopic("t", 1, (short) 1))).all().get();
            assertThrows(
                    ExecutionException.class,
                    () -> admin.createTopics(List.of(new NewTopic("t", 1, (short) 1)))
                            .all()
                            .get());
        }
        List<String> sentences = journal.explain(Subject.error(ErrorCode.TOPIC_ALREADY_EXISTS));
        assertEquals(1, sentences.size());
        assertTrue(
                sentences.get(0).contains("CreateTopics")
                        && sentences.get(0).contains("an-admin")
                        && sentences.get(0).contains("TOPIC_ALREADY_EXISTS of topic t (Topic 't' already exists.)"),
                sentences.get(0));
        // An answer of InitProducerId has no place for the reason; the journal has it.
        try (KafkaProducer<String, String> producer =
                broker.producer(Map.of("transactional.id", "tx", "transaction.timeout.ms", Integer.MAX_VALUE))) {
            assertThrows(KafkaException.class, producer::initTransactions);
        }
        String refused = journal.explain(Subject.error(ErrorCode.INVALID_TRANSACTION_TIMEOUT))
                .get(0);
        assertTrue(
                refused.contains("InitProducerId")
                        && refused.contains("A transaction may last from 1 to 900000 ms, not 2147483647"),
                refused);
        assertEquals(
                1,
                broker.call(200, "GET", "/v1/explain?error=topic_already_exists", null)
                        .get("sentences")
                        .size());
        assertEquals(
                1,
                broker.call(200, "GET", "/v1/journal/count?error=any&api=CreateTopics", null)
                        .get("count")
                        .asInt());
    }

    @Test
    void theRetriesOfAProducerAreVerified() throws Exception {
        broker.powers()
                .faults()
                .add(FaultRule.on("Produce")
                        .topic("t")
                        .answer(ErrorCode.NOT_LEADER_OR_FOLLOWER)
                        .times(2));
        produce("t", 1);
        journal.verify(Times.exactly(3), requests().api("Produce").topic("t"));
        journal.verify(Times.exactly(2), requests().api("Produce").topic("t").error(ErrorCode.NOT_LEADER_OR_FOLLOWER));
        broker.call(200, "GET", "/v1/journal/count?api=Produce&error=not_leader_or_follower&exactly=2", null);
    }

    @Test
    void itKeepsWhatItIsToldToAndNothingWhileItIsOff() throws Exception {
        broker.call(200, "PUT", "/v1/journal", "{\"requests\":2}");
        produce("t", 3);
        assertEquals(2, journal.requests(requests()).size());
        assertTrue(journal.size().dropped() > 0);
        long last = journal.requests(requests())
                .get(journal.requests(requests()).size() - 1)
                .number();
        assertThrows(
                UnverifiedRequests.class,
                () -> journal.verify(Times.never(), requests().client("nobody")));
        journal.verify(Times.never(), requests().client("nobody").after(last));
        journal.verify(Times.atLeast(1), requests());
        String text = assertThrows(UnverifiedRequests.class, () -> journal.verify(Times.exactly(9), requests()))
                .getMessage();
        assertTrue(text.endsWith("requests before these nothing is known: the journal keeps 2"), text);
        broker.call(200, "PUT", "/v1/journal", "{\"requests\":0}");
        assertThrows(BrokerException.class, () -> journal.count(requests()));
        broker.call(400, "GET", "/v1/journal/count", null);
        journal.keep(100);
        assertEquals(0, journal.count(requests()));
        produce("t", 1);
        assertEquals(1, journal.count(requests().api("Produce")));
        broker.call(200, "DELETE", "/v1/journal", null);
        assertEquals(0, journal.count(requests()));
        assertEquals(List.of(), journal.events(EventFilter.events()));
    }

    @Test
    void aTopicIsExplained() throws Exception {
        produce("auto", 2);
        try (Admin admin = broker.admin()) {
            admin.createPartitions(Map.of("auto", NewPartitions.increaseTo(3)))
                    .all()
                    .get();
            admin.deleteRecords(Map.of(new TopicPartition("auto", 0), RecordsToDelete.beforeOffset(-1)))
                    .all()
                    .get();
        }
        broker.call(201, "PUT", "/v1/topics/by-rest", "{}");
        broker.call(200, "DELETE", "/v1/topics/auto", null);
        List<String> sentences = journal.explain(Subject.topic("auto"));
        assertEquals(4, sentences.size(), "" + sentences);
        assertTrue(
                sentences
                        .get(0)
                        .endsWith("topic auto was created with 1 partition automatically (auto.create.topics.enable),"
                                + " since client a-producer (/127.0.0.1) asked for its metadata"),
                sentences.get(0));
        assertTrue(
                sentences.get(1).endsWith("topic auto was grown to 3 partitions by client an-admin (/127.0.0.1)"),
                sentences.get(1));
        assertTrue(sentences.get(2).contains("records of auto-0 were deleted by client an-admin"), sentences.get(2));
        assertTrue(
                sentences.get(3).endsWith("topic auto was deleted by somebody by HTTP (/127.0.0.1)"), sentences.get(3));
        assertTrue(broker.call(200, "GET", "/v1/explain?topic=by-rest", null)
                .get("sentences")
                .get(0)
                .asText()
                .endsWith("topic by-rest was created with 1 partition by somebody by HTTP (/127.0.0.1)"));
        assertEquals(
                "nothing is known of topic nobody: nothing has happened to it since the broker started or was reset, or"
                        + " more than 1000 events ago",
                journal.explain(Subject.topic("nobody")).get(0));
    }

    /** Waits until a sentence about the group has all of these words. */
    private void awaitSentence(String group, String... words) {
        long deadline = System.nanoTime() + LONG.toNanos() / 3;
        while (journal.explain(Subject.group(group)).stream()
                .noneMatch(text -> List.of(words).stream().allMatch(text::contains))) {
            if (System.nanoTime() > deadline) {
                fail("no sentence with " + List.of(words) + " but "
                        + String.join("\n", journal.explain(Subject.group(group))));
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    @SuppressWarnings("try") // Members are there to be there.
    @Test
    void aClassicGroupTellsWhyItRebalanced() throws Exception {
        try (Admin admin = broker.admin()) {
            admin.createTopics(List.of(new NewTopic("t", 2, (short) 1))).all().get();
            Map<String, Object> settings = Map.of("heartbeat.interval.ms", 50, "metadata.max.age.ms", 200);
            try (Member one = broker.member("g", "one", settings, "t")) {
                broker.powers().await().await(Condition.group("g").isStable().withMembers(1), LONG);
                awaitSentence("g", "group g rebalances after generation 0: member one-", "joined");
                try (Member two = broker.member("g", "two", settings, "t")) {
                    broker.powers()
                            .await()
                            .await(Condition.group("g").isStable().withMembers(2), LONG);
                    awaitSentence("g", "rebalances after", "member two-", "(client two (/127.0.0.1)) joined");
                    awaitSentence("g", "is Stable in generation", "protocol range", "2 members");
                }
                awaitSentence("g", "member two-", "left: the consumer is being closed");
                // The leader has assigned what there is now: what comes then is a change to it.
                broker.powers().await().await(Condition.group("g").isStable().withMembers(1), LONG);
                admin.createPartitions(Map.of("t", NewPartitions.increaseTo(4)))
                        .all()
                        .get();
                awaitSentence("g", "member one-", "joined again", "cached metadata has changed");
                broker.powers().clock().advance(Duration.ofMinutes(1));
                awaitSentence("g", "member one-", "was not heard of for the time of its session");
            }
        }
        assertTrue(broker.call(200, "GET", "/v1/explain?group=g", null)
                        .get("sentences")
                        .size()
                > 6);
        JsonNode events = broker.call(200, "GET", "/v1/journal/events?group=g&kind=group_stable", null);
        assertTrue(events.get("events").size() > 1, "" + events);
    }

    @SuppressWarnings("try")
    @Test
    void aConsumerGroupTellsWhyItRebalanced() throws Exception {
        try (Admin admin = broker.admin()) {
            admin.createTopics(List.of(new NewTopic("t", 2, (short) 1))).all().get();
            Map<String, Object> settings = Map.of("group.protocol", "consumer");
            try (Member one = broker.member("g", "one", settings, "t")) {
                awaitSentence("g", "group g rebalances after", "(client one (/127.0.0.1)) joined");
                try (Member two = broker.member("g", "two", settings, "t")) {
                    awaitSentence("g", "(client two (/127.0.0.1)) joined");
                    broker.powers()
                            .await()
                            .await(Condition.group("g").isStable().withMembers(2), LONG);
                    awaitSentence("g", "is Stable in epoch", "2 members");
                }
                awaitSentence("g", "(client two (/127.0.0.1)) left");
                admin.createPartitions(Map.of("t", NewPartitions.increaseTo(4)))
                        .all()
                        .get();
                awaitSentence("g", "rebalances after epoch", "the topics that it reads have changed");
                awaitSentence("g", "gives partitions out for epoch", "4 partitions of topic t, ");
            }
            awaitSentence("g", "(client one (/127.0.0.1)) left");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTransactionThatIsAbortedByOthersIsExplained(boolean byTime) throws Exception {
        Map<String, Object> settings =
                Map.of("transactional.id", "tx", "transaction.timeout.ms", byTime ? 100 : 60_000);
        try (KafkaProducer<String, String> producer = broker.producer(settings)) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("t", "v")).get();
            Wait aborted =
                    broker.powers().await().begin(Condition.transaction("tx").isAborted());
            if (byTime) {
                broker.powers().clock().advance(Duration.ofMinutes(1));
            } else {
                try (KafkaProducer<String, String> other =
                        broker.producer(Map.of("transactional.id", "tx", "client.id", "another"))) {
                    other.initTransactions();
                }
            }
            aborted.outcome().toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
        List<JournaledEvent> events =
                journal.events(EventFilter.events().transactionalId("tx").kind(Kind.TRANSACTION_ABORTED));
        assertEquals(1, events.size(), "" + journal.explain(Subject.transaction("tx")));
        String text = events.get(0).what().text();
        assertTrue(
                text.contains(
                        byTime
                                ? "it was open for longer than its timeout of 100 ms"
                                : "a producer initialized the id anew"),
                text);
        if (!byTime) {
            assertTrue(
                    journal.explain(Subject.transaction("tx")).stream()
                            .anyMatch(sentence -> sentence.contains(
                                    "was initialized by client another (/127.0.0.1), which has producer id")),
                    "" + journal.explain(Subject.transaction("tx")));
        }
    }

    @Test
    void aResetForgetsEverythingAndEventsOfWhatComesThenAreTold() throws Exception {
        produce("before", 1);
        broker.powers().reset().reset();
        assertEquals(List.of(), journal.events(EventFilter.events()));
        assertEquals(0, journal.count(requests()));
        produce("after", 1);
        assertEquals(1, journal.count(requests().api("Produce")));
        assertEquals(1, journal.explain(Subject.topic("after")).size());
        assertTrue(journal.explain(Subject.topic("after")).get(0).contains("was created"));
    }

    @Test
    void pagesOfStrangersReadNothing() throws Exception {
        for (String path : List.of("/v1/journal", "/v1/journal/events", "/v1/journal/count", "/v1/explain?group=g")) {
            broker.call(403, "GET", path, null, "Origin", "http://evil.example");
        }
    }
}
