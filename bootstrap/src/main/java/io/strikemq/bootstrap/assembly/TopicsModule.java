package io.strikemq.bootstrap.assembly;

import io.strikemq.application.cluster.ClusterView;
import io.strikemq.application.cluster.SingleVoter;
import io.strikemq.application.config.BrokerConfigAccess;
import io.strikemq.application.config.ConfigAdministration;
import io.strikemq.application.config.DynamicBrokerConfigs;
import io.strikemq.application.config.GroupConfigAccess;
import io.strikemq.application.config.ResourceConfigs;
import io.strikemq.application.config.TopicConfigAccess;
import io.strikemq.application.feature.FeatureAdministration;
import io.strikemq.application.topic.InternalTopics;
import io.strikemq.application.topic.LeaderElections;
import io.strikemq.application.topic.PartitionCreation;
import io.strikemq.application.topic.Reassignments;
import io.strikemq.application.topic.TopicCreation;
import io.strikemq.application.topic.TopicDeletion;
import io.strikemq.application.topic.TopicListings;
import io.strikemq.application.topic.TopicPages;
import io.strikemq.application.topic.TopicPlanner;
import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.application.topic.TopicSettingsCache;
import io.strikemq.bootstrap.config.Configuration;
import io.strikemq.bootstrap.config.Settings;
import io.strikemq.bootstrap.system.WorkerThreads;
import io.strikemq.domain.cluster.ClusterDescription;
import io.strikemq.domain.feature.Feature;
import io.strikemq.domain.port.in.CreatePartitions;
import io.strikemq.domain.port.in.CreateTopics;
import io.strikemq.domain.port.in.DeleteTopics;
import io.strikemq.domain.port.in.DescribeQuorum;
import io.strikemq.domain.port.in.DescribeTopicPartitions;
import io.strikemq.domain.port.in.ElectLeaders;
import io.strikemq.domain.port.in.ManageConfigs;
import io.strikemq.domain.port.in.ReassignPartitions;
import io.strikemq.domain.port.out.BrokerStore;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.ClusterStore;
import io.strikemq.domain.port.out.Identifiers;
import io.strikemq.domain.port.out.TopicCatalog;
import io.strikemq.domain.settings.TopicDefaults;
import io.strikemq.domain.topic.config.BrokerConfigs;
import io.strikemq.domain.topic.config.BrokerLayers;
import io.strikemq.domain.topic.config.CleanerConfigs;
import io.strikemq.domain.topic.config.GroupConfigs;
import io.strikemq.domain.topic.config.TopicConfigs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Topics, their configs, and the cluster. */
final class TopicsModule {
    private TopicsModule() {}

    static TopicDefaults defaults(Configuration configuration) {
        return new TopicDefaults(
                configuration.get(Settings.AUTO_CREATE_TOPICS),
                configuration.get(Settings.NUM_PARTITIONS),
                configuration.get(Settings.REPLICATION_FACTOR).shortValue(),
                configuration.get(Settings.DELETE_TOPICS),
                configuration.get(Settings.OFFSETS_PARTITIONS),
                configuration.get(Settings.TRANSACTION_PARTITIONS),
                configuration.get(Settings.OFFSETS_SEGMENT_BYTES),
                configuration.get(Settings.TRANSACTION_SEGMENT_BYTES),
                configuration.topicDefaults());
    }

    static TopicConfigs topicConfigs(TopicDefaults defaults, DynamicBrokerConfigs brokers) {
        // What the settings say is checked before anything that was altered is looked at.
        new TopicConfigs(defaults.logConfigs());
        CleanerConfigs.settings(BrokerLayers.fromTheStart(defaults.logConfigs()));
        return new TopicConfigs(brokers);
    }

    static ResourceConfigs resourceConfigs(ClusterStore store) {
        return new ResourceConfigs(store);
    }

    static DynamicBrokerConfigs dynamicBrokerConfigs(
            ResourceConfigs configs, Configuration configuration, FeatureAdministration features) {
        Map<String, String> fromTheStart = new HashMap<>(configuration.withoutMeaning());
        fromTheStart.putAll(configuration.topicDefaults());
        return new DynamicBrokerConfigs(
                configs,
                configuration.get(Settings.BROKER_ID),
                fromTheStart,
                () -> features.level(Feature.ELIGIBLE_LEADER_REPLICAS_VERSION) > 0);
    }

    static ClusterView cluster(Configuration configuration, BrokerStore store) {
        int brokerId = configuration.get(Settings.BROKER_ID);
        Map<Integer, String> racks = configuration
                .get(Settings.BROKER_RACK)
                .map(rack -> Map.of(brokerId, rack))
                .orElse(Map.of());
        return new ClusterView(new ClusterDescription(store.clusterId(), brokerId, List.of(brokerId), racks));
    }

    static TopicRegistry registry(TopicCatalog catalog) {
        return new TopicRegistry(catalog);
    }

    static TopicSettingsCache topicSettings(TopicConfigs configs) {
        return new TopicSettingsCache(configs);
    }

    static TopicPlanner planner(
            TopicRegistry registry,
            ClusterView cluster,
            TopicDefaults defaults,
            TopicConfigs configs,
            Identifiers identifiers) {
        return new TopicPlanner(registry, cluster, defaults, configs, identifiers);
    }

    static InternalTopics internalTopics(TopicRegistry registry, TopicPlanner planner, TopicDefaults defaults) {
        return new InternalTopics(registry, planner, defaults);
    }

    static TopicListings describeTopics(
            TopicRegistry registry,
            ClusterView cluster,
            TopicDefaults defaults,
            TopicPlanner planner,
            InternalTopics internalTopics,
            WorkerThreads workers) {
        return new TopicListings(registry, cluster, defaults, planner, internalTopics, workers);
    }

    static DescribeTopicPartitions describeTopicPartitions(
            TopicRegistry registry, ClusterView cluster, Configuration configuration) {
        return new TopicPages(registry, cluster, configuration.get(Settings.MAX_REQUEST_PARTITION_SIZE_LIMIT));
    }

    static CreateTopics createTopics(
            TopicRegistry registry, TopicPlanner planner, TopicDefaults defaults, TopicConfigs configs) {
        return new TopicCreation(registry, planner, defaults, configs);
    }

    static DeleteTopics deleteTopics(TopicRegistry registry, TopicDefaults defaults) {
        return new TopicDeletion(registry, defaults);
    }

    static CreatePartitions createPartitions(TopicRegistry registry, ClusterView cluster) {
        return new PartitionCreation(registry, cluster);
    }

    static ElectLeaders electLeaders(TopicRegistry registry) {
        return new LeaderElections(registry);
    }

    static ReassignPartitions reassignPartitions(TopicRegistry registry, ClusterView cluster) {
        return new Reassignments(registry, cluster);
    }

    static BrokerConfigs brokerConfigs(
            TopicDefaults defaults, TopicConfigs configs, Configuration configuration, DynamicBrokerConfigs dynamic) {
        return new BrokerConfigs(defaults, configs, BrokerSettings.of(configuration), dynamic);
    }

    static ManageConfigs manageConfigs(
            TopicRegistry registry,
            TopicConfigs configs,
            BrokerConfigs brokers,
            ResourceConfigs stored,
            DynamicBrokerConfigs dynamic) {
        return new ConfigAdministration(
                new TopicConfigAccess(registry, configs),
                new BrokerConfigAccess(brokers, stored, dynamic),
                new GroupConfigAccess(new GroupConfigs(brokers::synonyms), stored),
                stored);
    }

    static DescribeQuorum describeQuorum(Configuration configuration, Clock clock) {
        return new SingleVoter(
                configuration.get(Settings.BROKER_ID),
                configuration.get(Settings.CONTROLLER_LISTENERS).get(0),
                clock);
    }
}
