package io.strikemq.domain.port.in;

import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.admin.PartitionOutcome;
import java.util.List;

/**
 * Elects leaders of partitions, the preferred replica or (unclean) any that is there (KIP-183, KIP-460). Callable from
 * any thread, none of which waits for the disk.
 */
public interface ElectLeaders {
    /**
     * Elects the leader of one partition: ELECTION_NOT_NEEDED when it has the one that it ought to have, or
     * UNKNOWN_TOPIC_OR_PARTITION.
     */
    PartitionOutcome elect(RequestContext context, TopicPartition partition);

    /** Elects the leaders of all partitions that need one, and returns the names of the topics that were looked at. */
    List<String> electWhereNeeded(RequestContext context);
}
