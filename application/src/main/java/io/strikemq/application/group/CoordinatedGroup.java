package io.strikemq.application.group;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupEffect;
import io.strikemq.domain.group.GroupEvent;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.group.GroupSnapshot;
import io.strikemq.domain.group.JoinCommand;
import io.strikemq.domain.group.JoinResult;
import io.strikemq.domain.group.LeaveResult;
import io.strikemq.domain.group.LeavingMember;
import io.strikemq.domain.group.SyncCommand;
import io.strikemq.domain.group.SyncResult;
import io.strikemq.domain.group.classic.ClassicGroup;
import io.strikemq.domain.group.classic.ClassicGroupState;
import io.strikemq.domain.group.classic.Transition;
import io.strikemq.domain.group.log.CommittedOffset;
import io.strikemq.domain.offset.OffsetCommitted;
import io.strikemq.domain.offset.OffsetsDeleted;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionGuard;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.request.Printable;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicRef;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One group at work: feeds events to the rules, and runs their effects when the transition is complete.
 *
 * <p>An event, all that follows from it and its effects are one unit ({@link GroupUpdate}). What the log refuses is told
 * to the rules, which answer for it. Anything unexpected costs what it costs in Kafka when another broker takes over:
 * whoever waits is sent away with NOT_COORDINATOR, to come again, and the group is what the log says of it.
 *
 * <p>Threading: callable from any thread. One lock is held over a transition and the append to the log that belongs to
 * it, never while somebody is answered: answers go out after it was released, in their order.
 */
final class CoordinatedGroup {
    private static final Logger LOG = System.getLogger(CoordinatedGroup.class.getName());

    private final String id;
    private final CoordinatorContext context;
    private final Consumer<CoordinatedGroup> onForgotten;
    private final GroupLogWriter log;
    private final ReentrantLock lock = new ReentrantLock();

    // All guarded by the lock.
    private final CommittedOffsets offsets;
    private final SlotTimers deadlines;
    private final WaitingRequests waiting = new WaitingRequests();
    private ClassicGroup group;
    /** The group as the log has it; null when the log tells at most of its offsets. */
    private GroupSnapshot stored;

    private Standing standing = Standing.KNOWN;
    private long lastRequest;
    /** Whether the group in memory is in doubt; then it is read back before anything else. */
    private boolean failed;
    /** What the event at hand was answered, where the answer never waits. */
    private ErrorCode codeAnswered;

    private LeaveResult leaveAnswered;

    /** Whether the log knows of the group. */
    private enum Standing {
        NEW,
        KNOWN
    }

    private CoordinatedGroup(
            ClassicGroup group, OffsetTable table, CoordinatorContext context, Consumer<CoordinatedGroup> onForgotten) {
        this.id = group.groupId();
        this.group = group;
        this.context = context;
        this.onForgotten = onForgotten;
        this.log = new GroupLogWriter(id, context.log());
        this.deadlines = new SlotTimers(
                context.deadlines(),
                context.clock(),
                this::locked,
                passed -> apply(new GroupEvent.DeadlinePassed(passed)));
        this.offsets = new CommittedOffsets(
                id, table, () -> this.group, context, this::locked, () -> apply(new GroupEvent.Retired()));
    }

    /** A group that did not exist until now; its first join or commit makes it known to the log. */
    static CoordinatedGroup created(
            String groupId, CoordinatorContext context, Consumer<CoordinatedGroup> onForgotten) {
        ClassicGroup empty = ClassicGroup.empty(groupId, context.clock().wallClockMillis());
        CoordinatedGroup created = new CoordinatedGroup(empty, new OffsetTable(), context, onForgotten);
        created.standing = Standing.NEW;
        return created;
    }

    /** A group that the log tells of; {@code stored} is null where it tells of offsets only. */
    static CoordinatedGroup restored(
            String groupId,
            GroupSnapshot stored,
            OffsetTable offsets,
            CoordinatorContext context,
            Consumer<CoordinatedGroup> onForgotten) {
        ClassicGroup group = restored(groupId, stored, context);
        CoordinatedGroup restored = new CoordinatedGroup(group, offsets, context, onForgotten);
        restored.stored = stored;
        return restored;
    }

    private static ClassicGroup restored(String groupId, GroupSnapshot stored, CoordinatorContext context) {
        return stored == null
                ? ClassicGroup.empty(groupId, context.clock().wallClockMillis())
                : ClassicGroup.restored(stored);
    }

    String id() {
        return id;
    }

    /** The group was read from the log: watches its members and its offsets. */
    void loaded() {
        locked(() -> {
            apply(new GroupEvent.Loaded());
            offsets.groupChanged();
        });
    }

    CompletableFuture<JoinResult> join(GroupEvent.Client client, JoinCommand command, String freshMemberId) {
        return asked(() -> {
            if (standing == Standing.NEW) {
                apply(new GroupEvent.Created());
                offsets.groupChanged();
            }
            long request = ++lastRequest;
            CompletableFuture<JoinResult> answer = waiting.join(request);
            apply(new GroupEvent.Join(request, client, command, freshMemberId));
            return answer;
        });
    }

    CompletableFuture<SyncResult> sync(SyncCommand command) {
        return asked(() -> {
            long request = ++lastRequest;
            CompletableFuture<SyncResult> answer = waiting.sync(request);
            apply(new GroupEvent.Sync(request, command));
            return answer;
        });
    }

    ErrorCode heartbeat(GroupMember member) {
        return asked(() -> {
            apply(new GroupEvent.Heartbeat(++lastRequest, member));
            return codeAnswered;
        });
    }

    LeaveResult leave(List<LeavingMember> members) {
        return asked(() -> {
            apply(new GroupEvent.Leave(++lastRequest, members));
            return leaveAnswered;
        });
    }

    /** Commits offsets if the member may: all of them or none, but for those of topics that are gone by now. */
    ErrorCode commit(GroupMember member, Map<TopicPartition, CommittedOffset> committed) {
        return asked(() -> commit(new GroupEvent.Commit(++lastRequest, member), () -> offsets.commit(committed)));
    }

    /** Writes down offsets that are to be committed with a producer's transaction, as {@link #commit} does. */
    ErrorCode commit(
            GroupMember member,
            Map<TopicPartition, CommittedOffset> pending,
            ProducerIdentity producer,
            TransactionGuard guard) {
        return asked(() -> commit(
                new GroupEvent.CommitInTransaction(++lastRequest, member),
                () -> offsets.commit(pending, producer, guard)));
    }

    private ErrorCode commit(GroupEvent question, Supplier<ErrorCode> store) {
        apply(question);
        ErrorCode outcome = codeAnswered;
        if (outcome == ErrorCode.NONE) {
            outcome = store.get();
        }
        if (!isLogged()) {
            // Nothing in the log tells of the group, so there is none.
            apply(new GroupEvent.Retired());
        }
        return outcome;
    }

    /** A producer's transaction, in which the group may have offsets, has ended with a marker that is in the log. */
    void transactionEnded(long producerId, LogPosition marker, Outcome outcome) {
        locked(() -> offsets.transactionEnded(producerId, marker, outcome));
    }

    /** Looks at the group and its offsets at one moment; both are only read. */
    <T> T inspect(BiFunction<ClassicGroup, OffsetTable, T> look) {
        lock.lock();
        try {
            recover();
            return look.apply(group, offsets.table());
        } finally {
            lock.unlock();
        }
    }

    /** Deletes the group and its offsets, if nobody is in it. */
    ErrorCode delete() {
        return asked(() -> {
            ErrorCode allowed = group.deletable();
            if (allowed != ErrorCode.NONE) {
                return allowed;
            }
            ErrorCode error = log.groupGone(offsets.table().partitionsWithPending());
            if (error == ErrorCode.NONE) {
                apply(new GroupEvent.Retired());
            }
            return error;
        });
    }

    /**
     * Forgets offsets, but not those of a topic that a member reads; partitions and their outcomes in the same order.
     */
    OffsetsDeleted deleteOffsets(List<TopicPartition> partitions) {
        return asked(() -> {
            ErrorCode allowed = group.offsetsDeletable();
            if (allowed != ErrorCode.NONE) {
                return OffsetsDeleted.refused(allowed);
            }
            List<TopicPartition> gone = partitions.stream()
                    .filter(partition -> !group.mayRead(partition.topic()) && hasOffset(partition))
                    .distinct()
                    .toList();
            ErrorCode error = offsets.delete(gone);
            if (error != ErrorCode.NONE) {
                return OffsetsDeleted.refused(error);
            }
            return new OffsetsDeleted(
                    ErrorCode.NONE,
                    partitions.stream()
                            .map(partition -> deleted(partition, group.mayRead(partition.topic())))
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
        locked(() -> offsets.topicDeleted(topic));
    }

    /** Forgets the offsets of all topics that are gone without the group having been told; returns how many. */
    int forgetDeletedTopics() {
        return asked(offsets::forgetDeletedTopics);
    }

    /** Ends the group here and now; whoever waits is sent away, and the log is left alone. */
    void retire() {
        locked(() -> apply(new GroupEvent.Retired()));
    }

    private void locked(Runnable action) {
        asked(() -> {
            action.run();
            return null;
        });
    }

    private <T> T asked(Supplier<T> action) {
        List<Runnable> answers = List.of();
        lock.lock();
        try {
            recover();
            return action.get();
        } catch (RuntimeException | Error e) {
            failOver();
            throw e instanceof RuntimeException bug ? bug : new IllegalStateException("group " + id + " failed", e);
        } finally {
            answers = waiting.takeAnswers();
            lock.unlock();
            answers.forEach(Runnable::run);
        }
    }

    /** Something unexpected happened in the middle of something. Nobody waits for what will never come. */
    private void failOver() {
        failed = true;
        int sentAway = waiting.sendAllAway(ErrorCode.NOT_COORDINATOR);
        LOG.log(
                Level.ERROR,
                "Group " + Printable.name(id) + " failed: it is read back, and " + sentAway
                        + " who wait are sent away");
        try {
            recover();
        } catch (RuntimeException | Error e) {
            LOG.log(
                    Level.ERROR,
                    "Group " + Printable.name(id) + " will be read back when it is asked for the next time",
                    e);
        }
    }

    /** Begins anew with what the log has, if the group has failed. */
    private void recover() {
        if (!failed) {
            return;
        }
        deadlines.cancelAll();
        if (!group.is(ClassicGroupState.DEAD)) {
            group = restored(id, stored, context);
            apply(isLogged() ? new GroupEvent.Loaded() : new GroupEvent.Retired());
            offsets.groupChanged();
        }
        failed = false;
    }

    private void apply(GroupEvent first) {
        GroupUpdate update = new GroupUpdate(group);
        Deque<GroupEvent> events = new ArrayDeque<>();
        events.add(first);
        while (!events.isEmpty()) {
            Transition transition = context.rules()
                    .apply(update.group(), events.remove(), context.clock().wallClockMillis());
            update.become(transition.next());
            for (GroupEffect effect : transition.effects()) {
                plan(effect, update, events);
            }
        }
        boolean entered = update.group().phase() != group.phase();
        group = update.group();
        update.actions().forEach(Runnable::run);
        if (entered && !group.is(ClassicGroupState.DEAD)) {
            offsets.groupChanged();
        }
    }

    /** What is stored is stored at once, since it decides how things go on; all else waits for the update's end. */
    private void plan(GroupEffect effect, GroupUpdate update, Deque<GroupEvent> events) {
        if (effect instanceof GroupEffect.SetDeadline set) {
            update.then(() -> deadlines.set(set.deadline(), set.delay()));
        } else if (effect instanceof GroupEffect.CancelDeadline cancel) {
            update.then(() -> deadlines.cancel(cancel.slot()));
        } else if (effect instanceof GroupEffect.AnswerCode answer) {
            update.then(() -> codeAnswered = answer.error());
        } else if (effect instanceof GroupEffect.AnswerJoin answer) {
            update.then(() -> waiting.answerJoin(answer.request(), answer.result()));
        } else if (effect instanceof GroupEffect.AnswerSync answer) {
            update.then(() -> waiting.answerSync(answer.request(), answer.result()));
        } else if (effect instanceof GroupEffect.AnswerLeave answer) {
            update.then(() -> leaveAnswered = answer.result());
        } else if (effect instanceof GroupEffect.Store store) {
            events.add(store(store));
        } else if (effect instanceof GroupEffect.Forget) {
            update.then(this::forget);
        } else {
            throw new IllegalStateException("unexpected " + effect);
        }
    }

    /** Whether the log knows of the group, through a record of its own or through its offsets. */
    private boolean isLogged() {
        if (!offsets.table().isEmpty()) {
            standing = Standing.KNOWN;
        }
        return standing == Standing.KNOWN;
    }

    private GroupEvent store(GroupEffect.Store store) {
        ErrorCode error = log.group(store.snapshot());
        if (error != ErrorCode.NONE) {
            return new GroupEvent.StoringFailed(store.purpose(), error);
        }
        standing = Standing.KNOWN;
        stored = store.snapshot();
        return new GroupEvent.Stored(store.purpose());
    }

    private void forget() {
        deadlines.cancelAll();
        offsets.clear();
        onForgotten.accept(this);
    }
}
