package io.strikemq.domain.port.out;

/** The time. Nothing else in the broker reads a clock, so that a test can freeze and advance it. Thread-safe. */
public interface Clock {
    /** Milliseconds since 1970-01-01 UTC, for what users see: record timestamps, commit times. */
    long wallClockMillis();

    /** Nanoseconds from an arbitrary origin that only ever grow, for measuring how long something takes. */
    long monotonicNanos();
}
