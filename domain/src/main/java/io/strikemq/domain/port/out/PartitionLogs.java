package io.strikemq.domain.port.out;

import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.log.LogVolume;
import io.strikemq.domain.topic.TopicPartition;

/**
 * The logs of all partitions. Callable from any thread; a partition is open at most once, and opening it a second time
 * is an {@link IllegalStateException}.
 *
 * <p>Errors: {@link io.strikemq.domain.error.BrokerException} with {@code KAFKA_STORAGE_ERROR}.
 */
public interface PartitionLogs {
    /** Opens the log of a partition, created empty when there is none; recovers what a crash left behind. */
    PartitionLog open(TopicPartition partition, LogSettings settings);

    /**
     * Deletes a partition's log, open or not, and frees its space at once, or, for bytes that a reader still holds,
     * when that reader releases them. Deleting what is not there does nothing.
     */
    void delete(TopicPartition partition);

    /** Where the logs are kept, and how much room there is at the moment. */
    LogVolume volume();
}
