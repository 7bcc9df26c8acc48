package io.strikemq.domain.group.classic;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * What of a group survives a restart.
 *
 * @param protocolType   null for a group that never had members
 * @param protocolName   null without members
 * @param leaderId       null without members
 * @param stateTimestamp when the group came into its state, in ms; -1 when unknown
 */
public record GroupSnapshot(
        String groupId,
        String protocolType,
        String protocolName,
        int generationId,
        String leaderId,
        long stateTimestamp,
        List<Member> members) {
    public GroupSnapshot {
        members = List.copyOf(members);
    }

    /** The same group, of the same generation, after all members have gone. */
    public GroupSnapshot withoutMembers() {
        return new GroupSnapshot(groupId, protocolType, null, generationId, null, stateTimestamp, List.of());
    }

    /** A member; {@code subscription} is what it told the chosen protocol. */
    public record Member(
            String memberId,
            String groupInstanceId,
            String clientId,
            String clientHost,
            Duration rebalanceTimeout,
            Duration sessionTimeout,
            ByteBuffer subscription,
            ByteBuffer assignment) {}
}
