package io.strikemq.application.group;

import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.Deadlines;
import io.strikemq.domain.port.out.Deadlines.Deadline;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * A deadline that is often put off, as a session is by each heartbeat: that only writes down the new time. The timer
 * that is set already finds out when it fires too early, and is set again for the rest.
 *
 * <p>Guarded by the lock of whoever owns it; {@link #fired} is called with that lock held.
 */
final class LazyDeadline {
    private final Deadlines deadlines;
    private final Clock clock;
    private final LongConsumer onTimer;
    private Deadline timer;
    private long timerNanos;
    private long timerNumber;
    private long dueNanos;

    /** {@code onTimer} takes the owner's lock and asks {@link #fired} with the number it is given. */
    LazyDeadline(Deadlines deadlines, Clock clock, LongConsumer onTimer) {
        this.deadlines = deadlines;
        this.clock = clock;
        this.onTimer = onTimer;
    }

    void set(Duration delay) {
        dueNanos = clock.monotonicNanos() + delay.toNanos();
        if (timer != null && timerNanos - dueNanos > 0) {
            timer.cancel();
            timer = null;
        }
        if (timer == null) {
            schedule(delay);
        }
    }

    /** Whether the deadline has really passed; if not, the timer runs on. A timer that was replaced says nothing. */
    boolean fired(long number) {
        if (timer == null || number != timerNumber) {
            return false;
        }
        timer = null;
        long left = dueNanos - clock.monotonicNanos();
        if (left > 0) {
            schedule(Duration.ofNanos(left));
            return false;
        }
        return true;
    }

    void cancel() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void schedule(Duration delay) {
        timerNanos = dueNanos;
        long number = ++timerNumber;
        timer = deadlines.schedule(delay, () -> onTimer.accept(number));
    }
}
