package io.strikemq.domain.topic;

import java.util.Objects;

/** One partition of a topic, by name; partitions count from 0. */
public record TopicPartition(String topic, int partition) {
    public TopicPartition {
        Objects.requireNonNull(topic, "topic");
    }

    /** Kafka's usual spelling: {@code topic-partition}. */
    @Override
    public String toString() {
        return topic + "-" + partition;
    }
}
