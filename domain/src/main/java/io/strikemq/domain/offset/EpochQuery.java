package io.strikemq.domain.offset;

import io.strikemq.domain.topic.TopicPartition;

/**
 * Asks where the log of {@code leaderEpoch} ended; {@code currentLeaderEpoch} is what the client knows, -1 for nothing.
 */
public record EpochQuery(TopicPartition partition, int currentLeaderEpoch, int leaderEpoch) {}
