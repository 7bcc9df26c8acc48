package io.strikemq.application.await;

import io.strikemq.application.await.Changes.Kind;
import io.strikemq.domain.await.Awaited;
import io.strikemq.domain.await.Condition;
import io.strikemq.domain.await.Wait;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.AwaitState;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.transaction.Transaction;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * All who wait for the broker's state. A change makes one task for the workers, which looks at all conditions; changes that come
 * before it begins are the same task, those that come while it runs make one more. So whoever changes something only
 * asks whether there is a task already, and however much changes, one worker is busy at the most.
 */
public final class AwaitedState implements AwaitState, Changes.Listener, AutoCloseable {
    /** So many may wait at once: each takes a look after each change. */
    static final int MAX_WAITS = 1000;

    private enum Looking {
        /** All was looked at since the last change. */
        DONE,
        /** A task has not begun yet. */
        PLANNED,
        /** A task is at work. */
        AT_WORK,
        /** A task is at work, and something changed since it began. */
        AT_WORK_AND_PLANNED
    }

    private final Supplier<Checks> checks;
    private final Changes changes = new Changes();
    private final Executor workers;
    private final Clock realTime;
    private final Set<StartedWait> waits = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Looking> looking = new AtomicReference<>(Looking.DONE);
    private boolean closed; // Guarded by this.

    /**
     * Nothing happens before somebody waits.
     *
     * @param checks   how to look at the broker as it is now: after a reset at another one
     * @param workers  run the looks, which may wait for the disk
     * @param realTime a clock that always runs
     */
    public AwaitedState(Supplier<Checks> checks, Executor workers, Clock realTime) {
        this.checks = checks;
        this.workers = workers;
        this.realTime = realTime;
    }

    @Override
    public Wait begin(Condition condition) {
        StartedWait wait = new StartedWait(condition, checks.get(), realTime, this::over);
        add(wait);
        changed();
        return wait;
    }

    private synchronized void add(StartedWait wait) {
        if (closed) {
            throw new BrokerException(ErrorCode.BROKER_NOT_AVAILABLE, "the broker is stopping");
        }
        if (waits.size() >= MAX_WAITS) {
            throw new BrokerException(
                    ErrorCode.THROTTLING_QUOTA_EXCEEDED, MAX_WAITS + " wait for this broker's state already");
        }
        waits.add(wait);
        tellWanted();
    }

    private synchronized void over(StartedWait wait) {
        if (waits.remove(wait)) {
            tellWanted();
        }
    }

    private void tellWanted() {
        Set<Kind> wanted = EnumSet.noneOf(Kind.class);
        waits.forEach(wait -> wanted.addAll(wait.check().wanted()));
        if (wanted.isEmpty()) {
            changes.tellNobody();
        } else {
            changes.tell(this, wanted);
        }
    }

    @Override
    public Awaited await(Condition condition, Duration timeout) {
        // Without an overflow: who waits for ever may say so by the longest of all durations.
        long nanos = TimeUnit.NANOSECONDS.convert(timeout);
        Wait wait = begin(condition);
        CompletableFuture<Awaited> outcome = wait.outcome().toCompletableFuture();
        try {
            return outcome.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            wait.giveUp();
            return ended(outcome);
        } catch (InterruptedException e) {
            wait.cancel();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting: " + condition.text(), e);
        } catch (ExecutionException e) {
            return ended(outcome);
        }
    }

    /** The outcome of a wait that is over; a failure is thrown with the caller's stack, which is the one that tells where it waits. */
    private static Awaited ended(CompletableFuture<Awaited> outcome) {
        try {
            return outcome.get();
        } catch (InterruptedException e) {
            throw new IllegalStateException("a wait that is over has no outcome", e);
        } catch (ExecutionException e) {
            Throwable reason = e.getCause();
            if (reason instanceof Error error) {
                error.setStackTrace(new Throwable().getStackTrace());
                throw error;
            }
            throw reason instanceof RuntimeException failure ? failure : new IllegalStateException(reason);
        }
    }

    @Override
    public void changed() {
        Looking before = looking.getAndUpdate(AwaitedState::oneMore);
        if (before == Looking.DONE) {
            workers.execute(this::lookAtAll);
        }
    }

    private static Looking oneMore(Looking state) {
        return switch (state) {
            case DONE, PLANNED -> Looking.PLANNED;
            case AT_WORK, AT_WORK_AND_PLANNED -> Looking.AT_WORK_AND_PLANNED;
        };
    }

    @Override
    public void changed(Transaction transaction) {
        waits.forEach(wait -> wait.check().changed(transaction));
        changed();
    }

    private void lookAtAll() {
        looking.set(Looking.AT_WORK);
        boolean isMore = false;
        for (StartedWait wait : waits) {
            isMore |= look(wait);
        }
        if (isMore || !looking.compareAndSet(Looking.AT_WORK, Looking.DONE)) {
            // As a task of its own, so that others of the workers' have their turn.
            looking.set(Looking.PLANNED);
            workers.execute(this::lookAtAll);
        }
    }

    /** Who waits for the state of a broker that was reset since is sent away, whatever it would see there. */
    private boolean look(StartedWait wait) {
        if (wait.checks() != checks.get()) {
            wait.sendAway();
            return false;
        }
        return wait.look();
    }

    /** Where the broker tells of its changes. */
    public Changes changes() {
        return changes;
    }

    /** Sends away who looks at the broker by these: what they look at is about to end. */
    public void sendAway(Checks ending) {
        waits.stream().filter(wait -> wait.checks() == ending).forEach(StartedWait::sendAway);
    }

    /** How many wait. */
    public int waiting() {
        return waits.size();
    }

    /** Sends away who waits. Nobody can wait any more. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        waits.forEach(StartedWait::sendAway);
    }
}
