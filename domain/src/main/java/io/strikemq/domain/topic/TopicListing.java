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
 */
public record TopicListing(TopicRef ref, ErrorCode error, Topic topic, List<PartitionListing> partitions) {
    public TopicListing {
        partitions = List.copyOf(partitions);
    }

    /**
     * One partition.
     *
     * @param leaderId    the broker that leads it
     * @param replicas    ids of the brokers that hold it; all of them in sync
     */
    public record PartitionListing(int partition, int leaderId, int leaderEpoch, List<Integer> replicas) {}
}
