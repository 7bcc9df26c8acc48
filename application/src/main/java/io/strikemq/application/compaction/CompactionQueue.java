package io.strikemq.application.compaction;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.Deadlines;
import io.strikemq.domain.port.out.Deadlines.Deadline;
import io.strikemq.domain.settings.CleanerSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Compacts one partition at a time, so that the memory for keys is needed once. Each step is a task of its own for the
 * background thread, so that checkpoints need not wait, and none sleeps: to be no faster than
 * log.cleaner.io.max.bytes.per.second, the next step is scheduled for later. What somebody waits for goes first, and while
 * somebody waits nothing is slowed down.
 *
 * <p>Callable from any thread.
 */
final class CompactionQueue implements AutoCloseable {
    /** A step is not put off for less than this. */
    private static final long SHORTEST_NANOS = Duration.ofMillis(100).toNanos();

    private static final double NANOS_PER_SECOND = 1e9;
    private static final long LONGEST_NANOS = Duration.ofHours(1).toNanos();

    private final Supplier<CleanerSettings> settings;
    private final Clock clock;
    private final Deadlines deadlines;
    private final Executor background;

    // Guarded by this.
    private final Deque<CompactionJob> urgent = new ArrayDeque<>();
    private final Deque<CompactionJob> patient = new ArrayDeque<>();
    private CompactionJob current;
    private boolean works;
    private boolean closed;
    private Deadline putOff;
    /** Of the task that is to do the next step; a task with another number came too late. */
    private long turn;
    /** When the next step may begin, on the monotonic clock, once there was one. */
    private long freeAtNanos;

    private boolean hasStepped;

    /** Held for a step, and for the end of all. */
    private final ReentrantLock stepping = new ReentrantLock();

    CompactionQueue(Supplier<CleanerSettings> settings, Clock clock, Deadlines deadlines, Executor background) {
        this.settings = settings;
        this.clock = clock;
        this.deadlines = deadlines;
        this.background = background;
    }

    /** Does a pass when it is its turn; its outcome comes on the background thread. */
    void add(CompactionJob job) {
        long next = 0;
        boolean isTooLate;
        synchronized (this) {
            isTooLate = closed;
            if (!isTooLate) {
                (job.isUrgent() ? urgent : patient).add(job);
                if (works && (putOff == null || !job.isUrgent())) {
                    return;
                }
                works = true;
                next = nextTurn();
            }
        }
        if (isTooLate) {
            job.end(stopping());
            job.tell();
        } else {
            doLater(next);
        }
    }

    /** Something has changed that the pass under way may have to end for: its next step is done now, if it was put off. */
    void wake() {
        long next;
        synchronized (this) {
            if (putOff == null || closed) {
                return;
            }
            next = nextTurn();
        }
        doLater(next);
    }

    /** It has been slow enough, also where the clock stands still and does not tell so. */
    private void waited(long next) {
        synchronized (this) {
            freeAtNanos = clock.monotonicNanos();
        }
        doLater(next);
    }

    private void doLater(long next) {
        background.execute(() -> work(next));
    }

    private synchronized long nextTurn() {
        if (putOff != null) {
            putOff.cancel();
            putOff = null;
        }
        return ++turn;
    }

    private void work(long myTurn) {
        CompactionJob job = take(myTurn);
        if (job == null) {
            return;
        }
        long bytes = step(job);
        if (job.isOver()) {
            synchronized (this) {
                current = null;
            }
            job.tell();
        }
        goOn(bytes, job.isUrgent());
    }

    private synchronized CompactionJob take(long myTurn) {
        if (myTurn != turn || closed) {
            return null;
        }
        if (current == null) {
            current = urgent.isEmpty() ? patient.poll() : urgent.poll();
        }
        works = current != null;
        return current;
    }

    private long step(CompactionJob job) {
        stepping.lock();
        try {
            return job.isOver() ? 0 : job.step();
        } finally {
            stepping.unlock();
        }
    }

    private void goOn(long bytes, boolean isUrgent) {
        double nanos = bytes / settings.get().maxBytesPerSecond() * NANOS_PER_SECOND;
        long next;
        synchronized (this) {
            if (closed) {
                return;
            }
            works = current != null || !urgent.isEmpty() || !patient.isEmpty();
            if (!works) {
                return;
            }
            next = nextTurn();
            long now = clock.monotonicNanos();
            freeAtNanos = (hasStepped ? Math.max(freeAtNanos, now) : now) + (long) Math.min(nanos, LONGEST_NANOS);
            hasStepped = true;
            long wait = freeAtNanos - now;
            if (isUrgent || !urgent.isEmpty()) {
                freeAtNanos = now;
            } else if (wait >= SHORTEST_NANOS) {
                putOff = deadlines.pause(Duration.ofNanos(wait), () -> waited(next));
                return;
            }
        }
        doLater(next);
    }

    /** Ends the pass under way, whose log is left as it is, and all others. Waits for the step under way. */
    @Override
    public void close() {
        Deque<CompactionJob> left = new ArrayDeque<>();
        synchronized (this) {
            closed = true;
            nextTurn();
            left.addAll(urgent);
            left.addAll(patient);
            urgent.clear();
            patient.clear();
            if (current != null) {
                left.addFirst(current);
            }
        }
        stepping.lock();
        try {
            left.stream().filter(job -> !job.isOver()).forEach(job -> job.end(stopping()));
        } finally {
            stepping.unlock();
        }
        left.forEach(CompactionJob::tell);
    }

    private static BrokerException stopping() {
        return new BrokerException(ErrorCode.BROKER_NOT_AVAILABLE, "the broker is stopping");
    }
}
