package io.strikemq.application.transaction;

import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.Deadlines;
import io.strikemq.domain.port.out.Deadlines.Deadline;
import java.time.Duration;

/**
 * Work that is done at fixed intervals, as Kafka does it, but only when something is due: an idle broker wakes up for
 * nothing. Callable from any thread.
 */
final class Sweep {
    private final Clock clock;
    private final Deadlines deadlines;
    private final long intervalNanos;
    private final Runnable work;
    private final long originNanos;

    // Guarded by this.
    private Deadline timer;
    private long timerNanos;
    private boolean closed;

    /** {@code work} runs on the timer's thread. */
    Sweep(Duration interval, Clock clock, Deadlines deadlines, Runnable work) {
        this.clock = clock;
        this.deadlines = deadlines;
        this.intervalNanos = interval.toNanos();
        this.work = work;
        this.originNanos = clock.monotonicNanos();
    }

    /** Something is due at that time of the wall clock; {@link Long#MAX_VALUE} for never. */
    synchronized void dueAt(long dueMs) {
        if (closed || dueMs == Long.MAX_VALUE) {
            return;
        }
        long tick = nextTick(dueMs);
        if (timer != null && timerNanos <= tick) {
            return;
        }
        if (timer != null) {
            timer.cancel();
        }
        timerNanos = tick;
        long delay = tick - (clock.monotonicNanos() - originNanos);
        timer = deadlines.schedule(Duration.ofNanos(delay), () -> fired(tick));
    }

    /** The first end of an interval, counted from the origin, at which it is due. */
    private long nextTick(long dueMs) {
        long passed = clock.monotonicNanos() - originNanos;
        long delayMs = Math.max(0, dueMs - Math.min(dueMs, clock.wallClockMillis()));
        long delay = Duration.ofMillis(Math.min(delayMs, Duration.ofDays(365).toMillis()))
                .toNanos();
        long intervals = Math.max((passed + delay + intervalNanos - 1) / intervalNanos, passed / intervalNanos + 1);
        return intervals * intervalNanos;
    }

    private void fired(long tick) {
        synchronized (this) {
            if (closed || timer == null || timerNanos != tick) {
                return;
            }
            timer = null;
        }
        work.run();
    }

    synchronized void close() {
        closed = true;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
