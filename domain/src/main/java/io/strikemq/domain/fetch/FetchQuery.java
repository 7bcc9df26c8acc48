package io.strikemq.domain.fetch;

import io.strikemq.domain.topic.TopicRef;
import java.time.Duration;
import java.util.List;

/**
 * What a consumer asks to read.
 *
 * @param maxWait        how long to wait for {@code minBytes}
 * @param minBytes       answer as soon as this much is there
 * @param maxBytes       for the whole answer; the first batch of the first partition with data is returned whatever its
 *                       size (KIP-74)
 * @param session        the fetch session (KIP-227); {@link SessionRef#NONE} for requests that know none
 * @param partitions     what to read; in a session only what changed. Of a partition that is named twice, the last
 *                       naming counts
 * @param forgotten      what the session shall no longer read
 * @param maxMagic       the newest message format that the reader understands: 0, 1 or 2
 * @param replicaId      the broker that wants to follow; negative for consumers
 */
public record FetchQuery(
        Duration maxWait,
        int minBytes,
        int maxBytes,
        IsolationLevel isolation,
        SessionRef session,
        List<PartitionQuery> partitions,
        List<ForgottenPartition> forgotten,
        byte maxMagic,
        int replicaId) {
    /** Not a broker that follows. */
    public static final int CONSUMER = -1;

    /** How a version of the API names topics (KIP-516). */
    public enum Naming {
        BY_NAME,
        BY_ID
    }

    /** A fetch session and the epoch of this request in it (KIP-227), and how all its requests name topics. */
    public record SessionRef(int id, int epoch, Naming naming) {
        /** The epoch that opens a session with a full request. */
        public static final int INITIAL_EPOCH = 0;
        /** The epoch that closes a session, or wants none. */
        public static final int FINAL_EPOCH = -1;
        /** No session. */
        public static final SessionRef NONE = new SessionRef(0, FINAL_EPOCH, Naming.BY_NAME);
    }

    /**
     * One partition to read.
     *
     * @param currentLeaderEpoch the leader epoch that the reader knows; -1 when it knows none
     * @param offset             of the first record wanted
     * @param lastFetchedEpoch   the epoch of the last record that the reader has; -1 when it has none (KIP-595)
     * @param logStartOffset     a follower's; -1 for consumers
     * @param maxBytes           for this partition
     */
    public record PartitionQuery(
            TopicRef topic,
            int partition,
            int currentLeaderEpoch,
            long offset,
            int lastFetchedEpoch,
            long logStartOffset,
            int maxBytes) {}

    /** A partition that leaves the session. */
    public record ForgottenPartition(TopicRef topic, int partition) {}
}
