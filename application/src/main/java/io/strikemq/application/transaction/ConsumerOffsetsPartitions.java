package io.strikemq.application.transaction;

import io.strikemq.application.coordinator.CoordinatorTopic;
import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.domain.settings.TopicDefaults;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;

/**
 * What a transaction has to know of groups whose offsets take part in it: where these lie. The markers of that partition are
 * written like all others, so that whoever keeps the offsets hears of the end there, whoever has written the marker.
 */
public final class ConsumerOffsetsPartitions {
    private final TopicRegistry topics;
    private final TopicDefaults defaults;

    public ConsumerOffsetsPartitions(TopicRegistry topics, TopicDefaults defaults) {
        this.topics = topics;
        this.defaults = defaults;
    }

    /** A group's partition of {@code __consumer_offsets} as Kafka chooses it, by the topic that there is or will be. */
    public TopicPartition partitionOf(String groupId) {
        int count = topics.find(Topic.CONSUMER_OFFSETS)
                .map(Topic::partitionCount)
                .orElse(defaults.offsetsTopicPartitions());
        return new TopicPartition(Topic.CONSUMER_OFFSETS, CoordinatorTopic.partitionOf(groupId, count));
    }
}
