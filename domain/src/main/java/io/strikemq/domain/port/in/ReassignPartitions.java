package io.strikemq.domain.port.in;

import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.admin.PartitionOutcome;
import java.util.List;

/**
 * Moves partitions to other brokers (KIP-455). Callable from any thread, none of which waits for the disk. A move is
 * done when the call returns: none is ever going on.
 */
public interface ReassignPartitions {
    /**
     * Has a partition on these brokers, of which the first is to lead it: INVALID_REPLICA_ASSIGNMENT for brokers that
     * are not there, that are named twice, or for none; UNKNOWN_TOPIC_OR_PARTITION.
     */
    PartitionOutcome reassign(RequestContext context, TopicPartition partition, List<Integer> replicas);

    /** Takes back a move that is going on: NO_REASSIGNMENT_IN_PROGRESS, or UNKNOWN_TOPIC_OR_PARTITION. */
    PartitionOutcome cancel(RequestContext context, TopicPartition partition);
}
