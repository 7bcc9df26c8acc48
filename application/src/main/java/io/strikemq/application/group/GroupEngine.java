package io.strikemq.application.group;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.Group;
import io.strikemq.domain.group.GroupDeadline;
import io.strikemq.domain.group.GroupEffect;
import io.strikemq.domain.group.GroupEvent;
import io.strikemq.domain.group.Transition;
import io.strikemq.domain.group.classic.ClassicGroup;
import io.strikemq.domain.group.classic.ClassicGroupRecord;
import io.strikemq.domain.group.classic.GroupSnapshot;
import io.strikemq.domain.group.consumer.ConsumerGroup;
import io.strikemq.domain.group.consumer.ConsumerGroupEvent;
import io.strikemq.domain.group.log.GroupRecord;
import io.strikemq.domain.request.Printable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * Runs one group of any kind: feeds events to the rules, and runs their effects when the transition is complete.
 *
 * <p>An event, all that follows from it and its effects are one unit ({@link GroupUpdate}). What the log refuses is told
 * to the rules, which answer for it, or means that the event has not happened. Anything unexpected costs what it costs in
 * Kafka when another broker takes over: whoever waits is sent away with NOT_COORDINATOR, to come again, and the group is
 * what the log says of it.
 *
 * <p>Threading: callable from any thread. One lock is held over a transition and the append to the log that belongs to
 * it, never while somebody is answered: answers go out after it was released, in their order.
 */
final class GroupEngine {
    private static final Logger LOG = System.getLogger(GroupEngine.class.getName());
    /** How long until what the log refused is tried again. */
    private static final Duration RETRY = Duration.ofMillis(500);

    private final String id;
    private final CoordinatorContext context;
    private final Owner owner;
    private final GroupLogWriter log;
    private final ReentrantLock lock = new ReentrantLock();

    // All guarded by the lock.
    private final SlotTimers deadlines;
    private final WaitingRequests waiting = new WaitingRequests();
    private volatile Group group; // Read without the lock for a hint.
    /** The classic group as the log has it; null for a group of another kind, or where the log tells at most of offsets. */
    private GroupSnapshot stored;

    private boolean isKnownToLog;
    private long lastRequest;
    /** Whether the group in memory is in doubt; then it is read back before anything else. */
    private boolean failed;

    /** Whose group it is; all is called with the group's lock held. */
    interface Owner {
        /** The group has come to another stage, or was read back: its offsets may end at another time. */
        void moved();

        /** The group is dead. */
        void forgotten();

        /** Whether the log tells of the group by its offsets, if by nothing else. */
        boolean hasOffsets();
    }

    /**
     * @param stored       the classic group as the log has it; null for none
     * @param isKnownToLog whether the log tells of the group, be it of its offsets only
     */
    GroupEngine(Group group, GroupSnapshot stored, boolean isKnownToLog, CoordinatorContext context, Owner owner) {
        this.id = group.groupId();
        this.group = group;
        this.stored = stored;
        this.isKnownToLog = isKnownToLog;
        this.context = context;
        this.owner = owner;
        this.log = new GroupLogWriter(id, context.log());
        this.deadlines = new SlotTimers(context.deadlines(), context.clock(), this::locked, this::deadlinePassed);
    }

    /** One that passed without effect passes again. */
    private void deadlinePassed(GroupDeadline passed) {
        if (apply(new GroupEvent.DeadlinePassed(passed)) != ErrorCode.NONE) {
            deadlines.set(passed, RETRY);
        }
    }

    /** The group as it is now; only with the lock held. */
    Group group() {
        return group;
    }

    /**
     * Whether the next event may take long, as far as can be seen without the lock: somebody is at work, or the group is to have a
     * target computed.
     */
    boolean mayTakeLong() {
        return lock.isLocked()
                || group instanceof ConsumerGroup consumers
                        && consumers.isBehind(context.topics().version());
    }

    /** Whether a member of the classic protocol that joins may take long: in a consumer group a target is computed for it. */
    boolean mayTakeLongToJoin() {
        return group instanceof ConsumerGroup;
    }

    /** Looks at the group and all that its lock guards. */
    <T> T look(Supplier<T> look) {
        lock.lock();
        try {
            recover();
            return look.get();
        } finally {
            lock.unlock();
        }
    }

    /** Does something with the lock held. */
    void locked(Runnable action) {
        asked(() -> {
            action.run();
            return null;
        });
    }

    /** Does something with the lock held, and answers whoever is to be answered once it is released. */
    <T> T asked(Supplier<T> action) {
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

    /** Asks the rules something that may wait; with the lock held. {@code refusal} makes the answer for who is sent away. */
    <T> CompletableFuture<T> ask(LongFunction<GroupEvent> question, Function<ErrorCode, T> refusal) {
        long request = ++lastRequest;
        CompletableFuture<T> answer = waiting.add(request, refusal);
        ErrorCode failure = apply(question.apply(request));
        if (failure != ErrorCode.NONE) {
            waiting.refuse(request, failure);
        }
        return answer;
    }

    /** Asks the rules something that is answered at once; with the lock held. {@code refusal} as of {@link #ask}. */
    <T> T askAtOnce(LongFunction<GroupEvent> question, Function<ErrorCode, T> refusal) {
        long request = ++lastRequest;
        CompletableFuture<T> answer = waiting.addAtOnce(request, refusal);
        ErrorCode failure = apply(question.apply(request));
        if (failure != ErrorCode.NONE) {
            waiting.refuse(request, failure);
        }
        return answer.join();
    }

    /** Nothing in the log tells of the group, so there is none; with the lock held. */
    void retireUnlogged() {
        if (!isLogged() && !group.isDead()) {
            apply(new GroupEvent.Retired());
        }
    }

    /** Whether the log has been told of the group, through a record of its own or through its offsets. */
    boolean isLogged() {
        isKnownToLog |= owner.hasOffsets();
        return isKnownToLog;
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
        if (!group.isDead()) {
            if (group instanceof ClassicGroup) {
                group = stored == null
                        ? ClassicGroup.empty(id, context.clock().wallClockMillis())
                        : ClassicGroup.restored(stored);
            }
            apply(isLogged() ? new GroupEvent.Loaded() : new GroupEvent.Retired());
            owner.moved();
        }
        failed = false;
    }

    /** Something happens, with the lock held; returns why it has not happened after all, NONE if it has. */
    ErrorCode apply(GroupEvent first) {
        GroupUpdate update = new GroupUpdate(group);
        Deque<GroupEvent> events = new ArrayDeque<>();
        events.add(first);
        while (!events.isEmpty()) {
            Transition<? extends Group> transition = context.rules()
                    .apply(update.group(), events.remove(), context.clock().wallClockMillis());
            update.become(transition.next());
            for (GroupEffect effect : transition.effects()) {
                plan(effect, update, events);
                if (update.failure() != ErrorCode.NONE) {
                    return update.failure();
                }
            }
        }
        Group before = group;
        boolean isElsewhere = !group.stage().equals(update.group().stage());
        group = update.group();
        update.actions().forEach(Runnable::run);
        context.watch().changed(before, first, group);
        context.changed().run();
        if (isElsewhere && !group.isDead()) {
            owner.moved();
        }
        return ErrorCode.NONE;
    }

    /** What is stored is stored at once, since it decides how things go on; all else waits for the update's end. */
    private void plan(GroupEffect effect, GroupUpdate update, Deque<GroupEvent> events) {
        if (effect instanceof GroupEffect.SetDeadline set) {
            update.then(() -> deadlines.set(set.deadline(), set.delay()));
        } else if (effect instanceof GroupEffect.KeepDeadline keep) {
            update.then(() -> deadlines.setIfAbsent(keep.deadline(), keep.delay()));
        } else if (effect instanceof GroupEffect.CancelDeadline cancel) {
            update.then(() -> deadlines.cancel(cancel.slot()));
        } else if (effect instanceof GroupEffect.CancelDeadlines) {
            update.then(deadlines::cancelAll);
        } else if (effect instanceof GroupEffect.Answer answer) {
            update.then(() -> waiting.answer(answer.request(), answer.result()));
        } else if (effect instanceof GroupEffect.Store store) {
            events.add(store(store));
        } else if (effect instanceof GroupEffect.Append append) {
            append(append, update);
        } else if (effect instanceof GroupEffect.ResolveTopics resolve) {
            update.then(() -> context.search().resolve(resolve.regularExpressions(), this::resolved));
        } else if (effect instanceof GroupEffect.Tell tell) {
            update.then(() -> LOG.log(Level.WARNING, "Group " + Printable.name(id) + ": " + tell.what()));
        } else if (effect instanceof GroupEffect.Forget) {
            update.then(this::forget);
        } else {
            throw new IllegalStateException("unexpected " + effect);
        }
    }

    private void resolved(ConsumerGroupEvent found) {
        locked(() -> {
            if (apply(found) != ErrorCode.NONE) {
                apply(new ConsumerGroupEvent.ResolvingFailed());
            }
        });
    }

    private GroupEvent store(GroupEffect.Store store) {
        ErrorCode error = log.group(List.of(store.what()));
        if (error != ErrorCode.NONE) {
            return new GroupEvent.StoringFailed(store.purpose(), error);
        }
        isStored(store.what());
        return new GroupEvent.Stored(store.purpose());
    }

    private void append(GroupEffect.Append append, GroupUpdate update) {
        ErrorCode error = log.group(append.records());
        if (error == ErrorCode.NONE) {
            append.records().forEach(this::isStored);
        } else {
            update.fail(error);
        }
    }

    private void isStored(GroupRecord what) {
        isKnownToLog = true;
        if (what instanceof ClassicGroupRecord classic) {
            stored = classic.value();
        }
    }

    private void forget() {
        deadlines.cancelAll();
        owner.forgotten();
    }
}
