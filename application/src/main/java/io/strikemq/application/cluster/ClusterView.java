package io.strikemq.application.cluster;

import io.strikemq.domain.cluster.ClusterDescription;
import io.strikemq.domain.port.in.DescribeCluster;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicListing.PartitionListing;
import java.util.List;
import java.util.stream.IntStream;

/** Which brokers there are, and which of them has which partition. Immutable. */
public final class ClusterView implements DescribeCluster {
    /** The epoch of every leader: leadership never moves. */
    public static final int LEADER_EPOCH = 0;

    private final ClusterDescription description;

    public ClusterView(ClusterDescription description) {
        this.description = description;
    }

    @Override
    public ClusterDescription describe() {
        return description;
    }

    /** All brokers, at least one. */
    public List<Integer> brokerIds() {
        return description.brokerIds();
    }

    /** The broker that leads a partition. */
    public int leader(int partition) {
        return brokerIds().get(partition % brokerIds().size());
    }

    /** Where each partition of a topic is: partitions take turns among the brokers. */
    public List<PartitionListing> partitions(Topic topic) {
        return partitions(topic, 0, topic.partitionCount());
    }

    /** The same of at most {@code count} partitions from {@code first} on, which is not negative; none behind the last one. */
    public List<PartitionListing> partitions(Topic topic, int first, int count) {
        int end = (int) Math.min(topic.partitionCount(), (long) first + count);
        return IntStream.range(first, end)
                .mapToObj(partition -> new PartitionListing(
                        partition, leader(partition), LEADER_EPOCH, replicas(partition, topic.replicationFactor())))
                .toList();
    }

    private List<Integer> replicas(int partition, int replicationFactor) {
        int count = Math.min(replicationFactor, brokerIds().size());
        return IntStream.range(partition, partition + count)
                .mapToObj(this::leader)
                .toList();
    }
}
