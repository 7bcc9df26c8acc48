package io.strikemq.application.topic;

import io.strikemq.adapter.storage.memory.HeapClusterStore;
import io.strikemq.adapter.storage.memory.HeapTopicCatalog;
import io.strikemq.application.cluster.ClusterView;
import io.strikemq.application.config.BrokerConfigAccess;
import io.strikemq.application.config.ConfigAdministration;
import io.strikemq.application.config.DynamicBrokerConfigs;
import io.strikemq.application.config.GroupConfigAccess;
import io.strikemq.application.config.ResourceConfigs;
import io.strikemq.application.config.TopicConfigAccess;
import io.strikemq.domain.cluster.ClusterDescription;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.out.ClusterStore;
import io.strikemq.domain.port.out.FixedIdentifiers;
import io.strikemq.domain.port.out.Identifiers;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.settings.TopicDefaults;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.admin.Mode;
import io.strikemq.domain.topic.admin.NewTopic;
import io.strikemq.domain.topic.admin.ReplicaAssignment;
import io.strikemq.domain.topic.admin.TopicCreated;
import io.strikemq.domain.topic.config.BrokerConfigs;
import io.strikemq.domain.topic.config.GroupConfigs;
import io.strikemq.domain.topic.config.TopicConfigs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The topic administration of one broker, id 0, on top of a catalog on the heap. */
public final class TopicFixture {
    public static final RequestContext ANYONE =
            new RequestContext(0, "PLAINTEXT", RequestContext.ANONYMOUS, "test", "/127.0.0.1");

    public final HeapTopicCatalog catalog = new HeapTopicCatalog();
    public final TopicRegistry registry = new TopicRegistry(catalog);
    public final TopicSettingsCache settings;
    public final InternalTopics internalTopics;
    public final TopicCreation creation;
    public final TopicDeletion deletion;
    public final PartitionCreation growth;
    public final TopicListings listings;
    public final ConfigAdministration configs;
    /** What a next process would find. */
    public final ClusterStore store = new HeapClusterStore();

    public final ResourceConfigs stored;
    public final DynamicBrokerConfigs dynamic;
    /** Whether eligible leader replicas are in use. */
    public boolean hasElr = true;

    public TopicFixture(TopicDefaults defaults, Integer... brokerIds) {
        Identifiers identifiers = new FixedIdentifiers(1);
        ClusterView cluster =
                new ClusterView(new ClusterDescription("AAAAAAAAAAAAAAAAAAAAAA", brokerIds[0], List.of(brokerIds)));
        stored = new ResourceConfigs(store);
        dynamic = new DynamicBrokerConfigs(stored, brokerIds[0], defaults.logConfigs(), () -> hasElr);
        stored.onChange(resource -> {
            dynamic.refresh();
            registry.defaultsChanged();
        });
        TopicConfigs topicConfigs = new TopicConfigs(dynamic);
        settings = new TopicSettingsCache(topicConfigs);
        registry.addListener(settings);
        TopicPlanner planner = new TopicPlanner(registry, cluster, defaults, topicConfigs, identifiers);
        internalTopics = new InternalTopics(registry, planner, defaults);
        creation = new TopicCreation(registry, planner, defaults, topicConfigs);
        deletion = new TopicDeletion(registry, defaults);
        growth = new PartitionCreation(registry, cluster);
        listings = new TopicListings(registry, cluster, defaults, planner, internalTopics, Runnable::run);
        BrokerConfigs brokers = new BrokerConfigs(defaults, topicConfigs, List.of(), dynamic);
        configs = new ConfigAdministration(
                new TopicConfigAccess(registry, topicConfigs),
                new BrokerConfigAccess(brokers, stored, dynamic),
                new GroupConfigAccess(new GroupConfigs(brokers::synonyms), stored),
                stored);
    }

    /** A single broker as it comes. */
    public static TopicFixture usual() {
        return new TopicFixture(TopicDefaults.DEFAULT, 0);
    }

    public List<TopicCreated> create(NewTopic... topics) {
        return creation.create(ANYONE, List.of(topics), Mode.APPLY);
    }

    public List<TopicCreated> validate(NewTopic... topics) {
        return creation.create(ANYONE, List.of(topics), Mode.VALIDATE_ONLY);
    }

    /** The error of each topic, in the order of the answer. */
    public List<ErrorCode> errors(NewTopic... topics) {
        return validate(topics).stream().map(TopicCreated::error).toList();
    }

    /** A topic that is there now. */
    public Topic existing(String name, int partitions) {
        return create(topic(name, partitions, 1)).get(0).topic();
    }

    public UUID idOf(String name) {
        return registry.find(name).orElseThrow().id();
    }

    public static NewTopic topic(String name, int partitions, int replicationFactor) {
        return new NewTopic(name, partitions, (short) replicationFactor, List.of(), Map.of());
    }

    public static NewTopic configured(String name, String config, String value) {
        Map<String, String> configs = new HashMap<>();
        configs.put(config, value);
        return new NewTopic(name, 1, (short) 1, List.of(), configs);
    }

    public static NewTopic assigned(String name, Map<Integer, List<Integer>> assignments) {
        List<ReplicaAssignment> each = new ArrayList<>();
        assignments.forEach((partition, brokers) -> each.add(new ReplicaAssignment(partition, brokers)));
        return new NewTopic(name, -1, (short) -1, each, Map.of());
    }
}
