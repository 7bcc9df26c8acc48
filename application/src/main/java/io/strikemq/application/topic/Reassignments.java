package io.strikemq.application.topic;

import io.strikemq.application.cluster.ClusterView;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.ReassignPartitions;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.admin.PartitionOutcome;
import java.util.List;

/**
 * Says yes where a partition is wished to be where it is, and no to everything else. With one broker these are all wishes
 * that can be fulfilled, and none of them changes the number of replicas.
 */
public final class Reassignments implements ReassignPartitions {
    private static final PartitionOutcome NOTHING_TO_CANCEL =
            new PartitionOutcome(ErrorCode.NO_REASSIGNMENT_IN_PROGRESS, null);

    private final TopicRegistry registry;
    private final ClusterView cluster;

    public Reassignments(TopicRegistry registry, ClusterView cluster) {
        this.registry = registry;
        this.cluster = cluster;
    }

    @Override
    public PartitionOutcome reassign(RequestContext context, TopicPartition partition, List<Integer> replicas) {
        try {
            Topic topic = requireTopic(partition);
            new ReplicaAssignments(cluster.brokerIds()).checkBrokers(replicas);
            requirePresent(topic, partition.partition(), replicas);
            return PartitionOutcome.DONE;
        } catch (BrokerException refusal) {
            return PartitionOutcome.refused(refusal);
        }
    }

    @Override
    public PartitionOutcome cancel(RequestContext context, TopicPartition partition) {
        try {
            requireTopic(partition);
            return NOTHING_TO_CANCEL;
        } catch (BrokerException refusal) {
            return PartitionOutcome.refused(refusal);
        }
    }

    private Topic requireTopic(TopicPartition partition) {
        Topic topic = registry.find(partition.topic())
                .orElseThrow(() -> new BrokerException(
                        ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                        "Unable to find a topic named " + partition.topic() + "."));
        if (!topic.hasPartition(partition.partition())) {
            throw new BrokerException(
                    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                    "Unable to find partition " + partition.topic() + ":" + partition.partition() + ".");
        }
        return topic;
    }

    /** Of several brokers each has its partitions for good. */
    private void requirePresent(Topic topic, int partition, List<Integer> replicas) {
        List<Integer> present = cluster.partitions(topic, partition, 1).get(0).replicas();
        if (!present.equals(replicas)) {
            throw new BrokerException(
                    ErrorCode.INVALID_REPLICA_ASSIGNMENT,
                    "Partition " + new TopicPartition(topic.name(), partition) + " cannot be moved from " + present
                            + " to " + replicas + ": partitions stay where they are.");
        }
    }
}
