package io.strikemq.application.transaction;

import io.strikemq.application.coordinator.CoordinatorTopic;
import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.domain.settings.TopicDefaults;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;

/** Finds a group's partition of {@code __consumer_offsets} as Kafka does, by the topic that there is or will be. */
public final class ConsumerOffsetsPartitions implements TransactionalOffsets {
    private final TopicRegistry topics;
    private final TopicDefaults defaults;

    public ConsumerOffsetsPartitions(TopicRegistry topics, TopicDefaults defaults) {
        this.topics = topics;
        this.defaults = defaults;
    }

    @Override
    public TopicPartition partitionOf(String groupId) {
        int count = topics.find(Topic.CONSUMER_OFFSETS)
                .map(Topic::partitionCount)
                .orElse(defaults.offsetsTopicPartitions());
        return new TopicPartition(Topic.CONSUMER_OFFSETS, CoordinatorTopic.partitionOf(groupId, count));
    }
}
