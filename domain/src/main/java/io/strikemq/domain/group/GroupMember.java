package io.strikemq.domain.group;

import java.util.Objects;

/**
 * Who speaks in a group.
 *
 * @param generationId    -1 outside the group protocol
 * @param memberId        empty outside the group protocol
 * @param groupInstanceId of a static member (KIP-345); null for a dynamic one
 */
public record GroupMember(String groupId, int generationId, String memberId, String groupInstanceId) {
    public GroupMember {
        Objects.requireNonNull(groupId, "groupId");
        Objects.requireNonNull(memberId, "memberId");
    }
}
