package io.strikemq.application.cluster;

import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicListing.PartitionListing;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which brokers there are, and which of them have which partition.
 *
 * @param clusterId    22 characters of URL-safe base64
 * @param brokerIds    all brokers, at least one
 * @param controllerId the one that takes administrative requests
 */
public record ClusterView(String clusterId, List<Integer> brokerIds, int controllerId) {
    /** The epoch of every leader: leadership never moves. */
    public static final int LEADER_EPOCH = 0;

    public ClusterView {
        brokerIds = List.copyOf(brokerIds);
        if (!brokerIds.contains(controllerId)) {
            throw new IllegalArgumentException("controller " + controllerId + " is none of the brokers " + brokerIds);
        }
    }

    /** The broker that leads a partition. */
    public int leader(int partition) {
        return brokerIds.get(partition % brokerIds.size());
    }

    /** Where each partition of a topic is: partitions take turns among the brokers. */
    public List<PartitionListing> partitions(Topic topic) {
        return IntStream.range(0, topic.partitionCount())
                .mapToObj(partition -> new PartitionListing(
                        partition, leader(partition), LEADER_EPOCH, replicas(partition, topic.replicationFactor())))
                .toList();
    }

    private List<Integer> replicas(int partition, int replicationFactor) {
        int count = Math.min(replicationFactor, brokerIds.size());
        return IntStream.range(partition, partition + count)
                .mapToObj(this::leader)
                .toList();
    }
}
