package io.strikemq.domain.group.consumer;

import java.util.List;
import java.util.UUID;

/** Partitions of one topic, as a member names them. */
public record TopicPartitions(UUID topicId, List<Integer> partitions) {
    public TopicPartitions {
        partitions = List.copyOf(partitions);
    }
}
