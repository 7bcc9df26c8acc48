package io.strikemq.application.topic;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.settings.TopicDefaults;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.admin.NewTopic;
import java.util.List;
import java.util.Map;

/** Creates the topics that belong to the broker itself, with Kafka's configs, when they are first needed. */
public final class InternalTopics {
    private static final Map<String, String> CONSUMER_OFFSETS_CONFIGS =
            Map.of("cleanup.policy", "compact", "compression.type", "producer", "segment.bytes", "104857600");
    private static final short BROKERS_DEFAULT = -1;

    private final TopicRegistry registry;
    private final TopicPlanner planner;
    private final TopicDefaults defaults;

    public InternalTopics(TopicRegistry registry, TopicPlanner planner, TopicDefaults defaults) {
        this.registry = registry;
        this.planner = planner;
        this.defaults = defaults;
    }

    /**
     * The topic of committed offsets, created when there is none. Callable from any thread, and cheap once it is there.
     *
     * @throws BrokerException when it cannot be created (KAFKA_STORAGE_ERROR)
     */
    public Topic ensureConsumerOffsets() {
        return registry.find(Topic.CONSUMER_OFFSETS)
                .orElseGet(() -> registry.exclusively(
                        () -> registry.find(Topic.CONSUMER_OFFSETS).orElseGet(this::createConsumerOffsets)));
    }

    private Topic createConsumerOffsets() {
        Topic topic = planner.plan(new NewTopic(
                Topic.CONSUMER_OFFSETS,
                defaults.offsetsTopicPartitions(),
                BROKERS_DEFAULT,
                List.of(),
                CONSUMER_OFFSETS_CONFIGS));
        registry.create(topic);
        return topic;
    }
}
