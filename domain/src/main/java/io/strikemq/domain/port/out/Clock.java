package io.strikemq.domain.port.out;

/** The time. Nothing else in the broker reads a clock, so that a test can freeze and advance it. Thread-safe. */
public interface Clock {
    /** Milliseconds since 1970-01-01 UTC, for what users see: record timestamps, commit times. */
    long wallClockMillis();

    /** Nanoseconds from an arbitrary origin that only ever grow, for measuring how long something takes. */
    long monotonicNanos();

    /** Whether it shows the same time until somebody advances it: then nobody may wait for it who does not wait for a time. */
    default boolean standsStill() {
        return false;
    }
}
