package io.strikemq.domain.topic;

import java.util.Objects;
import java.util.UUID;

/**
 * One partition of one topic, for good: another topic of the same name, created later, has another id (KIP-516).
 *
 * @param topicId        the topic's id
 * @param topicPartition the topic's name and the partition's number
 */
public record TopicIdPartition(UUID topicId, TopicPartition topicPartition) {
    public TopicIdPartition {
        Objects.requireNonNull(topicId, "topicId");
        Objects.requireNonNull(topicPartition, "topicPartition");
    }

    /** The partition of this number of the topic with this id and name. */
    public TopicIdPartition(UUID topicId, String topic, int partition) {
        this(topicId, new TopicPartition(topic, partition));
    }

    /** The name alone, as users know the partition. */
    @Override
    public String toString() {
        return topicPartition.toString();
    }
}
