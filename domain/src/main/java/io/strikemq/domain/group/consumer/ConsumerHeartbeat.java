package io.strikemq.domain.group.consumer;

import java.util.List;

/**
 * What a member says with a heartbeat (KIP-848). What is null has not changed since it was last said.
 *
 * @param memberId           chosen by the member; empty where an old client leaves it to the broker
 * @param memberEpoch        the member's epoch, or one of the constants here
 * @param instanceId         of a static member; null for a dynamic one
 * @param rackId             may be null
 * @param rebalanceTimeoutMs how long it may take the member to give up partitions; -1 for no change
 * @param topicNames         may be null
 * @param topicRegex         a regular expression (RE2) that names topics; may be null, and empty for none
 * @param assignorName       may be null
 * @param owned              the partitions that it has at the moment; may be null
 */
public record ConsumerHeartbeat(
        String groupId,
        String memberId,
        int memberEpoch,
        String instanceId,
        String rackId,
        int rebalanceTimeoutMs,
        List<String> topicNames,
        String topicRegex,
        String assignorName,
        List<TopicPartitions> owned) {
    /** The epoch of a member that joins. */
    public static final int JOINING = 0;
    /** The epoch of a member that leaves. */
    public static final int LEAVING = -1;
    /** The epoch of a static member that leaves to come back. */
    public static final int LEAVING_FOR_A_WHILE = -2;

    /** Whether it says all that a member can say of itself, as after an error. */
    boolean isFull() {
        return rebalanceTimeoutMs != -1 && (topicNames != null || topicRegex != null) && owned != null;
    }

    /** Whether it tells nothing of the member but where it is, as most do; the instance id is who it is. */
    boolean saysNothingOfItself() {
        return instanceId == null
                && rackId == null
                && rebalanceTimeoutMs == -1
                && topicNames == null
                && topicRegex == null
                && assignorName == null;
    }

    /** Whether the member leaves, be it for a while. */
    public boolean leaves() {
        return memberEpoch == LEAVING || memberEpoch == LEAVING_FOR_A_WHILE;
    }

    /** Whether it may change what the group is to look like, so that answering may take long. */
    public boolean mayChangeMuch() {
        return memberEpoch <= 0 || topicNames != null || topicRegex != null || assignorName != null;
    }
}
