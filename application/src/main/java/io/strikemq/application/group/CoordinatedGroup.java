package io.strikemq.application.group;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupEffect;
import io.strikemq.domain.group.GroupEvent;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.group.JoinCommand;
import io.strikemq.domain.group.JoinResult;
import io.strikemq.domain.group.LeaveResult;
import io.strikemq.domain.group.LeavingMember;
import io.strikemq.domain.group.SyncCommand;
import io.strikemq.domain.group.SyncResult;
import io.strikemq.domain.group.classic.ClassicGroup;
import io.strikemq.domain.group.classic.Transition;
import io.strikemq.domain.group.log.CommittedOffset;
import io.strikemq.domain.group.log.GroupRecord;
import io.strikemq.domain.offset.OffsetCommitted;
import io.strikemq.domain.offset.OffsetsDeleted;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicRef;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * One group at work: feeds events to the rules, and runs their effects when the transition is complete.
 *
 * <p>Threading: callable from any thread. One lock is held over a transition and the append to the log that belongs to
 * it, never while somebody is answered: answers go out after it was released, in their order.
 */
final class CoordinatedGroup {
    private static final Logger LOG = System.getLogger(CoordinatedGroup.class.getName());

    private final String id;
    private final CoordinatorContext context;
    private final Consumer<CoordinatedGroup> onForgotten;
    private final ReentrantLock lock = new ReentrantLock();

    // All guarded by the lock.
    private final OffsetTable offsets;
    private final SlotTimers deadlines;
    private final Map<Long, CompletableFuture<JoinResult>> joins = new HashMap<>();
    private final Map<Long, CompletableFuture<SyncResult>> syncs = new HashMap<>();
    private final RetentionWatch retention;
    private List<Runnable> answers = new ArrayList<>();
    private ClassicGroup group;
    private Standing standing = Standing.KNOWN;
    private long lastRequest;
    /** What the event at hand was answered, where the answer never waits. */
    private ErrorCode codeAnswered;

    private LeaveResult leaveAnswered;

    /** Whether the log knows of the group. */
    private enum Standing {
        NEW,
        KNOWN
    }

    CoordinatedGroup(
            ClassicGroup group,
            OffsetTable offsets,
            CoordinatorContext context,
            Consumer<CoordinatedGroup> onForgotten) {
        this.id = group.groupId();
        this.group = group;
        this.offsets = offsets;
        this.context = context;
        this.onForgotten = onForgotten;
        this.deadlines = new SlotTimers(
                context.deadlines(),
                context.clock(),
                this::locked,
                passed -> apply(new GroupEvent.DeadlinePassed(passed)));
        this.retention = new RetentionWatch(context, this::locked, this::expire);
    }

    /** A group that did not exist until now; its first join or commit makes it known to the log. */
    static CoordinatedGroup created(
            String groupId, CoordinatorContext context, Consumer<CoordinatedGroup> onForgotten) {
        ClassicGroup empty = ClassicGroup.empty(groupId, context.clock().wallClockMillis());
        CoordinatedGroup created = new CoordinatedGroup(empty, new OffsetTable(), context, onForgotten);
        created.standing = Standing.NEW;
        return created;
    }

    String id() {
        return id;
    }

    /** The group was read from the log: watches its members and its offsets. */
    void loaded() {
        locked(() -> {
            apply(new GroupEvent.Loaded());
            retention.changed(group, offsets);
        });
    }

    CompletableFuture<JoinResult> join(GroupEvent.Client client, JoinCommand command, String freshMemberId) {
        CompletableFuture<JoinResult> answer = new CompletableFuture<>();
        locked(() -> {
            if (standing == Standing.NEW) {
                apply(new GroupEvent.Created());
                retention.changed(group, offsets);
            }
            park(joins, answer, request -> new GroupEvent.Join(request, client, command, freshMemberId));
        });
        return answer;
    }

    CompletableFuture<SyncResult> sync(SyncCommand command) {
        CompletableFuture<SyncResult> answer = new CompletableFuture<>();
        locked(() -> {
            park(syncs, answer, request -> new GroupEvent.Sync(request, command));
        });
        return answer;
    }

    private <T> void park(
            Map<Long, CompletableFuture<T>> waiting, CompletableFuture<T> answer, LongFunction<GroupEvent> event) {
        long request = ++lastRequest;
        waiting.put(request, answer);
        try {
            apply(event.apply(request));
        } catch (RuntimeException e) {
            waiting.remove(request);
            throw e;
        }
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

    /** Commits offsets if the member may; all of them or none. */
    ErrorCode commit(GroupMember member, Map<TopicPartition, CommittedOffset> committed) {
        return asked(() -> {
            apply(new GroupEvent.Commit(++lastRequest, member));
            ErrorCode outcome = codeAnswered;
            if (outcome == ErrorCode.NONE && !committed.isEmpty()) {
                outcome = store(committed);
            }
            if (standing == Standing.NEW) {
                // Nothing in the log tells of the group, so there is none.
                apply(new GroupEvent.Retired());
            }
            return outcome;
        });
    }

    private ErrorCode store(Map<TopicPartition, CommittedOffset> committed) {
        List<GroupRecord> records = new ArrayList<>();
        committed.forEach((partition, offset) -> records.add(new GroupRecord.Offset(id, partition, offset)));
        ErrorCode stored = append(records);
        if (stored == ErrorCode.NONE) {
            standing = Standing.KNOWN;
            committed.forEach(this::remember);
        }
        return stored;
    }

    private void remember(TopicPartition partition, CommittedOffset offset) {
        offsets.put(partition, offset);
        retention.committed(offset);
    }

    /** Looks at the group and its offsets at one moment; both are only read. */
    <T> T inspect(BiFunction<ClassicGroup, OffsetTable, T> look) {
        return asked(() -> look.apply(group, offsets));
    }

    /** Deletes the group and its offsets, if nobody is in it. */
    ErrorCode delete() {
        return asked(() -> {
            ErrorCode allowed = group.deletable();
            if (allowed != ErrorCode.NONE) {
                return allowed;
            }
            List<GroupRecord> tombstones = tombstones(offsets.partitions());
            tombstones.add(new GroupRecord.Group(id, null));
            ErrorCode stored = append(tombstones);
            if (stored == ErrorCode.NONE) {
                apply(new GroupEvent.Retired());
            }
            return stored;
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
            Set<String> read = group.subscribedTopics().orElse(Set.of());
            List<TopicPartition> gone = partitions.stream()
                    .filter(partition -> !read.contains(partition.topic()) && offsets.find(partition) != null)
                    .toList();
            ErrorCode stored = gone.isEmpty() ? ErrorCode.NONE : append(tombstones(gone));
            if (stored != ErrorCode.NONE) {
                return OffsetsDeleted.refused(stored);
            }
            gone.forEach(offsets::remove);
            retention.changed(group, offsets);
            return new OffsetsDeleted(
                    ErrorCode.NONE,
                    partitions.stream()
                            .map(partition -> deleted(partition, read.contains(partition.topic())))
                            .toList());
        });
    }

    private static OffsetCommitted deleted(TopicPartition partition, boolean isRead) {
        ErrorCode error = isRead ? ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC : ErrorCode.NONE;
        return new OffsetCommitted(TopicRef.byName(partition.topic()), partition.partition(), error);
    }

    /** Forgets the offsets of a topic that is gone. */
    void topicDeleted(String topic) {
        locked(() -> {
            List<TopicPartition> gone =
                    offsets.partitions((partition, offset) -> partition.topic().equals(topic));
            if (!gone.isEmpty()) {
                ErrorCode stored = append(tombstones(gone));
                if (stored != ErrorCode.NONE) {
                    LOG.log(Level.WARNING, "Group " + id + " remembers offsets of deleted topic " + topic);
                }
                gone.forEach(offsets::remove);
                retention.changed(group, offsets);
            }
        });
    }

    /** Ends the group here and now; whoever waits is sent away, and the log is left alone. */
    void retire() {
        locked(() -> apply(new GroupEvent.Retired()));
    }

    private List<GroupRecord> tombstones(List<TopicPartition> partitions) {
        List<GroupRecord> tombstones = new ArrayList<>();
        partitions.forEach(partition -> tombstones.add(new GroupRecord.Offset(id, partition, null)));
        return tombstones;
    }

    private ErrorCode append(List<GroupRecord> records) {
        try {
            context.log().append(records);
            return ErrorCode.NONE;
        } catch (BrokerException e) {
            LOG.log(Level.WARNING, "Group " + id + " could not be stored: " + e.getMessage());
            return GroupErrors.afterFailedAppend(e.error());
        }
    }

    private void locked(Runnable action) {
        asked(() -> {
            action.run();
            return null;
        });
    }

    private <T> T asked(Supplier<T> action) {
        List<Runnable> ready = List.of();
        lock.lock();
        try {
            return action.get();
        } finally {
            if (!answers.isEmpty()) {
                ready = answers;
                answers = new ArrayList<>();
            }
            lock.unlock();
            ready.forEach(Runnable::run);
        }
    }

    private void apply(GroupEvent first) {
        Deque<GroupEvent> events = new ArrayDeque<>();
        events.add(first);
        while (!events.isEmpty()) {
            Transition transition = context.rules()
                    .apply(group, events.remove(), context.clock().wallClockMillis());
            boolean entered = transition.next().phase() != group.phase();
            group = transition.next();
            for (GroupEffect effect : transition.effects()) {
                run(effect, events);
            }
            if (entered) {
                retention.changed(group, offsets);
            }
        }
    }

    private void run(GroupEffect effect, Deque<GroupEvent> events) {
        if (effect instanceof GroupEffect.SetDeadline set) {
            deadlines.set(set.deadline(), set.delay());
        } else if (effect instanceof GroupEffect.CancelDeadline cancel) {
            deadlines.cancel(cancel.slot());
        } else if (effect instanceof GroupEffect.AnswerCode answer) {
            codeAnswered = answer.error();
        } else if (effect instanceof GroupEffect.AnswerJoin answer) {
            CompletableFuture<JoinResult> waiting = joins.remove(answer.request());
            answers.add(() -> waiting.complete(answer.result()));
        } else if (effect instanceof GroupEffect.AnswerSync answer) {
            CompletableFuture<SyncResult> waiting = syncs.remove(answer.request());
            answers.add(() -> waiting.complete(answer.result()));
        } else if (effect instanceof GroupEffect.AnswerLeave answer) {
            leaveAnswered = answer.result();
        } else if (effect instanceof GroupEffect.Store store) {
            events.add(store(store));
        } else if (effect instanceof GroupEffect.Forget) {
            forget();
        } else {
            throw new IllegalStateException("unexpected " + effect);
        }
    }

    private GroupEvent store(GroupEffect.Store store) {
        ErrorCode error = append(List.of(new GroupRecord.Group(id, store.snapshot())));
        if (error != ErrorCode.NONE) {
            return new GroupEvent.StoringFailed(store.purpose(), error);
        }
        standing = Standing.KNOWN;
        return new GroupEvent.Stored(store.purpose());
    }

    private void forget() {
        deadlines.cancelAll();
        offsets.clear();
        retention.cancel();
        onForgotten.accept(this);
    }

    /** Forgets what has ended; a group without members goes with its last offset. */
    private void expire() {
        long now = context.clock().wallClockMillis();
        OptionalLong due = context.retention().next(group, offsets);
        if (due.isEmpty() || due.getAsLong() > now) {
            retention.changed(group, offsets);
            return;
        }
        List<TopicPartition> expired = context.retention().expired(group, offsets, now);
        boolean last = expired.size() == offsets.all().size() && group.deletable() == ErrorCode.NONE;
        List<GroupRecord> tombstones = tombstones(expired);
        if (last) {
            tombstones.add(new GroupRecord.Group(id, null));
        }
        if (append(tombstones) != ErrorCode.NONE) {
            retention.retry();
            return;
        }
        expired.forEach(offsets::remove);
        if (last) {
            apply(new GroupEvent.Retired());
        } else {
            retention.changed(group, offsets);
        }
    }
}
