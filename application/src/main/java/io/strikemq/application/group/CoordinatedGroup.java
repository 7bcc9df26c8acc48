package io.strikemq.application.group;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.Group;
import io.strikemq.domain.group.GroupEvent;
import io.strikemq.domain.group.GroupEvent.OffsetsWanted;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.group.classic.ClassicGroup;
import io.strikemq.domain.group.classic.ClassicGroupEvent;
import io.strikemq.domain.group.classic.GroupSnapshot;
import io.strikemq.domain.group.classic.JoinCommand;
import io.strikemq.domain.group.classic.JoinResult;
import io.strikemq.domain.group.classic.LeaveResult;
import io.strikemq.domain.group.classic.LeavingMember;
import io.strikemq.domain.group.classic.SyncCommand;
import io.strikemq.domain.group.classic.SyncResult;
import io.strikemq.domain.group.consumer.ConsumerGroup;
import io.strikemq.domain.group.consumer.ConsumerGroupEvent;
import io.strikemq.domain.group.consumer.ConsumerHeartbeat;
import io.strikemq.domain.group.consumer.HeartbeatResult;
import io.strikemq.domain.group.log.CommittedOffset;
import io.strikemq.domain.group.steering.MemberPick;
import io.strikemq.domain.group.steering.SteeringEvent;
import io.strikemq.domain.group.steering.SteeringOutcome;
import io.strikemq.domain.offset.OffsetCommitted;
import io.strikemq.domain.offset.OffsetReset;
import io.strikemq.domain.offset.OffsetsDeleted;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionGuard;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicRef;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * One group at work, of whatever kind: what is asked of it goes to its {@link GroupEngine}, and what concerns its offsets to its
 * {@link CommittedOffsets}, both under the group's lock. Callable from any thread.
 */
final class CoordinatedGroup implements GroupEngine.Owner {
    private final String id;
    private final Consumer<CoordinatedGroup> onForgotten;
    private final GroupLogWriter log;
    private final GroupEngine engine;
    private final CommittedOffsets offsets;

    /** {@code stored} and {@code isKnownToLog} as of {@link GroupEngine}. */
    private CoordinatedGroup(
            Group group,
            GroupSnapshot stored,
            boolean isKnownToLog,
            OffsetTable table,
            CoordinatorContext context,
            Consumer<CoordinatedGroup> onForgotten) {
        this.id = group.groupId();
        this.onForgotten = onForgotten;
        this.log = new GroupLogWriter(id, context.log());
        this.engine = new GroupEngine(group, stored, isKnownToLog, context, this);
        this.offsets = new CommittedOffsets(
                id, table, engine::group, context, engine::locked, () -> engine.apply(new GroupEvent.Retired()));
    }

    /** A group that did not exist until now; its first join or commit makes it known to the log. */
    static CoordinatedGroup created(
            String groupId, CoordinatorContext context, Consumer<CoordinatedGroup> onForgotten) {
        ClassicGroup empty = ClassicGroup.empty(groupId, context.clock().wallClockMillis());
        return new CoordinatedGroup(empty, null, false, new OffsetTable(), context, onForgotten);
    }

    /**
     * A classic group that the log tells of; {@code stored} is null where it tells of offsets only.
     *
     * @throws IllegalArgumentException when there cannot be such members
     */
    static CoordinatedGroup restored(
            String groupId,
            GroupSnapshot stored,
            OffsetTable offsets,
            CoordinatorContext context,
            Consumer<CoordinatedGroup> onForgotten) {
        ClassicGroup group = stored == null
                ? ClassicGroup.empty(groupId, context.clock().wallClockMillis())
                : ClassicGroup.restored(stored);
        return new CoordinatedGroup(group, stored, true, offsets, context, onForgotten);
    }

    /** A group of the consumer protocol that the log tells of. */
    static CoordinatedGroup restored(
            ConsumerGroup group,
            OffsetTable offsets,
            CoordinatorContext context,
            Consumer<CoordinatedGroup> onForgotten) {
        return new CoordinatedGroup(group, null, true, offsets, context, onForgotten);
    }

    String id() {
        return id;
    }

    @Override
    public void moved() {
        offsets.groupChanged();
    }

    @Override
    public void forgotten() {
        offsets.clear();
        onForgotten.accept(this);
    }

    @Override
    public boolean hasOffsets() {
        return !offsets.table().isEmpty();
    }

    /** The group was read from the log: watches its members and its offsets. */
    void loaded() {
        engine.locked(() -> {
            engine.apply(new GroupEvent.Loaded());
            offsets.groupChanged();
        });
    }

    CompletableFuture<JoinResult> join(GroupEvent.Client client, JoinCommand command, FreshMemberId fresh) {
        return engine.asked(() -> {
            if (!engine.isLogged() && engine.group() instanceof ClassicGroup) {
                engine.apply(new ClassicGroupEvent.Created());
                offsets.groupChanged();
            }
            return engine.ask(
                    request -> new ClassicGroupEvent.Join(request, client, command, fresh.named(), fresh.bare()),
                    error -> JoinResult.refused(error, ""));
        });
    }

    CompletableFuture<SyncResult> sync(SyncCommand command) {
        return asked(request -> new ClassicGroupEvent.Sync(request, command), SyncResult::refused);
    }

    CompletableFuture<ErrorCode> heartbeat(GroupMember member) {
        return asked(request -> new ClassicGroupEvent.Heartbeat(request, member), Function.identity());
    }

    CompletableFuture<LeaveResult> leave(List<LeavingMember> members) {
        return asked(
                request -> new ClassicGroupEvent.Leave(request, members), error -> new LeaveResult(error, List.of()));
    }

    private <T> CompletableFuture<T> asked(LongFunction<GroupEvent> question, Function<ErrorCode, T> refusal) {
        return engine.asked(() -> engine.ask(question, refusal));
    }

    /** A heartbeat of the consumer protocol; one with which a group begins may end it again. */
    CompletableFuture<HeartbeatResult> heartbeat(
            GroupEvent.Client client, ConsumerHeartbeat said, String freshMemberId) {
        return engine.asked(() -> {
            CompletableFuture<HeartbeatResult> answer = engine.ask(
                    request -> new ConsumerGroupEvent.Heartbeat(request, client, said, freshMemberId),
                    error -> HeartbeatResult.refused(error, null));
            engine.retireUnlogged();
            return answer;
        });
    }

    /** Whether somebody is in it, as it is now. */
    boolean hasMembers() {
        return inspect((group, offsets) -> !group.isEmpty() && !group.isDead());
    }

    /** {@link GroupEngine#mayTakeLongToJoin}. */
    boolean mayTakeLongToJoin() {
        return engine.mayTakeLongToJoin();
    }

    /** {@link GroupEngine#mayTakeLong}. */
    boolean mayTakeLong() {
        return engine.mayTakeLong();
    }

    /** Commits offsets if the member may: all of them or none, but for those of topics that are gone by now. */
    ErrorCode commit(GroupMember member, boolean knowsEpochs, Map<TopicPartition, CommittedOffset> committed) {
        OffsetsWanted wanted = new OffsetsWanted(member, knowsEpochs, committed);
        return engine.asked(
                () -> commit(request -> new GroupEvent.Commit(request, wanted), () -> offsets.commit(committed)));
    }

    /** Writes down offsets that are to be committed with a producer's transaction, as {@link #commit} does. */
    ErrorCode commit(
            GroupMember member,
            Map<TopicPartition, CommittedOffset> pending,
            ProducerIdentity producer,
            TransactionGuard guard) {
        OffsetsWanted wanted = new OffsetsWanted(member, true, pending);
        return engine.asked(() -> commit(
                request -> new GroupEvent.CommitInTransaction(request, wanted),
                () -> offsets.commit(pending, producer, guard)));
    }

    private ErrorCode commit(LongFunction<GroupEvent> question, Supplier<ErrorCode> store) {
        ErrorCode outcome = engine.askAtOnce(question, Function.identity());
        if (outcome == ErrorCode.NONE) {
            outcome = store.get();
        }
        engine.retireUnlogged();
        return outcome;
    }

    /** Does what a tester wants of the group. */
    SteeringOutcome steer(LongFunction<SteeringEvent> event) {
        return engine.asked(() -> steered(event));
    }

    private SteeringOutcome steered(LongFunction<SteeringEvent> event) {
        return engine.askAtOnce(
                event::apply, error -> SteeringOutcome.refused(error, "group '" + id + "' cannot be stored: " + error));
    }

    /**
     * Commits offsets by nobody's leave, all or none; members that are to be expelled go in the same moment, so that none of them commits
     * anything after it.
     */
    ErrorCode commitUnder(OffsetReset.Members members, Map<TopicPartition, CommittedOffset> committed) {
        return engine.asked(() -> {
            ErrorCode error = members == OffsetReset.Members.EXPELLED
                    ? steered(request -> new SteeringEvent.Expel(request, MemberPick.everybody()))
                            .error()
                    : ErrorCode.NONE;
            boolean mayCommit = error == ErrorCode.NONE || error == ErrorCode.UNKNOWN_MEMBER_ID;
            ErrorCode outcome = mayCommit ? offsets.commit(committed) : error;
            engine.retireUnlogged();
            return outcome;
        });
    }

    /** A producer's transaction, in which the group may have offsets, has ended with a marker that is in the log. */
    void transactionEnded(long producerId, LogPosition marker, Outcome outcome) {
        engine.locked(() -> offsets.transactionEnded(producerId, marker, outcome));
    }

    /** Looks at the group and its offsets at one moment; both are only read. */
    <T> T inspect(BiFunction<Group, OffsetTable, T> look) {
        return engine.look(() -> look.apply(engine.group(), offsets.table()));
    }

    /** Deletes the group and its offsets, if nobody is in it. */
    ErrorCode delete() {
        return engine.asked(() -> {
            ErrorCode allowed = engine.group().deletable();
            if (allowed != ErrorCode.NONE) {
                return allowed;
            }
            ErrorCode error =
                    log.groupGone(engine.group().tombstones(), offsets.table().partitionsWithPending());
            if (error == ErrorCode.NONE) {
                engine.apply(new GroupEvent.Retired());
            }
            return error;
        });
    }

    /**
     * Forgets offsets, but not those of a topic that a member reads; partitions and their outcomes in the same order.
     */
    OffsetsDeleted deleteOffsets(List<TopicPartition> partitions) {
        return engine.asked(() -> {
            ErrorCode allowed = engine.group().offsetsDeletable();
            if (allowed != ErrorCode.NONE) {
                return OffsetsDeleted.refused(allowed);
            }
            List<TopicPartition> gone = partitions.stream()
                    .filter(partition -> !engine.group().mayRead(partition.topic()) && hasOffset(partition))
                    .distinct()
                    .toList();
            ErrorCode error = offsets.delete(gone);
            if (error != ErrorCode.NONE) {
                return OffsetsDeleted.refused(error);
            }
            return new OffsetsDeleted(
                    ErrorCode.NONE,
                    partitions.stream()
                            .map(partition -> deleted(partition, engine.group().mayRead(partition.topic())))
                            .toList());
        });
    }

    private boolean hasOffset(TopicPartition partition) {
        return offsets.table().find(partition) != null || offsets.table().isPending(partition);
    }

    private static OffsetCommitted deleted(TopicPartition partition, boolean isRead) {
        ErrorCode error = isRead ? ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC : ErrorCode.NONE;
        return new OffsetCommitted(TopicRef.byName(partition.topic()), partition.partition(), error);
    }

    /** Forgets the offsets of a topic that is gone. */
    void topicDeleted(Topic topic) {
        engine.locked(() -> offsets.topicDeleted(topic));
    }

    /** Forgets the offsets of all topics that are gone without the group having been told; returns how many. */
    int forgetDeletedTopics() {
        return engine.asked(offsets::forgetDeletedTopics);
    }

    /** Ends the group here and now; whoever waits is sent away, and the log is left alone. */
    void retire() {
        engine.locked(() -> engine.apply(new GroupEvent.Retired()));
    }
}
