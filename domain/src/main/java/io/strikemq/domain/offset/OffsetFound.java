package io.strikemq.domain.offset;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.topic.TopicPartition;

/**
 * The answer to an {@link OffsetQuery}.
 *
 * @param timestamp   of the record found; -1 for special offsets and when nothing was found
 * @param offset      -1 when nothing was found
 * @param leaderEpoch of the record found; -1 when nothing was found
 */
public record OffsetFound(TopicPartition partition, ErrorCode error, long timestamp, long offset, int leaderEpoch) {
    /** No offset, and why; {@code NONE} when the log simply has no such record. */
    public static OffsetFound nothing(TopicPartition partition, ErrorCode error) {
        return new OffsetFound(partition, error, -1, -1, -1);
    }
}
