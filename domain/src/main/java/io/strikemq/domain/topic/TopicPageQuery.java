package io.strikemq.domain.topic;

import java.util.List;

/**
 * Which topics to tell of, and which part of them (KIP-966).
 *
 * @param topics         their names, in any order; none asks for all topics
 * @param partitionLimit how many partitions the answer may have; what is below 1 counts as 1
 * @param from           where the page begins; null for the beginning
 */
public record TopicPageQuery(List<String> topics, int partitionLimit, TopicPartition from) {
    public TopicPageQuery {
        topics = List.copyOf(topics);
    }
}
