package io.strikemq.domain.fault;

import io.strikemq.domain.error.ErrorCode;
import java.time.Duration;
import java.util.Objects;

/** What befalls a request that a {@link FaultRule} hits. */
public sealed interface FaultAction {
    /** The longest that a fault may take. */
    Duration LONGEST = Duration.ofDays(1);

    /** For how long the {@code number}-th request that matches waits. */
    default Duration delay(long number) {
        return Duration.ZERO;
    }

    /**
     * An error in the API's own answer: in the rows that match, where the answer has rows for them, and else for the whole. A
     * request that asked for no answer has its connection closed, as by Kafka.
     */
    record Answer(ErrorCode error) implements FaultAction {
        public Answer {
            Objects.requireNonNull(error, "error");
        }
    }

    /** So much time passes first, by the broker's clock: a time between both, each as likely, drawn by the seed. */
    record Delay(Duration least, Duration most, long seed) implements FaultAction {
        public Delay {
            Objects.requireNonNull(least, "least");
            Objects.requireNonNull(most, "most");
        }

        @Override
        public Duration delay(long number) {
            return least.plusNanos(
                    (long) (Draw.of(seed, number) * most.minus(least).toNanos()));
        }
    }

    /** There is no answer. The connection stays, and nothing more is read or answered on it: the client's time runs out. */
    record Withhold() implements FaultAction {}

    /** The connection is closed. */
    record Close() implements FaultAction {}

    /** The connection is reset: the client gets an RST. */
    record Reset() implements FaultAction {}

    /** Of each matching partition one bit of the first batch that is fetched is wrong, so that its CRC is. The log is not touched. */
    record CorruptRecords() implements FaultAction {}

    /** The answer tells the client to send nothing for so long (KIP-219). */
    record Throttle(Duration time) implements FaultAction {
        public Throttle {
            Objects.requireNonNull(time, "time");
        }
    }

    /** The answer's bytes come slowly, by the broker's clock. */
    record Slow(int bytesPerSecond) implements FaultAction {}
}
