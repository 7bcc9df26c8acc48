package io.strikemq.application.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.offset.OffsetCommitted;
import io.strikemq.domain.offset.OffsetsDeleted;
import io.strikemq.domain.topic.TopicPartition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OffsetDeletionTest {
    private final Coordinator coordinator = new Coordinator();

    @Test
    void offsetsOfAnEmptyGroupAreForgottenForGood() {
        coordinator.commit(Coordinator.outsider("g"), Coordinator.offset(0, 1), Coordinator.offset(1, 2));

        assertEquals(List.of(ErrorCode.NONE, ErrorCode.NONE), errors(delete("g", orders(0), orders(2))));
        coordinator.restart();

        assertEquals(1, coordinator.committed("g").size());
        assertEquals(1, coordinator.committed("g").get(0).partition());
    }

    @Test
    void offsetsThatAMemberReadsAreKept() {
        String id = coordinator.stableMember();
        coordinator.commit(Coordinator.member(1, id), Coordinator.offset(0, 1));

        assertEquals(List.of(ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC), errors(delete("g", orders(0))));
        assertEquals(1, coordinator.committed("g").size());
    }

    /** What the next generation reads is not known yet. */
    @Test
    void offsetsThatAMemberMayReadAreKeptWhileItJoins() {
        coordinator.commit(Coordinator.outsider("g"), Coordinator.offset(0, 1));
        coordinator.join("a", "");

        assertEquals(List.of(ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC), errors(delete("g", orders(0))));
        coordinator.time.advance(Duration.ZERO);
        assertEquals(
                List.of(ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC), errors(delete("g", orders(0))), "and before it syncs");
    }

    @Test
    void aPartitionThatIsNotThereIsSaidOfItAlone() {
        coordinator.commit(Coordinator.outsider("g"), Coordinator.offset(0, 1));

        assertEquals(
                List.of(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, ErrorCode.NONE),
                errors(delete("g", new TopicPartition("unknown", 0), orders(0))));
    }

    @Test
    void anUnknownGroupRefusesAsAWhole() {
        assertEquals(OffsetsDeleted.refused(ErrorCode.GROUP_ID_NOT_FOUND), delete("nobody", orders(0)));
    }

    @Test
    void aDeletionThatCannotBeStoredDidNotHappen() {
        coordinator.commit(Coordinator.outsider("g"), Coordinator.offset(0, 1));
        coordinator.log.failWith(ErrorCode.KAFKA_STORAGE_ERROR);

        assertEquals(ErrorCode.NOT_COORDINATOR, delete("g", orders(0)).error());
        assertEquals(1, coordinator.committed("g").size());
    }

    private OffsetsDeleted delete(String groupId, TopicPartition... partitions) {
        return coordinator.offsets.delete(Coordinator.from("x"), groupId, List.of(partitions));
    }

    private static TopicPartition orders(int partition) {
        return new TopicPartition("orders", partition);
    }

    private static List<ErrorCode> errors(OffsetsDeleted deleted) {
        assertEquals(ErrorCode.NONE, deleted.error());
        return deleted.rows().stream().map(OffsetCommitted::error).toList();
    }
}
