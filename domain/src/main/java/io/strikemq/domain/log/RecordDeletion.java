package io.strikemq.domain.log;

import io.strikemq.domain.topic.TopicPartition;

/**
 * Asks for the deletion of a partition's records before an offset.
 *
 * @param beforeOffset the offset of the first record to stay, or {@link #ALL}
 */
public record RecordDeletion(TopicPartition partition, long beforeOffset) {
    /** Stands for the high watermark: all records that there are. */
    public static final long ALL = -1;
}
