package io.strikemq.domain.topic;

import java.util.Objects;

/** One partition of a topic, by name; partitions count from 0. Sorted by topic, then by partition. */
public record TopicPartition(String topic, int partition) implements Comparable<TopicPartition> {
    public TopicPartition {
        Objects.requireNonNull(topic, "topic");
    }

    @Override
    public int compareTo(TopicPartition other) {
        int byTopic = topic.compareTo(other.topic);
        return byTopic != 0 ? byTopic : Integer.compare(partition, other.partition);
    }

    /** Kafka's usual spelling: {@code topic-partition}. */
    @Override
    public String toString() {
        return topic + "-" + partition;
    }
}
