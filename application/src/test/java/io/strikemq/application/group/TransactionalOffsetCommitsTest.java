package io.strikemq.application.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.offset.GroupOffsets.Row;
import io.strikemq.domain.offset.OffsetCommit;
import io.strikemq.domain.produce.ProduceCommand.TransactionSupport;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicRef;
import io.strikemq.domain.transaction.AddPartitionsCommand.Purpose;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Offsets that are committed with transactions (KIP-98, KIP-447, KIP-890). */
class TransactionalOffsetCommitsTest {
    private static final TopicRef ORDERS = TopicRef.byName("orders");
    private static final GroupMember OUTSIDER = Coordinator.outsider("g");
    private static final List<ErrorCode> DONE = List.of(ErrorCode.NONE);

    private final Coordinator coordinator = new Coordinator();

    private long committed(int partition) {
        return coordinator.committed("g", ORDERS, partition).offset();
    }

    private ErrorCode stability(int partition) {
        return coordinator.stable("g", partition).error();
    }

    @Test
    void theyCountWhenTheTransactionIsCommitted() {
        assertEquals(DONE, coordinator.commit(7, OUTSIDER, Coordinator.offset(0, 5)));
        assertEquals(-1, committed(0));
        assertEquals(new Row(ORDERS, 0, -1, -1, "", ErrorCode.UNSTABLE_OFFSET_COMMIT), coordinator.stable("g", 0));
        assertEquals(ErrorCode.NONE, stability(1));
        assertEquals(List.of(), coordinator.committed("g"));
        coordinator.end(7, Outcome.COMMIT);
        assertEquals(new Row(ORDERS, 0, 5, 3, "note", ErrorCode.NONE), coordinator.stable("g", 0));
    }

    @Test
    void andNeverWhenItIsAborted() {
        coordinator.commit(OUTSIDER, Coordinator.offset(0, 1));
        coordinator.commit(7, OUTSIDER, Coordinator.offset(0, 5), Coordinator.offset(1, 5));
        assertEquals(1, committed(0));
        coordinator.end(7, Outcome.ABORT);
        assertEquals(1, coordinator.stable("g", 0).offset());
        assertEquals(-1, coordinator.stable("g", 1).offset());
        assertEquals(ErrorCode.NONE, stability(1));
    }

    @Test
    void whatIsPendingStaysSoInARestartAndWhatHasEndedHasEnded() {
        coordinator.commit(7, OUTSIDER, Coordinator.offset(0, 5));
        coordinator.commit(8, OUTSIDER, Coordinator.offset(1, 6));
        coordinator.commit(9, OUTSIDER, Coordinator.offset(2, 7));
        coordinator.end(8, Outcome.COMMIT);
        coordinator.log.mark(9, Outcome.ABORT);
        coordinator.restart();
        assertEquals(ErrorCode.UNSTABLE_OFFSET_COMMIT, stability(0));
        assertEquals(6, coordinator.stable("g", 1).offset());
        assertEquals(ErrorCode.NONE, stability(2));
        assertEquals(-1, committed(2));
        coordinator.end(7, Outcome.COMMIT);
        assertEquals(5, coordinator.stable("g", 0).offset());
    }

    /** Of several the one that was written last, as in Kafka: it does not matter who ends last. */
    @Test
    void whatWasWrittenLastHolds() {
        coordinator.commit(7, OUTSIDER, Coordinator.offset(0, 1), Coordinator.offset(1, 1), Coordinator.offset(2, 1));
        coordinator.commit(8, OUTSIDER, Coordinator.offset(0, 2), Coordinator.offset(2, 2));
        coordinator.commit(OUTSIDER, Coordinator.offset(1, 3));
        coordinator.commit(7, OUTSIDER, Coordinator.offset(2, 4));
        coordinator.end(8, Outcome.COMMIT);
        assertEquals(List.of(2L, 3L, 2L), List.of(committed(0), committed(1), committed(2)));
        assertEquals(ErrorCode.UNSTABLE_OFFSET_COMMIT, stability(0));
        coordinator.end(7, Outcome.COMMIT);
        assertEquals(List.of(2L, 3L, 4L), List.of(committed(0), committed(1), committed(2)));
        coordinator.restart();
        assertEquals(List.of(2L, 3L, 4L), List.of(committed(0), committed(1), committed(2)));
    }

    @Test
    void theCoordinatorOfTransactionsIsAskedFirst() {
        coordinator.commit(7, OUTSIDER, Coordinator.offset(0, 5));
        coordinator.commit(7, TransactionSupport.ABORTABLE_ERRORS, OUTSIDER, Coordinator.offset(0, 5));
        assertEquals(
                List.of(Purpose.ADD, Purpose.VERIFY),
                coordinator.questions.stream()
                        .map(question -> question.purpose())
                        .toList());
        assertEquals(
                List.of(new TopicPartition("__consumer_offsets", 0)),
                coordinator.questions.get(0).partitions());
    }

    @Test
    void clientsHearWhatTheirVersionKnows() {
        assertHeard(ErrorCode.PRODUCER_FENCED, ErrorCode.INVALID_PRODUCER_EPOCH);
        assertHeard(ErrorCode.TRANSACTION_ABORTABLE, ErrorCode.TRANSACTION_ABORTABLE);
        assertHeard(ErrorCode.CONCURRENT_TRANSACTIONS, ErrorCode.CONCURRENT_TRANSACTIONS);
        assertHeard(ErrorCode.NOT_LEADER_OR_FOLLOWER, ErrorCode.NOT_COORDINATOR);
        coordinator.verification = ErrorCode.TRANSACTION_ABORTABLE;
        assertEquals(
                List.of(ErrorCode.INVALID_TXN_STATE),
                coordinator.commit(7, TransactionSupport.PARTITIONS_ADDED_BEFORE, OUTSIDER, Coordinator.offset(0, 5)));
        assertFalse(coordinator.inspection.exists("g"));
        assertEquals(List.of(), coordinator.log.records());
    }

    private void assertHeard(ErrorCode answered, ErrorCode heard) {
        coordinator.verification = answered;
        assertEquals(List.of(heard), coordinator.commit(7, OUTSIDER, Coordinator.offset(0, 5)));
    }

    @Test
    void membersAreFencedByTheirGroupAndProducersThatNameNoneAreNot() {
        String id = coordinator.stableMember();
        OffsetCommit offset = Coordinator.offset(0, 5);
        assertEquals(DONE, coordinator.commit(7, Coordinator.member(1, id), offset));
        assertEquals(List.of(ErrorCode.ILLEGAL_GENERATION), coordinator.commit(7, Coordinator.member(0, id), offset));
        assertEquals(
                List.of(ErrorCode.UNKNOWN_MEMBER_ID), coordinator.commit(7, Coordinator.member(1, "ghost"), offset));
        assertEquals(
                List.of(ErrorCode.UNKNOWN_MEMBER_ID),
                coordinator.commit(7, new GroupMember("g", 1, id, "instance"), offset));
        assertEquals(DONE, coordinator.commit(7, OUTSIDER, offset));
        coordinator.join("a", id);
        assertEquals(DONE, coordinator.commit(7, Coordinator.member(2, id), offset), "while members are assigned");
    }

    /** Kafka takes it as a sign of the producer's life, not of the member's. */
    @Test
    void theyKeepNoMemberAlive() {
        String id = coordinator.stableMember();
        coordinator.time.advance(Duration.ofSeconds(9));
        coordinator.commit(7, Coordinator.member(1, id), Coordinator.offset(0, 5));
        coordinator.time.advance(Duration.ofSeconds(2));
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, coordinator.heartbeat(id, 1));
    }

    @Test
    void groupsAreCalledIntoBeingAsByPlainCommits() {
        OffsetCommit offset = Coordinator.offset(0, 5);
        assertEquals(List.of(ErrorCode.GROUP_ID_NOT_FOUND), coordinator.commit(7, Coordinator.member(1, "m"), offset));
        assertEquals(List.of(ErrorCode.INVALID_GROUP_ID), coordinator.commit(7, Coordinator.outsider(""), offset));
        assertEquals(DONE, coordinator.commit(7, OUTSIDER, offset));
        coordinator.end(7, Outcome.ABORT);
        assertTrue(coordinator.inspection.exists("g"));
        coordinator.time.advance(Duration.ofMinutes(11));
        assertFalse(coordinator.inspection.exists("g"));
    }

    @Test
    void onlyWhatIsWrongWithAPartitionIsSaidOfItAlone() {
        assertEquals(
                List.of(
                        ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                        ErrorCode.UNKNOWN_TOPIC_ID,
                        ErrorCode.OFFSET_METADATA_TOO_LARGE,
                        ErrorCode.NONE),
                coordinator.commit(
                        7,
                        OUTSIDER,
                        Coordinator.offset(4, 1),
                        Coordinator.offset(TopicRef.byId(new UUID(9, 9)), 0, 1),
                        new OffsetCommit(ORDERS, 1, 1, -1, "n".repeat(4097), -1, -1),
                        Coordinator.offset(0, 1)));
        coordinator.questions.clear();
        assertEquals(
                List.of(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION),
                coordinator.commit(7, Coordinator.outsider(""), Coordinator.offset(4, 1)));
        assertEquals(List.of(), coordinator.questions);
    }

    @Test
    void whatTheLogRefusesIsNotPending() {
        coordinator.log.failWith(ErrorCode.KAFKA_STORAGE_ERROR);
        assertEquals(List.of(ErrorCode.NOT_COORDINATOR), coordinator.commit(7, OUTSIDER, Coordinator.offset(0, 5)));
        assertFalse(coordinator.inspection.exists("g"));
        coordinator.log.repair();
        coordinator.commit(OUTSIDER, Coordinator.offset(0, 1));
        assertEquals(ErrorCode.NONE, stability(0));
    }

    @Test
    void deletedOffsetsAreNotCommittedAnyMore() {
        coordinator.commit(OUTSIDER, Coordinator.offset(0, 1));
        coordinator.commit(7, OUTSIDER, Coordinator.offset(0, 5), Coordinator.offset(1, 5), Coordinator.offset(2, 5));
        coordinator.offsets.delete(
                Coordinator.from("a"), "g", List.of(new TopicPartition("orders", 0), new TopicPartition("orders", 1)));
        assertEquals(ErrorCode.NONE, stability(0));
        assertEquals(ErrorCode.NONE, stability(1));
        coordinator.end(7, Outcome.COMMIT);
        assertEquals(List.of(-1L, -1L, 5L), List.of(committed(0), committed(1), committed(2)));
        coordinator.restart();
        assertEquals(List.of(-1L, -1L, 5L), List.of(committed(0), committed(1), committed(2)));
    }

    @Test
    void aDeletedGroupHasNoPendingOffsets() {
        coordinator.commit(7, OUTSIDER, Coordinator.offset(0, 5));
        assertEquals(ErrorCode.NONE, coordinator.inspection.delete(Coordinator.from("a"), "g"));
        assertFalse(coordinator.inspection.exists("g"));
        coordinator.end(7, Outcome.COMMIT);
        assertEquals(-1, committed(0));
        coordinator.restart();
        assertFalse(coordinator.inspection.exists("g"));
    }

    @Test
    void offsetsOfADeletedTopicAreNotCommittedAnyMore() {
        coordinator.topics.addListener(new DeletedTopicOffsets(coordinator.groups));
        coordinator.commit(7, OUTSIDER, Coordinator.offset(0, 5));
        coordinator.deleteOrders();
        assertEquals(ErrorCode.NONE, stability(0));
        coordinator.createOrders(new UUID(7, 8));
        coordinator.end(7, Outcome.COMMIT);
        assertEquals(-1, committed(0));
        coordinator.restart();
        assertEquals(-1, committed(0));
    }

    /** The process has died between the end of the topic and that of its offsets. */
    @Test
    void andIfTheBrokerHadNoTimeToForgetThemTheNextStartDoes() {
        coordinator.commit(7, OUTSIDER, Coordinator.offset(0, 5));
        coordinator.deleteOrders();
        coordinator.createOrders(new UUID(7, 8));
        coordinator.restart();
        assertEquals(ErrorCode.NONE, stability(0));
        coordinator.end(7, Outcome.COMMIT);
        assertEquals(-1, committed(0));
    }

    /** Nor does the timer run hot meanwhile. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void nothingEndsWhileATransactionIsOpenThatMayChangeIt() {
        coordinator.commit(OUTSIDER, Coordinator.offset(0, 1));
        coordinator.commit(OUTSIDER, Coordinator.offset(1, 1));
        coordinator.commit(7, OUTSIDER, Coordinator.offset(0, 5));
        coordinator.time.advance(Duration.ofDays(8));
        assertEquals(1, committed(0));
        assertEquals(-1, committed(1));
        coordinator.end(7, Outcome.ABORT);
        coordinator.time.advance(Duration.ZERO);
        assertEquals(-1, committed(0));
        assertFalse(coordinator.inspection.exists("g"));
    }

    @Test
    void aGroupWithNothingButPendingOffsetsStays() {
        coordinator.commit(7, OUTSIDER, Coordinator.offset(0, 5));
        coordinator.time.advance(Duration.ofDays(30));
        assertEquals(ErrorCode.UNSTABLE_OFFSET_COMMIT, stability(0));
        coordinator.end(7, Outcome.COMMIT);
        assertEquals(5, committed(0));
    }
}
