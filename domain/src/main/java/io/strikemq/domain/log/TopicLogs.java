package io.strikemq.domain.log;

import java.util.List;

/**
 * How the logs of a topic are kept, and what they hold.
 *
 * @param cleanupPolicies what becomes of old records: "delete", "compact", both or nothing (cleanup.policy)
 * @param partitions      by partition
 */
public record TopicLogs(List<String> cleanupPolicies, List<Held> partitions) {
    public TopicLogs {
        cleanupPolicies = List.copyOf(cleanupPolicies);
        partitions = List.copyOf(partitions);
    }

    /** How many bytes the batches of a partition take, and in how many segments. */
    public record Held(int partition, long sizeInBytes, int segments) {}
}
