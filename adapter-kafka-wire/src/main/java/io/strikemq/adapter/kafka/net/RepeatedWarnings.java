package io.strikemq.adapter.kafka.net;

import io.strikemq.domain.port.out.Clock;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Warnings of one kind that clients can cause as often as they like: a few a minute are printed, all others counted,
 * and the next one that is printed tells how many there were. Thread-safe.
 */
public final class RepeatedWarnings implements AutoCloseable {
    /** How many are printed a minute. */
    static final int PRINTED = 10;

    private static final long PERIOD_NANOS = Duration.ofMinutes(1).toNanos();

    private final Consumer<String> log;
    private final Clock clock;

    // Guarded by this.
    private long periodBegan;
    private int printed;
    private long leftOut;

    /** Warnings that go to {@code log}, as {@code LOG::warn}. */
    public RepeatedWarnings(Consumer<String> log, Clock clock) {
        this.log = log;
        this.clock = clock;
        this.periodBegan = clock.monotonicNanos();
    }

    /** Prints a warning, or counts it. */
    public synchronized void warn(String message) {
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
        log.accept(message);
        if (printed == PRINTED) {
            log.accept("More warnings of this kind are counted for a minute, and not printed.");
        }
    }

    /** Tells how many were counted and not told of yet. */
    @Override
    public synchronized void close() {
        tellLeftOut();
    }

    private void tellLeftOut() {
        if (leftOut > 0) {
            log.accept(leftOut + " more warnings of this kind were not printed.");
            leftOut = 0;
        }
    }
}
