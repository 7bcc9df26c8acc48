package io.strikemq.application.topic;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.settings.TopicDefaults;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.admin.NewTopic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Creates the topics that belong to the broker itself, with Kafka's configs, when they are first needed. */
public final class InternalTopics {
    private static final Map<String, String> CONSUMER_OFFSETS_CONFIGS =
            Map.of("cleanup.policy", "compact", "compression.type", "producer");
    private static final Map<String, String> TRANSACTION_STATE_CONFIGS = Map.of(
            "cleanup.policy", "compact",
            "compression.type", "uncompressed",
            "unclean.leader.election.enable", "false",
            "min.insync.replicas", "1");
    private static final short BROKERS_DEFAULT = -1;

    private final TopicRegistry registry;
    private final TopicPlanner planner;
    private final TopicDefaults defaults;

    public InternalTopics(TopicRegistry registry, TopicPlanner planner, TopicDefaults defaults) {
        this.registry = registry;
        this.planner = planner;
        this.defaults = defaults;
    }

    /** As {@link #ensure}, the topic of committed offsets. */
    public Topic ensureConsumerOffsets() {
        return ensure(Topic.CONSUMER_OFFSETS);
    }

    /** As {@link #ensure}, the topic of transactions. */
    public Topic ensureTransactionState() {
        return ensure(Topic.TRANSACTION_STATE);
    }

    /** Whether {@link #ensure} can be asked for a topic of this name. */
    boolean knows(String name) {
        return name.equals(Topic.CONSUMER_OFFSETS) || name.equals(Topic.TRANSACTION_STATE);
    }

    /**
     * The topic of that name, created when there is none. Callable from any thread, and cheap once it is there.
     *
     * @throws BrokerException when it cannot be created (KAFKA_STORAGE_ERROR)
     */
    Topic ensure(String name) {
        return registry.find(name)
                .orElseGet(() -> registry.exclusively(() -> registry.find(name).orElseGet(() -> create(name))));
    }

    private Topic create(String name) {
        boolean isOffsets = name.equals(Topic.CONSUMER_OFFSETS);
        Topic topic = planner.plan(new NewTopic(
                name,
                isOffsets ? defaults.offsetsTopicPartitions() : defaults.transactionTopicPartitions(),
                BROKERS_DEFAULT,
                List.of(),
                isOffsets
                        ? with(defaults.offsetsSegmentBytes(), CONSUMER_OFFSETS_CONFIGS)
                        : with(defaults.transactionSegmentBytes(), TRANSACTION_STATE_CONFIGS)));
        registry.create(topic);
        return topic;
    }

    private static Map<String, String> with(int segmentBytes, Map<String, String> configs) {
        Map<String, String> all = new HashMap<>(configs);
        all.put("segment.bytes", Integer.toString(segmentBytes));
        return all;
    }
}
