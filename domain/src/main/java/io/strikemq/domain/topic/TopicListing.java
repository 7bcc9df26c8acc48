package io.strikemq.domain.topic;

import io.strikemq.domain.error.ErrorCode;
import java.util.List;

/**
 * What metadata says of one topic asked for.
 *
 * @param ref        as the request named it
 * @param error      NONE when there is such a topic
 * @param topic      null after an error
 * @param partitions empty after an error
 * @param message    why the topic could not be created, for people; null when there is nothing to say beyond the error.
 *                   Kafka's metadata has no field for it
 */
public record TopicListing(
        TopicRef ref, ErrorCode error, Topic topic, List<PartitionListing> partitions, String message) {
    public TopicListing {
        partitions = List.copyOf(partitions);
    }

    /** A topic that is there, or one that is not for no other reason than its error. */
    public TopicListing(TopicRef ref, ErrorCode error, Topic topic, List<PartitionListing> partitions) {
        this(ref, error, topic, partitions, null);
    }

    /**
     * One partition.
     *
     * @param leaderId    the broker that leads it
     * @param replicas    ids of the brokers that hold it; all of them in sync
     */
    public record PartitionListing(int partition, int leaderId, int leaderEpoch, List<Integer> replicas) {}
}
