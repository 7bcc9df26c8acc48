package io.strikemq.application.topic;

import static io.strikemq.application.topic.TopicFixture.ANYONE;
import static io.strikemq.domain.error.ErrorCode.INVALID_PARTITIONS;
import static io.strikemq.domain.error.ErrorCode.INVALID_REPLICA_ASSIGNMENT;
import static io.strikemq.domain.error.ErrorCode.INVALID_REQUEST;
import static io.strikemq.domain.error.ErrorCode.NONE;
import static io.strikemq.domain.error.ErrorCode.POLICY_VIOLATION;
import static io.strikemq.domain.error.ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.admin.Mode;
import io.strikemq.domain.topic.admin.NewPartitions;
import io.strikemq.domain.topic.admin.TopicOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionCreationTest {
    private final TopicFixture broker = TopicFixture.usual();
    private final Topic orders = broker.existing("orders", 2);

    @Test
    void aTopicGrowsAndKeepsItsId() {
        TopicOutcome outcome = grow(Mode.APPLY, to("orders", 4)).get(0);
        assertEquals("orders", outcome.name());
        assertEquals(4, outcome.partitions());
        assertEquals(
                orders.withPartitionCount(4), broker.registry.find("orders").orElseThrow());
        assertEquals(List.of(orders.withPartitionCount(4)), broker.catalog.load());
    }

    @Test
    void validatingChangesNothing() {
        assertEquals(NONE, grow(Mode.VALIDATE_ONLY, to("orders", 4)).get(0).error());
        assertEquals(2, broker.registry.find("orders").orElseThrow().partitionCount());
    }

    @Test
    void aTopicCannotShrinkOrStay() {
        for (int count : new int[] {2, 1, 0, -1, Integer.MIN_VALUE}) {
            assertEquals(List.of(INVALID_PARTITIONS), errors(to("orders", count)));
        }
    }

    @Test
    void aTopicThatDoesNotExistIsUnknownAndOthersStillGrow() {
        assertEquals(List.of(UNKNOWN_TOPIC_OR_PARTITION, NONE), errors(to("nope", 3), to("orders", 3)));
    }

    @Test
    void aRepeatedTopicHasOneRow() {
        assertEquals(List.of(INVALID_REQUEST), errors(to("orders", 5), to("orders", 6)));
    }

    @Test
    void aRequestForTooManyPartitionsIsRefused() {
        assertEquals(List.of(POLICY_VIOLATION), errors(to("orders", 10_003)));
    }

    @Test
    void assignmentsMustFit() {
        assertEquals(List.of(INVALID_REPLICA_ASSIGNMENT), errors(to("orders", 4, List.of(0))));
        assertEquals(List.of(INVALID_REPLICA_ASSIGNMENT), errors(to("orders", 3, List.of(5))));
        assertEquals(List.of(INVALID_REPLICA_ASSIGNMENT), errors(to("orders", 3, List.of(0, 0))));
        assertEquals(List.of(INVALID_REPLICA_ASSIGNMENT), errors(to("orders", 3, List.of())));
        assertEquals(List.of(INVALID_REPLICA_ASSIGNMENT), errors(new NewPartitions("orders", 3, List.of())));
        assertEquals(List.of(NONE), errors(to("orders", 3, List.of(0))));
    }

    private List<TopicOutcome> grow(Mode mode, NewPartitions... topics) {
        return broker.growth.createPartitions(ANYONE, List.of(topics), mode);
    }

    private List<ErrorCode> errors(NewPartitions... topics) {
        return grow(Mode.APPLY, topics).stream().map(TopicOutcome::error).toList();
    }

    private static NewPartitions to(String topic, int count) {
        return new NewPartitions(topic, count, null);
    }

    private static NewPartitions to(String topic, int count, List<Integer> onlyAssignment) {
        return new NewPartitions(topic, count, List.of(onlyAssignment));
    }
}
