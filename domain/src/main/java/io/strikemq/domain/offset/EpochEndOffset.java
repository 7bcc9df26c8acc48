package io.strikemq.domain.offset;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.topic.TopicPartition;

/**
 * Where an epoch ended: the largest known epoch not beyond the one asked for, and its end offset; -1, -1 for unknown.
 */
public record EpochEndOffset(TopicPartition partition, ErrorCode error, int leaderEpoch, long endOffset) {}
