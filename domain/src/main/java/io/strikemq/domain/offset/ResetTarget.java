package io.strikemq.domain.offset;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.offset.PartitionReset.Change;
import io.strikemq.domain.topic.TopicPartition;

/**
 * Which offsets a reset looks for, with the rules of kafka-consumer-groups.sh.
 *
 * @param value the time in ms, the offset, or by how much the committed offset moves; 0 for the others
 */
public record ResetTarget(Kind kind, long value) {
    /** The log's start. */
    public static final ResetTarget EARLIEST = new ResetTarget(Kind.EARLIEST, 0);
    /** The log's end. */
    public static final ResetTarget LATEST = new ResetTarget(Kind.LATEST, 0);

    /** What is looked for. */
    public enum Kind {
        EARLIEST,
        LATEST,
        /** The first record that is at least as new. */
        TIME,
        /** The same offset in each partition. */
        OFFSET,
        /** So much after the committed offset, or before it. */
        SHIFT
    }

    /** The first record that is at least as new as a time, which is in ms and not negative. */
    public static ResetTarget time(long timestampMs) {
        if (timestampMs < 0) {
            throw new IllegalArgumentException("a time of " + timestampMs + " ms");
        }
        return new ResetTarget(Kind.TIME, timestampMs);
    }

    /** This offset, wherever the log begins and ends. */
    public static ResetTarget offset(long offset) {
        return new ResetTarget(Kind.OFFSET, offset);
    }

    /** This much after the committed offset; before it with a negative number. */
    public static ResetTarget shift(long by) {
        return new ResetTarget(Kind.SHIFT, by);
    }

    /**
     * Where this is in a partition; never outside of its log.
     *
     * @param before the committed offset, -1 for none
     * @throws BrokerException INVALID_REQUEST for a shift of nothing
     */
    public PartitionReset in(TopicPartition partition, long before, LogMarks log) {
        return switch (kind) {
            case EARLIEST -> exactly(partition, before, log.start());
            case LATEST -> exactly(partition, before, log.end());
            case TIME ->
                log.atTime() == LogMarks.NONE
                        ? new PartitionReset(partition, before, log.end(), log.end(), Change.NO_RECORD_SINCE)
                        : exactly(partition, before, log.atTime());
            case OFFSET -> within(partition, before, value, log);
            case SHIFT -> within(partition, before, shifted(partition, before), log);
        };
    }

    private static PartitionReset exactly(TopicPartition partition, long before, long offset) {
        return new PartitionReset(partition, before, offset, offset, Change.NONE);
    }

    private static PartitionReset within(TopicPartition partition, long before, long asked, LogMarks log) {
        if (asked > log.end()) {
            return new PartitionReset(partition, before, asked, log.end(), Change.BEYOND_END);
        }
        if (asked < log.start()) {
            return new PartitionReset(partition, before, asked, log.start(), Change.BEFORE_START);
        }
        return exactly(partition, before, asked);
    }

    private long shifted(TopicPartition partition, long before) {
        if (before == PartitionReset.NOTHING) {
            throw new BrokerException(
                    ErrorCode.INVALID_REQUEST,
                    "Cannot shift offset for partition " + partition + " since there is no current committed offset");
        }
        // Committed offsets are not negative, so only a shift to the right may leave the range of numbers.
        return value > Long.MAX_VALUE - before ? Long.MAX_VALUE : before + value;
    }
}
