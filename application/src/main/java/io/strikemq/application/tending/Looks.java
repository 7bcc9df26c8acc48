package io.strikemq.application.tending;

import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.Deadlines;
import io.strikemq.domain.port.out.Deadlines.Deadline;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Decides when to look what is to be done in the background: an interval after something happened, or when something becomes due.
 * Otherwise nothing wakes up. One look at a time. Callable from any thread.
 */
public final class Looks {
    /** When nothing becomes due, in ms since 1970. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Far enough, and no number overflows. */
    private static final long LONGEST_MILLIS = Duration.ofDays(365).toMillis();

    private final Supplier<Duration> interval;
    private final Clock clock;
    private final Deadlines deadlines;
    private final Runnable look;

    /** Whether there was something since the last look began, for which one is due an interval later. */
    private volatile boolean touched;

    // Guarded by this.
    private Deadline next;
    private long nextMillis;
    private boolean looks;

    /** {@code look} begins a look, on a thread of the timer: it hands it on, and calls {@link #begins} and {@link #ended}. */
    public Looks(Supplier<Duration> interval, Clock clock, Deadlines deadlines, Runnable look) {
        this.interval = interval;
        this.clock = clock;
        this.deadlines = deadlines;
        this.look = look;
    }

    /** Something happened: costs nothing when something else did before. */
    public void touch() {
        if (!touched) {
            touched = true;
            wakeAfter(intervalMillis());
        }
    }

    /** A config changed, which may be that of the interval: an earlier change waits no longer than the new one says. */
    public void changed() {
        touched = true;
        wakeAfter(intervalMillis());
    }

    /** Looks after this time at the latest. */
    public synchronized void wakeAfter(long delayMillis) {
        long delay = Math.min(delayMillis, LONGEST_MILLIS);
        long at = clock.wallClockMillis() + delay;
        if (looks || next != null && nextMillis <= at) {
            return;
        }
        if (next != null) {
            next.cancel();
        }
        nextMillis = at;
        next = deadlines.schedule(Duration.ofMillis(delay), this::due);
    }

    private void due() {
        synchronized (this) {
            next = null;
            looks = true;
        }
        look.run();
    }

    /** A look begins: what happens from now on is for the next one. */
    public void begins() {
        touched = false;
    }

    /** The look is over. {@code earliestMillis}: when something becomes due, in ms since 1970, or {@link #NEVER}. */
    public synchronized void ended(long earliestMillis) {
        looks = false;
        if (touched) {
            wakeAfter(intervalMillis());
        }
        if (earliestMillis != NEVER) {
            wakeAfter(Math.max(intervalMillis(), earliestMillis - clock.wallClockMillis()));
        }
    }

    private long intervalMillis() {
        return interval.get().toMillis();
    }
}
