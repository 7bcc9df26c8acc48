package io.strikemq.domain.group.classic;

import io.strikemq.domain.group.GroupMember;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What a member asks for its assignment with; the leader brings those of all.
 *
 * @param protocolType what the member believes the type to be; null when it does not say (before SyncGroup 5)
 * @param protocolName what the member believes the protocol to be; null when it does not say
 * @param assignments  empty unless the member leads
 */
public record SyncCommand(GroupMember member, String protocolType, String protocolName, List<Assignment> assignments) {
    public SyncCommand {
        assignments = List.copyOf(assignments);
    }

    /** What the leader assigned to a member; the bytes belong to the receiver and are only read. */
    public record Assignment(String memberId, ByteBuffer assignment) {}
}
