package io.strikemq.domain.port.out;

import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.log.LogVolume;
import io.strikemq.domain.topic.TopicIdPartition;

/**
 * The logs of all partitions. A log belongs to a topic's id, not to its name: a topic that is deleted and created again
 * never sees what the earlier one had, whether or not its deletion succeeded. Callable from any thread; a partition is
 * open at most once, and opening it a second time is an {@link IllegalStateException}. All of it touches files, so it is
 * nothing for a thread that must not wait; what is done to one partition keeps nobody waiting who uses another.
 *
 * <p>Errors: {@link io.strikemq.domain.error.BrokerException} with {@code KAFKA_STORAGE_ERROR}.
 */
public interface PartitionLogs {
    /**
     * Opens the log of a partition, created empty when there is none; recovers what a crash left behind. A log of an
     * earlier topic of the same name gives way, open or not, and is never read again.
     */
    PartitionLog open(TopicIdPartition partition, LogSettings settings);

    /**
     * Deletes a partition's log, open or not: it is gone when the call returns. Its space is freed soon after, or, for
     * bytes that a reader still holds, when that reader releases them. Deleting what is not there does nothing, and so does deleting what belongs to
     * another topic of that name.
     */
    void delete(TopicIdPartition partition);

    /** Whether there may be a log of this partition, open or not: false where {@link #open} would create an empty one. */
    boolean contains(TopicIdPartition partition);

    /** Where the logs are kept, and how much room there is at the moment. */
    LogVolume volume();
}
