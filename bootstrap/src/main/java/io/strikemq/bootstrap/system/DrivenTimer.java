package io.strikemq.bootstrap.system;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.out.Deadlines;
import io.strikemq.domain.thread.NonBlockingThread;
import java.time.Duration;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one timer of a broker: a thread that sleeps until the next deadline, or for good while there is none or the clock stands
 * still. A journey takes the clock from one deadline to the next, and lets each be done with before it goes on.
 */
final class DrivenTimer implements Deadlines, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DrivenTimer.class);
    /** For an action of a journey that does not return. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** Longer delays than this would overflow the timer's clock; nobody waits longer than a century. */
    private static final Duration LONGEST = Duration.ofDays(36_525);

    private final DrivenClock clock;
    private final Unfinished unfinished;
    private final String threadName;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by the lock.
    private final TreeSet<Scheduled> scheduled = new TreeSet<>();
    /** Those of them that end with real time while the clock stands still; empty while it goes. */
    private final TreeSet<Scheduled> pauses = new TreeSet<>(Scheduled::compareEnds);

    private long scheduledCount;
    private Thread thread;
    private Journey journey;
    private volatile boolean closed;

    DrivenTimer(String threadName, DrivenClock clock, Unfinished unfinished) {
        this.threadName = threadName;
        this.clock = clock;
        this.unfinished = unfinished;
    }

    /** Something to run at a monotonic time; what is due at the same runs in the order in which it was set. */
    private static final class Scheduled implements Comparable<Scheduled> {
        private final long dueNanos;
        private final long order;
        private final boolean isPause;
        private final Runnable action;
        /** Of a pause while the clock stands still: when it ends in the machine's time. */
        private long endNanos;

        Scheduled(long dueNanos, long order, boolean isPause, Runnable action) {
            this.dueNanos = dueNanos;
            this.order = order;
            this.isPause = isPause;
            this.action = action;
        }

        @Override
        public int compareTo(Scheduled other) {
            return compare(dueNanos - other.dueNanos, other);
        }

        int compareEnds(Scheduled other) {
            return compare(endNanos - other.endNanos, other);
        }

        /** By how far they are apart, since times wrap around. */
        private int compare(long apartNanos, Scheduled other) {
            return apartNanos != 0 ? Long.signum(apartNanos) : Long.compare(order, other.order);
        }
    }

    /** Where the clock is taken, and what becomes of it. {@code giveUpNanos}: when it has taken too long, in the machine's time. */
    private record Journey(long untilNanos, long giveUpNanos, AtomicLong ran, CompletableFuture<Void> outcome) {}

    @Override
    public Deadline schedule(Duration delay, Runnable action) {
        return schedule(delay, action, false);
    }

    @Override
    public Deadline pause(Duration delay, Runnable action) {
        return schedule(delay, action, true);
    }

    private Deadline schedule(Duration delay, Runnable action, boolean isPause) {
        Duration bounded = delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
        long delayNanos = Math.max(0, bounded.toNanos());
        lock.lock();
        try {
            if (closed) {
                return () -> {};
            }
            Scheduled added = new Scheduled(clock.monotonicNanos() + delayNanos, scheduledCount++, isPause, action);
            scheduled.add(added);
            begin();
            boolean isNext = scheduled.first() == added;
            if (isPause && clock.standsStill()) {
                isNext |= addPause(added, System.nanoTime() + delayNanos);
            }
            if (isNext) {
                changed.signal();
            }
            return () -> cancel(added);
        } finally {
            lock.unlock();
        }
    }

    /** True if it is the first one to end. */
    private boolean addPause(Scheduled pause, long endNanos) {
        pause.endNanos = endNanos;
        pauses.add(pause);
        return pauses.first() == pause;
    }

    private void remove(Scheduled deadline) {
        scheduled.remove(deadline);
        if (deadline.isPause) {
            pauses.remove(deadline);
        }
    }

    private void begin() {
        if (thread == null) {
            thread = new NonBlockingThread(this::run, threadName);
            thread.start();
        }
    }

    private void cancel(Scheduled deadline) {
        lock.lock();
        try {
            remove(deadline);
        } finally {
            lock.unlock();
        }
    }

    /** The clock goes again, or stands still from now on. */
    void clockChanged() {
        lock.lock();
        try {
            pauses.clear();
            if (clock.standsStill()) {
                long apart = System.nanoTime() - clock.monotonicNanos();
                scheduled.stream().filter(each -> each.isPause).forEach(each -> addPause(each, each.dueNanos + apart));
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a clock that stands still to that monotonic time: runs what is due until then, in order, each at its time and when all that
     * came of the one before is done. One journey at a time.
     *
     * @throws BrokerException REQUEST_TIMED_OUT after {@code patience}, BROKER_NOT_AVAILABLE when the timer is closed
     */
    void travel(long untilNanos, Duration patience) {
        long giveUpNanos = System.nanoTime() + patience.toNanos();
        Journey begun = new Journey(untilNanos, giveUpNanos, new AtomicLong(), new CompletableFuture<>());
        lock.lock();
        try {
            if (closed) {
                throw stopping();
            }
            if (Thread.currentThread() == thread) {
                throw new IllegalStateException("a deadline of the broker lets no time pass");
            }
            begin();
            journey = begun;
            changed.signal();
        } finally {
            lock.unlock();
        }
        awaitEnd(begun);
    }

    /** An action that does not return keeps the timer's thread, and so cannot be given up by it. */
    private void awaitEnd(Journey begun) {
        try {
            begun.outcome.get(begun.giveUpNanos + GRACE_NANOS - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw (BrokerException) e.getCause();
        } catch (TimeoutException e) {
            forget(begun);
            throw late(begun);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            forget(begun);
            throw new BrokerException(
                    ErrorCode.REQUEST_TIMED_OUT, "the thread that advances the clock was interrupted");
        }
    }

    private void forget(Journey ended) {
        lock.lock();
        try {
            if (journey == ended) {
                journey = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (!closed) {
            Journey under = null;
            Scheduled due = null;
            lock.lock();
            try {
                while (!closed && journey == null && due == null) {
                    due = takeDue();
                }
                under = journey;
            } catch (InterruptedException e) {
                // Nobody has a reason to: the thread ends with the timer.
                Thread.currentThread().interrupt();
                return;
            } finally {
                lock.unlock();
            }
            if (due != null) {
                run(due);
            } else if (under != null) {
                follow(under);
            }
        }
    }

    /** What is due, or null after a wait that something has ended. */
    private Scheduled takeDue() throws InterruptedException {
        if (scheduled.isEmpty()) {
            changed.await();
            return null;
        }
        long left = scheduled.first().dueNanos - clock.monotonicNanos();
        if (left <= 0) {
            return taken(scheduled.first());
        }
        if (!clock.standsStill()) {
            changed.awaitNanos(left);
            return null;
        }
        return takePause();
    }

    /** What ends while the clock stands still. */
    private Scheduled takePause() throws InterruptedException {
        if (pauses.isEmpty()) {
            changed.await();
            return null;
        }
        long left = pauses.first().endNanos - System.nanoTime();
        if (left <= 0) {
            return taken(pauses.first());
        }
        changed.awaitNanos(left);
        return null;
    }

    private Scheduled taken(Scheduled due) {
        remove(due);
        return due;
    }

    private void run(Scheduled due) {
        try {
            due.action.run();
        } catch (RuntimeException | Error e) {
            LOG.error("A deadline's action failed", e);
        }
    }

    private void follow(Journey under) {
        try {
            settle(under);
            for (Scheduled next = takeNext(under); next != null; next = takeNext(under)) {
                run(next);
                under.ran.incrementAndGet();
                settle(under);
            }
            forget(under);
            under.outcome.complete(null);
        } catch (BrokerException e) {
            forget(under);
            under.outcome.completeExceptionally(e);
        }
    }

    /** Waits until all is done that was handed to other threads, while the clock stands. */
    private void settle(Journey under) {
        boolean isSettled = isSettled(under);
        if (closed) {
            throw stopping();
        }
        if (!isSettled || System.nanoTime() - under.giveUpNanos > 0) {
            throw late(under);
        }
    }

    private boolean isSettled(Journey under) {
        try {
            return unfinished.await(under.giveUpNanos, () -> closed);
        } catch (InterruptedException e) {
            // Nobody has a reason to: the thread ends with the timer.
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The next that is due until the journey's end, with the clock at its time; null with the clock at the journey's end. */
    private Scheduled takeNext(Journey under) {
        lock.lock();
        try {
            if (journey != under) {
                throw late(under);
            }
            if (scheduled.isEmpty() || scheduled.first().dueNanos - under.untilNanos > 0) {
                clock.moveTo(under.untilNanos);
                return null;
            }
            clock.moveTo(scheduled.first().dueNanos);
            return taken(scheduled.first());
        } finally {
            lock.unlock();
        }
    }

    private BrokerException late(Journey under) {
        return new BrokerException(
                ErrorCode.REQUEST_TIMED_OUT,
                "the clock has come to " + clock.state().now()
                        + " and no further: what became due by then takes too long. " + under.ran
                        + " deadlines have run; still at work: " + unfinished.text());
    }

    private static BrokerException stopping() {
        return new BrokerException(ErrorCode.BROKER_NOT_AVAILABLE, "the broker is stopping");
    }

    /** Drops all deadlines and waits for the thread to end; a journey under way fails. */
    @Override
    public void close() {
        Thread ending;
        lock.lock();
        try {
            closed = true;
            scheduled.clear();
            pauses.clear();
            if (journey != null) {
                journey.outcome.completeExceptionally(stopping());
            }
            changed.signal();
            ending = thread;
        } finally {
            lock.unlock();
        }
        if (ending == null) {
            return;
        }
        unfinished.wake();
        try {
            ending.join(TimeUnit.NANOSECONDS.toMillis(CLOSE_NANOS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (ending.isAlive()) {
            LOG.warn("The timer thread did not end within {} s", TimeUnit.NANOSECONDS.toSeconds(CLOSE_NANOS));
        }
    }
}
