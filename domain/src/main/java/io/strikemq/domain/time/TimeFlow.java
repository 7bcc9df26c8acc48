package io.strikemq.domain.time;

import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.time.ClockState.Mode;
import java.time.Duration;
import java.time.Instant;

/**
 * How the time of a clock that can be driven comes from the machine's: it goes with it, or it stands still. Immutable; what changes a flow
 * gives another. The monotonic time of the new one is never less than that of the one before.
 */
public sealed interface TimeFlow {
    /** The machine's own time. */
    TimeFlow REAL = new Running(0, 0);

    /** Milliseconds since 1970. */
    long wallClockMillis(Clock machine);

    /** Nanoseconds that only ever grow. */
    long monotonicNanos(Clock machine);

    /** The same time, which stands still from now on. */
    Frozen frozen(Clock machine);

    /** The same time, which goes on from now. */
    Running running(Clock machine);

    /** What it shows at the moment. */
    ClockState state(Clock machine);

    /** Whether it stands still. */
    boolean isFrozen();

    /** How it goes after it stood still from {@code from}, and was taken to {@code to}. */
    TimeFlow after(Frozen from, Frozen to);

    /**
     * Goes with the machine's clock.
     *
     * @param aheadMillis what the wall clock is ahead of the machine's
     * @param aheadNanos  the same for the monotonic time
     */
    record Running(long aheadMillis, long aheadNanos) implements TimeFlow {
        @Override
        public long wallClockMillis(Clock machine) {
            return machine.wallClockMillis() + aheadMillis;
        }

        @Override
        public long monotonicNanos(Clock machine) {
            return machine.monotonicNanos() + aheadNanos;
        }

        @Override
        public Frozen frozen(Clock machine) {
            return new Frozen(Math.multiplyExact(wallClockMillis(machine), Frozen.NANOS), monotonicNanos(machine));
        }

        @Override
        public Running running(Clock machine) {
            return this;
        }

        @Override
        public ClockState state(Clock machine) {
            return new ClockState(
                    Instant.ofEpochMilli(wallClockMillis(machine)),
                    aheadMillis == 0 ? Mode.REAL : Mode.RUNNING,
                    Duration.ofMillis(aheadMillis));
        }

        @Override
        public boolean isFrozen() {
            return false;
        }

        /** As far ahead of this one as {@code to} is of {@code from}: what it took to get there does not count. */
        @Override
        public Running after(Frozen from, Frozen to) {
            return new Running(
                    aheadMillis + (to.wallNanos - from.wallNanos) / Frozen.NANOS, aheadNanos + to.nanos - from.nanos);
        }
    }

    /**
     * Stands still.
     *
     * @param wallNanos nanoseconds since 1970: steps of less than a millisecond add up
     * @param nanos     the monotonic time
     */
    record Frozen(long wallNanos, long nanos) implements TimeFlow {
        private static final long NANOS = 1_000_000;

        @Override
        public long wallClockMillis(Clock machine) {
            return wallNanos / NANOS;
        }

        @Override
        public long monotonicNanos(Clock machine) {
            return nanos;
        }

        @Override
        public Frozen frozen(Clock machine) {
            return this;
        }

        @Override
        public Running running(Clock machine) {
            return new Running(wallClockMillis(machine) - machine.wallClockMillis(), nanos - machine.monotonicNanos());
        }

        @Override
        public ClockState state(Clock machine) {
            long millis = wallClockMillis(machine);
            return new ClockState(
                    Instant.ofEpochMilli(millis), Mode.FROZEN, Duration.ofMillis(millis - machine.wallClockMillis()));
        }

        @Override
        public boolean isFrozen() {
            return true;
        }

        @Override
        public Frozen after(Frozen from, Frozen to) {
            return to;
        }

        /** The time at which the monotonic time is {@code untilNanos}, or this one if that is past. */
        public Frozen until(long untilNanos) {
            long passed = untilNanos - nanos;
            return passed <= 0 ? this : new Frozen(wallNanos + passed, untilNanos);
        }

        /** Another time of day, without any time that passes. */
        public Frozen showing(Instant wallClock) {
            return new Frozen(Math.multiplyExact(wallClock.toEpochMilli(), NANOS), nanos);
        }
    }
}
