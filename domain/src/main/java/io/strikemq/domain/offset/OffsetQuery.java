package io.strikemq.domain.offset;

import io.strikemq.domain.topic.TopicPartition;

/**
 * Asks for the first offset whose record is at least as new as a timestamp, or for a special offset.
 *
 * @param currentLeaderEpoch the leader epoch that the client knows; -1 when it knows none
 * @param timestamp          in ms, or one of the constants
 */
public record OffsetQuery(TopicPartition partition, int currentLeaderEpoch, long timestamp) {
    /** The log end as the reader may see it. */
    public static final long LATEST = -1;
    /** The log start offset. */
    public static final long EARLIEST = -2;
    /** The record with the largest timestamp (KIP-734). */
    public static final long MAX_TIMESTAMP = -3;
    /** The first offset on local disk (KIP-405): the log start offset, without tiered storage. */
    public static final long EARLIEST_LOCAL = -4;
    /** The last offset in tiered storage (KIP-1005): there is none. */
    public static final long LATEST_TIERED = -5;
    /** The first offset not yet uploaded to tiered storage (KIP-1023). */
    public static final long EARLIEST_PENDING_UPLOAD = -6;
    /** A special offset that the client's version does not know: it is answered as those that nobody knows. */
    public static final long UNSUPPORTED = Long.MIN_VALUE;

    /** Whether the timestamp is one, or a special offset that is known. */
    public boolean isSupported() {
        return timestamp >= EARLIEST_PENDING_UPLOAD;
    }
}
