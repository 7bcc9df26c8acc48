package io.strikemq.domain.offset;

import io.strikemq.domain.topic.TopicPartition;

/**
 * Where a reset puts a group's offset of one partition.
 *
 * @param before the committed offset until then; -1 where there is none
 * @param asked  the offset that was asked for, which may lie outside of the log
 * @param after  the offset that is committed
 * @param change why {@code after} is not what was asked for
 */
public record PartitionReset(TopicPartition partition, long before, long asked, long after, Change change) {
    /** Where nothing was committed before. */
    public static final long NOTHING = -1;

    /** Whether a reset does what was asked for. */
    public enum Change {
        /** It does. */
        NONE,
        /** The offset lies before the log's start, which is taken. */
        BEFORE_START,
        /** The offset lies beyond the log's end, which is taken. */
        BEYOND_END,
        /** No record is as new as the time: the log's end is taken. */
        NO_RECORD_SINCE
    }
}
