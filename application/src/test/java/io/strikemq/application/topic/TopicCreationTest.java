package io.strikemq.application.topic;

import static io.strikemq.application.topic.TopicFixture.assigned;
import static io.strikemq.application.topic.TopicFixture.configured;
import static io.strikemq.application.topic.TopicFixture.topic;
import static io.strikemq.domain.error.ErrorCode.INVALID_CONFIG;
import static io.strikemq.domain.error.ErrorCode.INVALID_PARTITIONS;
import static io.strikemq.domain.error.ErrorCode.INVALID_REPLICATION_FACTOR;
import static io.strikemq.domain.error.ErrorCode.INVALID_REPLICA_ASSIGNMENT;
import static io.strikemq.domain.error.ErrorCode.INVALID_REQUEST;
import static io.strikemq.domain.error.ErrorCode.INVALID_TOPIC_EXCEPTION;
import static io.strikemq.domain.error.ErrorCode.NONE;
import static io.strikemq.domain.error.ErrorCode.POLICY_VIOLATION;
import static io.strikemq.domain.error.ErrorCode.TOPIC_ALREADY_EXISTS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.settings.TopicDefaults;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.admin.ConfigEntry.Source;
import io.strikemq.domain.topic.admin.NewTopic;
import io.strikemq.domain.topic.admin.ReplicaAssignment;
import io.strikemq.domain.topic.admin.TopicCreated;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The codes expected here are what a controller of Kafka 4.4 answered to the same requests. */
class TopicCreationTest {
    private final TopicFixture broker = TopicFixture.usual();

    @Test
    void aTopicIsThereWhenTheAnswerIs() {
        TopicCreated created = broker.create(topic("orders", 3, 1)).get(0);
        assertEquals(NONE, created.error());
        assertNull(created.message());
        assertEquals(created.topic(), broker.registry.find("orders").orElseThrow());
        assertEquals(List.of(created.topic()), broker.catalog.load());
        assertEquals(3, created.topic().partitionCount());
        assertEquals(37, created.configs().size());
    }

    @Test
    void minusOneStandsForTheBrokersDefaults() {
        TopicFixture generous =
                new TopicFixture(new TopicDefaults(true, 4, (short) 2, true, 50, 50, 1 << 20, 1 << 20, Map.of()), 0, 1);
        Topic topic = generous.create(topic("a", -1, -1)).get(0).topic();
        assertEquals(4, topic.partitionCount());
        assertEquals(2, topic.replicationFactor());
    }

    @Test
    void partitionsMustBePositive() {
        assertEquals(
                List.of(INVALID_PARTITIONS, INVALID_PARTITIONS),
                broker.errors(topic("zero", 0, 1), topic("two", -2, 1)));
    }

    @Test
    void aReplicationFactorMustBePositiveAndNoMoreThanTheBrokers() {
        assertEquals(
                List.of(INVALID_REPLICATION_FACTOR, INVALID_REPLICATION_FACTOR, INVALID_REPLICATION_FACTOR),
                broker.errors(topic("a", 1, 0), topic("b", 1, -2), topic("c", 1, 2)));
        assertEquals(List.of(INVALID_PARTITIONS), broker.errors(topic("d", 0, 2)));
    }

    @Test
    void illegalNamesAreRefused() {
        assertEquals(
                List.of(
                        INVALID_TOPIC_EXCEPTION,
                        INVALID_TOPIC_EXCEPTION,
                        INVALID_TOPIC_EXCEPTION,
                        NONE,
                        INVALID_TOPIC_EXCEPTION),
                broker.errors(
                        topic("", 1, 1),
                        topic("..", 1, 1),
                        topic("a/b", 1, 1),
                        topic("x".repeat(249), 1, 1),
                        topic("x".repeat(250), 1, 1)));
    }

    @Test
    void aNameThatCollidesInMetricsWithAnExistingTopicIsRefused() {
        broker.existing("a_b", 1);
        assertEquals(List.of(INVALID_TOPIC_EXCEPTION), broker.errors(topic("a.b", 1, 1)));
        assertEquals(List.of(TOPIC_ALREADY_EXISTS), broker.errors(topic("a_b", 1, 1)));
    }

    @Test
    void topicsOfOneRequestDoNotCollideWithEachOther() {
        assertEquals(
                List.of(NONE, NONE),
                broker.create(topic("c.d", 1, 1), topic("c_d", 1, 1)).stream()
                        .map(TopicCreated::error)
                        .toList());
    }

    @Test
    void anExistingTopicIsRefusedBeforeAnythingElseOfItIsLookedAt() {
        broker.existing("a", 1);
        assertEquals(List.of(TOPIC_ALREADY_EXISTS), broker.errors(topic("a", 0, 9)));
        assertEquals(List.of(TOPIC_ALREADY_EXISTS), broker.errors(configured("a", "bogus", "1")));
    }

    @Test
    void configsAreCheckedBeforeCounts() {
        assertEquals(
                List.of(INVALID_CONFIG),
                broker.errors(new NewTopic("a", 0, (short) 9, List.of(), Map.of("bogus", "1"))));
    }

    @Test
    void unknownWrongAndMissingConfigValuesAreInvalid() {
        assertEquals(
                List.of(INVALID_CONFIG, INVALID_CONFIG, INVALID_CONFIG, INVALID_CONFIG),
                broker.errors(
                        configured("a", "bogus", "1"),
                        configured("b", "retention.ms", "abc"),
                        configured("c", "retention.ms", null),
                        configured("d", "remote.storage.enable", "true")));
    }

    @Test
    void aRefusalSaysWhyAndHasNoTopic() {
        TopicCreated refused =
                broker.create(configured("b", "retention.ms", "abc")).get(0);
        assertTrue(
                refused.message().contains("retention.ms") && refused.message().contains("abc"));
        assertNull(refused.topic());
        assertEquals(List.of(), refused.configs());
    }

    @Test
    void theAnswerShowsTheConfigsAsTheyTakeEffect() {
        TopicCreated created = broker.validate(configured("a", "cleanup.policy", " compact , delete "))
                .get(0);
        assertTrue(created.configs().stream()
                .anyMatch(entry -> entry.name().equals("cleanup.policy")
                        && entry.value().equals("compact,delete")
                        && entry.source() == Source.DYNAMIC_TOPIC_CONFIG));
    }

    @Test
    void validatingCreatesNothingButAnswersAsIfItHad() {
        TopicCreated created = broker.validate(topic("a", 2, -1)).get(0);
        assertEquals(2, created.topic().partitionCount());
        assertEquals(1, created.topic().replicationFactor());
        assertEquals(37, created.configs().size());
        assertTrue(broker.registry.all().isEmpty());
    }

    @Test
    void aNameThatIsRepeatedHasOneRowAndSpoilsOnlyItself() {
        List<TopicCreated> answer = broker.create(topic("dup", 1, 1), topic("good", 1, 1), topic("dup", 2, 1));
        assertEquals(
                List.of("dup", "good"), answer.stream().map(TopicCreated::name).toList());
        assertEquals(
                List.of(INVALID_REQUEST, NONE),
                answer.stream().map(TopicCreated::error).toList());
        assertFalse(broker.registry.find("dup").isPresent());
    }

    @Test
    void goodTopicsAreCreatedBesideBadOnes() {
        broker.create(topic("bad", 0, 1), topic("good", 1, 1), topic("b/ad", 1, 1));
        assertEquals(
                List.of("good"), broker.registry.all().stream().map(Topic::name).toList());
    }

    @Test
    void theTopicOfTheClusterItselfCannotBeCreatedButOtherInternalOnesCan() {
        assertEquals(
                List.of(INVALID_REQUEST, NONE, NONE, NONE),
                broker.errors(
                        topic("__cluster_metadata", 1, 1),
                        topic("__consumer_offsets", 1, 1),
                        topic("__transaction_state", 1, 1),
                        topic("__own", 1, 1)));
    }

    @Test
    void aRequestForTooManyPartitionsIsRefusedAsAWhole() {
        assertEquals(List.of(POLICY_VIOLATION), broker.errors(topic("huge", 10_001, 1)));
        assertEquals(
                List.of(POLICY_VIOLATION, POLICY_VIOLATION), broker.errors(topic("a", 9_000, 1), topic("b", 1_000, 1)));
        assertEquals(List.of(NONE), broker.errors(topic("large", 9_999, 1)));
    }

    @Test
    void assignmentsByHandGiveTheCounts() {
        TopicFixture three = new TopicFixture(TopicDefaults.DEFAULT, 0, 1, 2);
        Topic topic = three.create(assigned("a", Map.of(0, List.of(0, 1), 1, List.of(2, 0))))
                .get(0)
                .topic();
        assertEquals(2, topic.partitionCount());
        assertEquals(2, topic.replicationFactor());
    }

    @Test
    void assignmentsByHandExcludeCounts() {
        List<ReplicaAssignment> byHand = List.of(new ReplicaAssignment(0, List.of(0)));
        assertEquals(
                List.of(INVALID_REQUEST, INVALID_REQUEST),
                broker.errors(
                        new NewTopic("a", 1, (short) -1, byHand, Map.of()),
                        new NewTopic("b", -1, (short) 1, byHand, Map.of())));
    }

    @Test
    void aPartitionThatIsAssignedTwiceIsRefusedAndSpoilsOnlyItsTopic() {
        ReplicaAssignment zero = new ReplicaAssignment(0, List.of(0));
        NewTopic twice = new NewTopic("twice", -1, (short) -1, List.of(zero, zero), Map.of());
        List<TopicCreated> answer = broker.create(twice, topic("good", 1, 1));
        assertEquals(
                List.of(INVALID_REPLICA_ASSIGNMENT, NONE),
                answer.stream().map(TopicCreated::error).toList());
        assertEquals(
                "Found multiple manual partition assignments for partition 0",
                answer.get(0).message());
    }

    @Test
    void theFirstWrongAssignmentIsTold() {
        ReplicaAssignment nowhere = new ReplicaAssignment(2, List.of());
        NewTopic twice = new NewTopic("twice", -1, (short) -1, List.of(nowhere, nowhere), Map.of());
        assertEquals(
                "The manual partition assignment includes an empty replica list.",
                broker.create(twice).get(0).message());
    }

    @Test
    void wrongAssignmentsAreRefused() {
        TopicFixture two = new TopicFixture(TopicDefaults.DEFAULT, 0, 1);
        for (Map<Integer, List<Integer>> wrong : List.of(
                Map.of(1, List.of(0)),
                Map.of(-1, List.of(0)),
                Map.of(0, List.of(0), 2, List.of(0)),
                Map.of(0, List.<Integer>of()),
                Map.of(0, List.of(0, 0)),
                Map.of(0, List.of(7)),
                Map.of(0, List.of(-3)),
                Map.of(0, List.of(0), 1, List.of(0, 1)))) {
            assertEquals(List.of(INVALID_REPLICA_ASSIGNMENT), two.errors(assigned("a", wrong)), wrong.toString());
        }
    }
}
