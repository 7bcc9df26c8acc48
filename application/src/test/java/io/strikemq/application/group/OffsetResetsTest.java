package io.strikemq.application.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.IsolationLevel;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.group.consumer.ConsumerHeartbeat;
import io.strikemq.domain.offset.EpochEndOffset;
import io.strikemq.domain.offset.EpochQuery;
import io.strikemq.domain.offset.GroupOffsets.Row;
import io.strikemq.domain.offset.OffsetCommit;
import io.strikemq.domain.offset.OffsetCommitted;
import io.strikemq.domain.offset.OffsetFound;
import io.strikemq.domain.offset.OffsetQuery;
import io.strikemq.domain.offset.OffsetReset;
import io.strikemq.domain.offset.PartitionReset;
import io.strikemq.domain.offset.PartitionReset.Change;
import io.strikemq.domain.offset.ResetTarget;
import io.strikemq.domain.port.in.JoinConsumerGroup.MemberNaming;
import io.strikemq.domain.port.in.LookUpOffsets;
import io.strikemq.domain.port.out.FixedIdentifiers;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.settings.ConsumerGroupSettings;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicRef;
import io.strikemq.domain.topic.admin.Mode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class OffsetResetsTest {
    private static final TopicRef ORDERS = TopicRef.byName("orders");
    private static final RequestContext CLIENT = Coordinator.from("a");

    private final Coordinator coordinator = new Coordinator();
    private final Logs logs = new Logs();
    private final OffsetResets resets = new OffsetResets(
            coordinator.inspection,
            coordinator.offsets,
            new CommitsUnderMembers(
                    coordinator.groups, coordinator.topics, coordinator.settings, coordinator.time, Runnable::run),
            logs,
            coordinator.topics);

    /** Logs that all go from 10 up to 50, with one record a millisecond from time 1000 on. */
    private static final class Logs implements LookUpOffsets {
        final Map<TopicPartition, ErrorCode> broken = new HashMap<>();
        CompletableFuture<Void> open = CompletableFuture.completedFuture(null);

        @Override
        public CompletionStage<List<OffsetFound>> lookUp(
                RequestContext context, IsolationLevel isolation, List<OffsetQuery> queries) {
            assertEquals(IsolationLevel.READ_UNCOMMITTED, isolation);
            return open.thenApply(opened -> queries.stream().map(this::find).toList());
        }

        private OffsetFound find(OffsetQuery query) {
            if (broken.containsKey(query.partition())) {
                return OffsetFound.nothing(query.partition(), broken.get(query.partition()));
            }
            long offset = query.timestamp() == OffsetQuery.EARLIEST
                    ? 10
                    : query.timestamp() == OffsetQuery.LATEST ? 50 : 10 + Math.max(0, query.timestamp() - 1000);
            return offset > 50 || query.timestamp() >= 1040
                    ? OffsetFound.nothing(query.partition(), ErrorCode.NONE)
                    : new OffsetFound(query.partition(), ErrorCode.NONE, -1, offset, 0);
        }

        @Override
        public CompletionStage<List<EpochEndOffset>> endOfEpochs(RequestContext context, List<EpochQuery> queries) {
            throw new UnsupportedOperationException();
        }
    }

    private static TopicPartition orders(int partition) {
        return new TopicPartition("orders", partition);
    }

    private static OffsetReset everywhere(ResetTarget target) {
        return new OffsetReset("g", target, null, Mode.APPLY, OffsetReset.Members.REFUSED);
    }

    private static OffsetReset of(ResetTarget target, OffsetReset.Topic... topics) {
        return new OffsetReset("g", target, List.of(topics), Mode.APPLY, OffsetReset.Members.REFUSED);
    }

    private List<PartitionReset> reset(OffsetReset reset) {
        return resets.reset(CLIENT, reset).toCompletableFuture().join();
    }

    private BrokerException refused(OffsetReset reset) {
        CompletableFuture<?> stage = resets.reset(CLIENT, reset).toCompletableFuture();
        return assertInstanceOf(
                BrokerException.class,
                assertThrows(CompletionException.class, stage::join).getCause());
    }

    private void commit(int partition, long offset) {
        coordinator.commit(Coordinator.outsider("g"), Coordinator.offset(partition, offset));
    }

    private long committed(int partition) {
        return coordinator.committed("g", ORDERS, partition).offset();
    }

    @Test
    void withoutTopicsAllCommittedOffsetsMove() {
        commit(0, 20);
        commit(2, 30);
        assertEquals(
                List.of(
                        new PartitionReset(orders(0), 20, 10, 10, Change.NONE),
                        new PartitionReset(orders(2), 30, 10, 10, Change.NONE)),
                reset(everywhere(ResetTarget.EARLIEST)));
        assertEquals(10, committed(0));
        assertEquals(-1, committed(1));
        assertEquals(new Row(ORDERS, 2, 10, -1, "", ErrorCode.NONE), coordinator.committed("g", ORDERS, 2));
    }

    @Test
    void everyTargetIsLookedForInTheLog() {
        commit(0, 20);
        reset(everywhere(ResetTarget.LATEST));
        assertEquals(50, committed(0));
        reset(everywhere(ResetTarget.shift(-5)));
        assertEquals(45, committed(0));
        reset(everywhere(ResetTarget.time(1003)));
        assertEquals(13, committed(0));
        reset(everywhere(ResetTarget.offset(33)));
        assertEquals(33, committed(0));
        assertEquals(
                List.of(new PartitionReset(orders(0), 33, 50, 50, Change.NO_RECORD_SINCE)),
                reset(everywhere(ResetTarget.time(1040))));
        assertEquals(50, committed(0));
        assertEquals(
                List.of(new PartitionReset(orders(0), 50, 99, 50, Change.BEYOND_END)),
                reset(everywhere(ResetTarget.offset(99))));
        assertEquals(
                List.of(new PartitionReset(orders(0), 50, -50, 10, Change.BEFORE_START)),
                reset(everywhere(ResetTarget.shift(-100))));
        assertEquals(10, committed(0));
    }

    @Test
    void topicsThatAreNamedNeedNoCommittedOffsetAndNoGroup() {
        assertEquals(
                List.of(
                        new PartitionReset(orders(3), -1, 50, 50, Change.NONE),
                        new PartitionReset(orders(1), -1, 50, 50, Change.NONE)),
                reset(of(ResetTarget.LATEST, new OffsetReset.Topic("orders", List.of(3, 1)))));
        assertEquals(List.of(-1L, 50L, -1L, 50L), List.of(committed(0), committed(1), committed(2), committed(3)));
        assertEquals(
                4,
                reset(of(ResetTarget.EARLIEST, new OffsetReset.Topic("orders", null)))
                        .size());
        assertEquals(10, committed(2));
    }

    @Test
    void withoutTopicsThereHasToBeAGroup() {
        assertEquals(
                ErrorCode.GROUP_ID_NOT_FOUND,
                refused(everywhere(ResetTarget.EARLIEST)).error());
    }

    @Test
    void aDryRunTellsAndChangesNothing() {
        commit(0, 20);
        assertEquals(
                List.of(new PartitionReset(orders(0), 20, 10, 10, Change.NONE)),
                reset(new OffsetReset(
                        "g", ResetTarget.EARLIEST, null, Mode.VALIDATE_ONLY, OffsetReset.Members.REFUSED)));
        assertEquals(20, committed(0));
        reset(OffsetReset.of("new", ResetTarget.EARLIEST).topic("orders").dryRun());
        assertFalse(coordinator.inspection.exists("new"));
    }

    @Test
    void aResetUnderMembersThatAreKeptIsWrittenUnderThem() {
        commit(0, 20);
        String member = coordinator.stableMember();
        reset(OffsetReset.of("g", ResetTarget.EARLIEST).keepingMembers());
        assertEquals(10, committed(0));
        assertEquals(ErrorCode.NONE, coordinator.heartbeat(member, 1));
        coordinator.restart();
        assertEquals(10, committed(0));
    }

    @Test
    void aResetUnderMembersThatAreExpelledLetsNoneOfThemCommitAnyMore() {
        commit(0, 20);
        String member = coordinator.stableMember();
        reset(OffsetReset.of("g", ResetTarget.EARLIEST).expellingMembers());
        assertEquals(10, committed(0));
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, coordinator.heartbeat(member, 1));
        OffsetCommitted late = coordinator
                .offsets
                .commit(
                        CLIENT,
                        Coordinator.member(1, member),
                        true,
                        List.of(new OffsetCommit(ORDERS, 0, 30, -1, "", -1, -1)))
                .toCompletableFuture()
                .join()
                .get(0);
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, late.error());
        coordinator.restart();
        assertEquals(10, committed(0));
        assertEquals("Empty", coordinator.inspection.describe(CLIENT, "g").state());
    }

    @Test
    void aGroupWithoutMembersIsResetWhateverIsToBecomeOfThem() {
        commit(0, 20);
        reset(OffsetReset.of("g", ResetTarget.LATEST).expellingMembers());
        assertEquals(50, committed(0));
    }

    @Test
    void aClassicGroupWithMembersIsRefused() {
        commit(0, 20);
        String member = coordinator.stableMember();
        for (Mode mode : Mode.values()) {
            BrokerException refused =
                    refused(new OffsetReset("g", ResetTarget.EARLIEST, null, mode, OffsetReset.Members.REFUSED));
            assertEquals(ErrorCode.NON_EMPTY_GROUP, refused.error());
            assertEquals(
                    "Assignments can only be reset if the group 'g' is inactive, but the current state is Stable.",
                    refused.getMessage());
        }
        assertEquals(20, committed(0));
        coordinator.leave(member);
        reset(everywhere(ResetTarget.EARLIEST));
        assertEquals(10, committed(0));
    }

    @Test
    void aConsumerGroupWithMembersIsRefused() {
        commit(0, 20);
        beat(ConsumerHeartbeat.JOINING);
        BrokerException refused = refused(everywhere(ResetTarget.EARLIEST));
        assertEquals(ErrorCode.NON_EMPTY_GROUP, refused.error());
        assertEquals(
                "Assignments can only be reset if the group 'g' is inactive, but the current state is Stable.",
                refused.getMessage());
        assertEquals(20, committed(0));
        beat(ConsumerHeartbeat.LEAVING);
        reset(everywhere(ResetTarget.EARLIEST));
        assertEquals(10, committed(0));
    }

    private void beat(int epoch) {
        ErrorCode error = new ConsumerGroupMembership(
                        coordinator.groups,
                        ConsumerGroupSettings.DEFAULT,
                        new FixedIdentifiers(1),
                        () -> true,
                        Runnable::run)
                .heartbeat(
                        CLIENT,
                        new ConsumerHeartbeat(
                                "g", "m", epoch, null, null, 60_000, List.of("orders"), null, null, List.of()),
                        MemberNaming.BY_MEMBER)
                .toCompletableFuture()
                .join()
                .error();
        assertEquals(ErrorCode.NONE, error);
    }

    /** Logs may have to be opened first; who joins in that time refuses the commit. */
    @Test
    void aMemberThatComesMeanwhileRefusesTheReset() {
        commit(0, 20);
        logs.open = new CompletableFuture<>();
        CompletableFuture<?> stage =
                resets.reset(CLIENT, everywhere(ResetTarget.EARLIEST)).toCompletableFuture();
        assertFalse(stage.isDone());
        coordinator.stableMember();
        logs.open.complete(null);
        BrokerException refused = assertInstanceOf(
                BrokerException.class,
                assertThrows(CompletionException.class, stage::join).getCause());
        assertEquals(ErrorCode.NON_EMPTY_GROUP, refused.error());
        assertEquals(20, committed(0));
    }

    @Test
    void aPartitionThatCannotBeResetKeepsAllFromBeingReset() {
        commit(0, 20);
        BrokerException missing = refused(of(ResetTarget.EARLIEST, new OffsetReset.Topic("orders", List.of(0, 4, -1))));
        assertEquals(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, missing.error());
        assertEquals("The partitions \"orders-4,orders--1\" do not exist", missing.getMessage());
        assertEquals(
                "Topic 'nope' does not exist.",
                refused(of(
                                ResetTarget.EARLIEST,
                                new OffsetReset.Topic("orders", null),
                                new OffsetReset.Topic("nope", null)))
                        .getMessage());
        BrokerException twice = refused(of(
                ResetTarget.EARLIEST,
                new OffsetReset.Topic("orders", null),
                new OffsetReset.Topic("orders", List.of(1))));
        assertEquals(ErrorCode.INVALID_REQUEST, twice.error());
        assertEquals("The partitions \"orders-1\" are named more than once", twice.getMessage());
        assertEquals(
                ErrorCode.INVALID_REQUEST,
                refused(of(ResetTarget.shift(-1), new OffsetReset.Topic("orders", List.of(0, 1))))
                        .error());
        logs.broken.put(orders(3), ErrorCode.KAFKA_STORAGE_ERROR);
        BrokerException broken = refused(of(ResetTarget.EARLIEST, new OffsetReset.Topic("orders", null)));
        assertEquals(ErrorCode.KAFKA_STORAGE_ERROR, broken.error());
        assertEquals("The offsets of orders-3 cannot be told: KAFKA_STORAGE_ERROR", broken.getMessage());
        assertEquals(20, committed(0));
    }

    @Test
    void aTopicThatIsDeletedMeanwhileIsTold() {
        coordinator.topics.create(new Topic("others", new UUID(8, 8), 1, (short) 1, Map.of()));
        GroupMember g = Coordinator.outsider("g");
        coordinator.commit(g, Coordinator.offset(0, 20), Coordinator.offset(TopicRef.byName("others"), 0, 20));
        logs.open = new CompletableFuture<>();
        CompletableFuture<?> stage =
                resets.reset(CLIENT, everywhere(ResetTarget.EARLIEST)).toCompletableFuture();
        coordinator.topics.delete(coordinator.topics.find("others").orElseThrow());
        logs.open.complete(null);
        BrokerException refused = assertInstanceOf(
                BrokerException.class,
                assertThrows(CompletionException.class, stage::join).getCause());
        assertEquals(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, refused.error());
        assertEquals(
                "The offsets of \"others-0\" are not committed: UNKNOWN_TOPIC_OR_PARTITION; those of the others are",
                refused.getMessage());
        assertEquals(10, committed(0));
    }
}
