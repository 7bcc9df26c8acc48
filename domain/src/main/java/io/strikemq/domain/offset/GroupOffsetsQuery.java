package io.strikemq.domain.offset;

import io.strikemq.domain.topic.TopicRef;
import java.util.List;

/**
 * Asks for a group's committed offsets.
 *
 * @param memberId    of the newer protocol's member (KIP-848); null or empty for others
 * @param memberEpoch of that member; -1 for others
 * @param partitions  null for all that have a committed offset
 * @param stability   whether offsets of open transactions must be waited out (KIP-447)
 */
public record GroupOffsetsQuery(
        String groupId, String memberId, int memberEpoch, List<Partition> partitions, Stability stability) {

    /** A partition asked for. */
    public record Partition(TopicRef topic, int partition) {}

    /** What is said of partitions whose offset an open transaction may change. */
    public enum Stability {
        /** The last committed offset. */
        ANY,
        /** UNSTABLE_OFFSET_COMMIT. */
        STABLE_ONLY
    }
}
