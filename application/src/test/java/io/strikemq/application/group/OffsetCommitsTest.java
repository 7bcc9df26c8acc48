package io.strikemq.application.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.offset.GroupOffsets.Row;
import io.strikemq.domain.offset.OffsetCommit;
import io.strikemq.domain.topic.TopicRef;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OffsetCommitsTest {
    private static final TopicRef ORDERS = TopicRef.byName("orders");

    private final Coordinator coordinator = new Coordinator();

    @Test
    void aGroupWithoutMembersCommitsAndReadsItsOffsetsAgain() {
        assertEquals(List.of(ErrorCode.NONE), coordinator.commit(Coordinator.outsider("g"), Coordinator.offset(2, 42)));
        assertEquals(new Row(ORDERS, 2, 42, 3, "note", ErrorCode.NONE), coordinator.committed("g", ORDERS, 2));
        assertEquals(
                "Empty",
                coordinator.inspection.describe(Coordinator.from("x"), "g").state());
    }

    @Test
    void whatWasNeverCommittedIsOffsetMinusOneWithoutAnError() {
        Row nothing = new Row(ORDERS, 0, -1, -1, "", ErrorCode.NONE);
        assertEquals(nothing, coordinator.committed("nobody", ORDERS, 0));
        coordinator.commit(Coordinator.outsider("g"), Coordinator.offset(2, 42));
        assertEquals(nothing, coordinator.committed("g", ORDERS, 0));
        TopicRef unknown = TopicRef.byName("unknown");
        assertEquals(new Row(unknown, 0, -1, -1, "", ErrorCode.NONE), coordinator.committed("g", unknown, 0));
    }

    @Test
    void allOffsetsComeOnceEachByTopicAndPartition() {
        GroupMember g = Coordinator.outsider("g");
        coordinator.commit(g, Coordinator.offset(3, 1), Coordinator.offset(0, 2));
        coordinator.commit(g, Coordinator.offset(3, 5));
        assertEquals(
                List.of("0@2", "3@5"),
                coordinator.committed("g").stream()
                        .map(row -> row.partition() + "@" + row.offset())
                        .toList());
        assertEquals(List.of(), coordinator.committed("nobody"));
    }

    @Test
    void topicsMayBeNamedById() {
        TopicRef byId = TopicRef.byId(Coordinator.TOPIC_ID);
        TopicRef stranger = TopicRef.byId(new UUID(9, 9));
        assertEquals(
                List.of(ErrorCode.NONE, ErrorCode.UNKNOWN_TOPIC_ID),
                coordinator.commit(
                        Coordinator.outsider("g"),
                        Coordinator.offset(byId, 1, 42),
                        Coordinator.offset(stranger, 1, 42)));
        assertEquals(42, coordinator.committed("g", byId, 1).offset());
        assertEquals(42, coordinator.committed("g", ORDERS, 1).offset());
        assertEquals(
                ErrorCode.UNKNOWN_TOPIC_ID,
                coordinator.committed("g", stranger, 1).error());
    }

    @Test
    void unknownTopicsAndPartitionsAreRefusedAndTheOthersCommitted() {
        assertEquals(
                List.of(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, ErrorCode.NONE, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION),
                coordinator.commit(
                        Coordinator.outsider("g"),
                        Coordinator.offset(TopicRef.byName("unknown"), 0, 1),
                        Coordinator.offset(3, 1),
                        Coordinator.offset(4, 1)));
        assertEquals(1, coordinator.committed("g").size());
    }

    @Test
    void aCommitOfUnknownPartitionsAloneCallsNoGroupIntoBeing() {
        coordinator.commit(Coordinator.outsider("g"), Coordinator.offset(4, 1));
        assertFalse(coordinator.inspection.exists("g"));
    }

    @Test
    void aGenerationOfAGroupThatIsNotThereIsRefused() {
        assertEquals(
                List.of(ErrorCode.GROUP_ID_NOT_FOUND),
                coordinator.commit(Coordinator.member(1, "m"), Coordinator.offset(0, 1)));
        assertFalse(coordinator.inspection.exists("g"));
    }

    @Test
    void aLongNoteIsRefusedForItsPartitionOnly() {
        OffsetCommit longNote = new OffsetCommit(ORDERS, 0, 1, -1, "n".repeat(4097), -1, -1);
        OffsetCommit fitting = new OffsetCommit(ORDERS, 1, 1, -1, "n".repeat(4096), -1, -1);
        assertEquals(
                List.of(ErrorCode.OFFSET_METADATA_TOO_LARGE, ErrorCode.NONE),
                coordinator.commit(Coordinator.outsider("g"), longNote, fitting));
        assertEquals(1, coordinator.committed("g").size());
    }

    @Test
    void aNoteThatIsNullIsKeptAsEmpty() {
        coordinator.commit(Coordinator.outsider("g"), new OffsetCommit(ORDERS, 0, 1, -1, null, -1, -1));
        assertEquals("", coordinator.committed("g", ORDERS, 0).metadata());
    }

    @Test
    void membersCommitInTheirGenerationOnly() {
        String id = coordinator.stableMember();
        assertEquals(List.of(ErrorCode.NONE), coordinator.commit(Coordinator.member(1, id), Coordinator.offset(0, 1)));
        assertEquals(
                List.of(ErrorCode.ILLEGAL_GENERATION),
                coordinator.commit(Coordinator.member(0, id), Coordinator.offset(0, 2)));
        assertEquals(
                List.of(ErrorCode.UNKNOWN_MEMBER_ID),
                coordinator.commit(Coordinator.member(1, "ghost"), Coordinator.offset(0, 2)));
        assertEquals(
                List.of(ErrorCode.UNKNOWN_MEMBER_ID),
                coordinator.commit(Coordinator.outsider("g"), Coordinator.offset(0, 2)));
        assertEquals(1, coordinator.committed("g", ORDERS, 0).offset());
    }

    @Test
    void whileMembersAreAssignedCommitsWait() {
        String id = coordinator.stableMember();
        coordinator.join("a", id);
        assertEquals(
                List.of(ErrorCode.REBALANCE_IN_PROGRESS),
                coordinator.commit(Coordinator.member(2, id), Coordinator.offset(0, 1)));
    }

    @Test
    void anOffsetThatCannotBeStoredIsNotCommitted() {
        coordinator.commit(Coordinator.outsider("g"), Coordinator.offset(0, 1));
        coordinator.log.failWith(ErrorCode.KAFKA_STORAGE_ERROR);
        assertEquals(
                List.of(ErrorCode.NOT_COORDINATOR),
                coordinator.commit(Coordinator.outsider("g"), Coordinator.offset(0, 2)));
        assertEquals(1, coordinator.committed("g", ORDERS, 0).offset());
        assertEquals(
                List.of(ErrorCode.NOT_COORDINATOR),
                coordinator.commit(Coordinator.outsider("other"), Coordinator.offset(0, 2)));
        assertFalse(coordinator.inspection.exists("other"));
    }

    @Test
    void anEmptyGroupIdIsLegalForOffsets() {
        assertEquals(List.of(ErrorCode.NONE), coordinator.commit(Coordinator.outsider(""), Coordinator.offset(0, 7)));
        assertEquals(7, coordinator.committed("", ORDERS, 0).offset());
    }

    /** As Kafka: each is answered, and the last one holds. */
    @Test
    void ofTheSamePartitionTwiceTheLastOneHolds() {
        OffsetCommit longNote = new OffsetCommit(ORDERS, 0, 3, -1, "n".repeat(4097), -1, -1);
        assertEquals(
                List.of(ErrorCode.NONE, ErrorCode.NONE, ErrorCode.OFFSET_METADATA_TOO_LARGE, ErrorCode.NONE),
                coordinator.commit(
                        Coordinator.outsider("g"),
                        Coordinator.offset(0, 1),
                        Coordinator.offset(0, 2),
                        longNote,
                        Coordinator.offset(1, 9)));
        assertEquals(2, coordinator.committed("g", ORDERS, 0).offset());
        coordinator.restart();
        assertEquals(2, coordinator.committed("g", ORDERS, 0).offset());
    }
}
