package io.strikemq.domain.log;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.topic.TopicPartition;

/**
 * What became of a {@link RecordDeletion}.
 *
 * @param lowWatermark the log start offset after it; -1 with an error
 */
public record RecordsDeleted(TopicPartition partition, ErrorCode error, long lowWatermark) {
    /** A deletion that was not done. */
    public static RecordsDeleted refused(TopicPartition partition, ErrorCode error) {
        return new RecordsDeleted(partition, error, -1);
    }
}
