package io.strikemq.application.topic;

import io.strikemq.application.cluster.ClusterView;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.out.Identifiers;
import io.strikemq.domain.settings.TopicDefaults;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicName;
import io.strikemq.domain.topic.admin.NewTopic;
import io.strikemq.domain.topic.config.TopicConfigs;
import java.util.Set;

/** Decides what a new topic will be like, or why it cannot be; the checks come in the order of Kafka's controller. */
public final class TopicPlanner {
    private static final int UNSET = -1;

    private final TopicRegistry registry;
    private final ClusterView cluster;
    private final TopicDefaults defaults;
    private final TopicConfigs configs;
    private final Identifiers identifiers;

    public TopicPlanner(
            TopicRegistry registry,
            ClusterView cluster,
            TopicDefaults defaults,
            TopicConfigs configs,
            Identifiers identifiers) {
        this.registry = registry;
        this.cluster = cluster;
        this.defaults = defaults;
        this.configs = configs;
        this.identifiers = identifiers;
    }

    /**
     * The topic as it would be created now. Nothing is created.
     *
     * @throws BrokerException with the code that Kafka has for what is wrong
     */
    Topic plan(NewTopic wanted) {
        checkName(wanted.name());
        checkConfigs(wanted);
        return wanted.assignments().isEmpty() ? planByCounts(wanted) : planByAssignments(wanted);
    }

    private void checkName(String name) {
        if (name.equals(Topic.CLUSTER_METADATA)) {
            throw new BrokerException(
                    ErrorCode.INVALID_REQUEST, "Creation of internal topic " + name + " is prohibited.");
        }
        TopicName.fault(name).ifPresent(fault -> {
            throw new BrokerException(ErrorCode.INVALID_TOPIC_EXCEPTION, fault);
        });
        if (registry.find(name).isPresent()) {
            throw new BrokerException(ErrorCode.TOPIC_ALREADY_EXISTS, "Topic '" + name + "' already exists.");
        }
        registry.refuseCollision(name, Set.of());
    }

    private void checkConfigs(NewTopic wanted) {
        wanted.configs().forEach((name, value) -> {
            if (value == null) {
                throw new BrokerException(
                        ErrorCode.INVALID_CONFIG, "Null value not supported for topic configs: " + name);
            }
        });
        configs.check(wanted.configs());
    }

    private Topic planByCounts(NewTopic wanted) {
        int replicas = wanted.replicationFactor();
        if (replicas == 0 || replicas < UNSET) {
            throw new BrokerException(
                    ErrorCode.INVALID_REPLICATION_FACTOR,
                    "Replication factor must be larger than 0, or -1 to use the default value.");
        }
        int partitions = wanted.partitions();
        if (partitions == 0 || partitions < UNSET) {
            throw new BrokerException(
                    ErrorCode.INVALID_PARTITIONS, "Number of partitions was set to an invalid non-positive value.");
        }
        int effectiveReplicas = replicas == UNSET ? defaults.defaultReplicationFactor() : replicas;
        if (effectiveReplicas > cluster.brokerIds().size()) {
            throw new BrokerException(
                    ErrorCode.INVALID_REPLICATION_FACTOR,
                    "Unable to replicate the partition " + effectiveReplicas
                            + " time(s): The target replication factor of " + effectiveReplicas
                            + " cannot be reached because only "
                            + cluster.brokerIds().size()
                            + " broker(s) are registered or some brokers have all their log directories cordoned.");
        }
        return topic(wanted, partitions == UNSET ? defaults.numPartitions() : partitions, (short) effectiveReplicas);
    }

    private Topic planByAssignments(NewTopic wanted) {
        if (wanted.replicationFactor() != UNSET) {
            throw new BrokerException(
                    ErrorCode.INVALID_REQUEST,
                    "A manual partition assignment was specified, but replication factor was not set to -1.");
        }
        if (wanted.partitions() != UNSET) {
            throw new BrokerException(
                    ErrorCode.INVALID_REQUEST,
                    "A manual partition assignment was specified, but numPartitions was not set to -1.");
        }
        short replicas = new ReplicaAssignments(cluster.brokerIds()).checkNewTopic(wanted.assignments());
        return topic(wanted, wanted.assignments().size(), replicas);
    }

    private Topic topic(NewTopic wanted, int partitions, short replicas) {
        return new Topic(wanted.name(), identifiers.newUuid(), partitions, replicas, wanted.configs());
    }
}
