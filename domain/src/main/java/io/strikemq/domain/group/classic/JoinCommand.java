package io.strikemq.domain.group.classic;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * What a member asks for when it joins.
 *
 * @param memberId         empty at the first time
 * @param groupInstanceId  of a static member; null for a dynamic one
 * @param rebalanceTimeout how long the group waits for this member in a rebalance; negative where the member does not
 *     say, for as long as the session
 * @param protocols        in the member's order of preference
 * @param idPolicy         whether a first join must come back with an id (KIP-394)
 * @param skipping         whether a static leader's client knows how to skip its assignment (KIP-814)
 * @param reason           why the member joins (KIP-800); null when it says nothing
 */
public record JoinCommand(
        String groupId,
        String memberId,
        String groupInstanceId,
        Duration sessionTimeout,
        Duration rebalanceTimeout,
        String protocolType,
        List<Protocol> protocols,
        MemberIdPolicy idPolicy,
        AssignmentSkipping skipping,
        String reason) {
    public JoinCommand {
        protocols = List.copyOf(protocols);
    }

    /** What the member says of itself, apart from who it is. */
    public MemberMetadata memberMetadata() {
        return new MemberMetadata(sessionTimeout, rebalanceTimeout, protocolType, protocols);
    }

    /** What a member says of itself when it joins. */
    public record MemberMetadata(
            Duration sessionTimeout, Duration rebalanceTimeout, String protocolType, List<Protocol> protocols) {
        public MemberMetadata {
            protocols = List.copyOf(protocols);
        }
    }

    /** An assignor's name and what the member tells it; the bytes belong to the receiver and are only read. */
    public record Protocol(String name, ByteBuffer metadata) {}

    /** What a dynamic member without an id gets at its first join. */
    public enum MemberIdPolicy {
        /** It is a member at once (JoinGroup 0 to 3). */
        JOIN_AT_ONCE,
        /** It gets MEMBER_ID_REQUIRED and an id to join with (JoinGroup 4 and newer). */
        ID_FIRST
    }

    /** Whether a leader may be told to skip its assignment. */
    public enum AssignmentSkipping {
        SUPPORTED,
        UNSUPPORTED
    }
}
