package io.strikemq.domain.topic;

import java.util.List;

/**
 * A part of what there is to tell of topics (KIP-966).
 *
 * @param topics by name; the first and the last may have a part of their partitions only
 * @param next   where the next page begins; null on the last one
 */
public record TopicPage(List<TopicListing> topics, TopicPartition next) {
    public TopicPage {
        topics = List.copyOf(topics);
    }
}
