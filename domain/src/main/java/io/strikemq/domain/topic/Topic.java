package io.strikemq.domain.topic;

import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * A topic as the catalog knows it.
 *
 * @param name              a legal topic name
 * @param id                unique for the life of this topic: a topic that is deleted and created again gets another
 * @param partitionCount    at least 1
 * @param replicationFactor what the creator asked for, 1 on a single broker
 * @param configs           only what was set on this topic, by Kafka's config names; the defaults are not in it
 */
public record Topic(String name, UUID id, int partitionCount, short replicationFactor, Map<String, String> configs) {
    /** The topic that holds committed offsets and group metadata. */
    public static final String CONSUMER_OFFSETS = "__consumer_offsets";
    /** The topic that holds the state of transactions. */
    public static final String TRANSACTION_STATE = "__transaction_state";
    /** The topic that holds the state of share groups. */
    public static final String SHARE_GROUP_STATE = "__share_group_state";
    /** Kafka's topic of the cluster's own metadata: the name is taken, but there is no such topic for clients. */
    public static final String CLUSTER_METADATA = "__cluster_metadata";

    public Topic {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(id, "id");
        configs = Map.copyOf(configs);
        if (partitionCount < 1) {
            throw new IllegalArgumentException("a topic has at least one partition, not " + partitionCount);
        }
    }

    /** Whether this topic belongs to the broker itself. */
    public boolean isInternal() {
        return isInternal(name);
    }

    /** Whether a topic of this name belongs to the broker itself. */
    public static boolean isInternal(String name) {
        return name.equals(CONSUMER_OFFSETS) || name.equals(TRANSACTION_STATE) || name.equals(SHARE_GROUP_STATE);
    }

    /** Whether it has a partition of this number. */
    public boolean hasPartition(int partition) {
        return partition >= 0 && partition < partitionCount;
    }

    /** The same topic with more partitions. */
    public Topic withPartitionCount(int count) {
        return new Topic(name, id, count, replicationFactor, configs);
    }

    /** The same topic with these configs in place of its own. */
    public Topic withConfigs(Map<String, String> newConfigs) {
        return new Topic(name, id, partitionCount, replicationFactor, newConfigs);
    }
}
