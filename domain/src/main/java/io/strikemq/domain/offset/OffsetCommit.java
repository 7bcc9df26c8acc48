package io.strikemq.domain.offset;

import io.strikemq.domain.topic.TopicRef;

/**
 * An offset to be committed.
 *
 * @param leaderEpoch     of the last record consumed; -1 when unknown
 * @param metadata        the member's own note; null is kept as empty
 * @param commitTimestamp in ms; -1 for now (OffsetCommit 1 alone lets the client say)
 * @param retentionMs     how long to keep it; -1 for the broker's setting (OffsetCommit 2 to 4)
 */
public record OffsetCommit(
        TopicRef topic,
        int partition,
        long offset,
        int leaderEpoch,
        String metadata,
        long commitTimestamp,
        long retentionMs) {}
