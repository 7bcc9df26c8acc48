package io.strikemq.adapter.kafka.net;

import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.request.Printable;
import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * Warnings of one kind that clients can cause as often as they like: a few a minute are printed, all others counted,
 * and the next one that is printed, or the end, tells how many there were. Thread-safe.
 */
public final class RepeatedWarnings implements AutoCloseable {
    /** How many are printed a minute. */
    static final int PRINTED = 10;

    /** So much of a warning is printed: clients choose what is in it. */
    private static final int LONGEST = 2000;

    private static final long PERIOD_NANOS = Duration.ofMinutes(1).toNanos();

    private final BiConsumer<String, Throwable> log;
    private final Clock clock;

    // Guarded by this.
    private long periodBegan;
    private int printed;
    private long leftOut;

    /** Warnings that go to {@code log}, as {@code LOG::warn}. */
    public RepeatedWarnings(BiConsumer<String, Throwable> log, Clock clock) {
        this.log = log;
        this.clock = clock;
        this.periodBegan = clock.monotonicNanos();
    }

    /** Prints a warning, or counts it. */
    public void warn(String message) {
        warn(message, null);
    }

    /** The same with a failure, whose stack is printed too; it may be null. */
    public synchronized void warn(String message, Throwable failure) {
        long now = clock.monotonicNanos();
        if (now - periodBegan >= PERIOD_NANOS) {
            periodBegan = now;
            printed = 0;
        }
        if (printed == PRINTED) {
            leftOut++;
            return;
        }
        tellLeftOut();
        printed++;
        log.accept(Printable.text(message, LONGEST), failure);
        if (printed == PRINTED) {
            log.accept("More warnings of this kind are counted for a minute, and not printed.", null);
        }
    }

    /** Tells how many were counted and not told of yet. */
    @Override
    public synchronized void close() {
        tellLeftOut();
    }

    private void tellLeftOut() {
        if (leftOut > 0) {
            log.accept(leftOut + " more warnings of this kind were not printed.", null);
            leftOut = 0;
        }
    }
}
