package io.strikemq.domain.topic.admin;

import java.util.List;
import java.util.Map;

/**
 * A topic to be created.
 *
 * @param name              perhaps illegal: that is for the use case to say
 * @param partitions        -1 for the broker's default, or for what {@code assignments} imply
 * @param replicationFactor -1 for the broker's default, or for what {@code assignments} imply
 * @param assignments       of each partition, perhaps twice; empty when the broker shall choose
 * @param configs           by Kafka's config names; a value may be null, which the use case refuses
 */
public record NewTopic(
        String name,
        int partitions,
        short replicationFactor,
        List<ReplicaAssignment> assignments,
        Map<String, String> configs) {}
