package io.strikemq.domain.group.log;

import java.util.Objects;
import java.util.UUID;

/**
 * How far a group has read a partition.
 *
 * @param offset          of the next record to read
 * @param leaderEpoch     of the last record read; -1 when unknown
 * @param metadata        the member's own note; empty without one
 * @param commitTimestamp when it was committed, in ms
 * @param expireTimestamp when it ends by the client's own will, in ms; -1 for the broker's setting
 * @param topicId         of the topic; null where the log does not tell (offsets with an end of their own, old logs)
 */
public record CommittedOffset(
        long offset, int leaderEpoch, String metadata, long commitTimestamp, long expireTimestamp, UUID topicId) {
    /** Says that the broker's setting decides how long the offset lasts. */
    public static final long NO_EXPIRY = -1;

    public CommittedOffset {
        Objects.requireNonNull(metadata, "metadata");
    }
}
