package io.strikemq.domain.group.classic;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupMember;
import java.util.Map;
import java.util.Optional;

/** Whether somebody is who it says it is. */
final class MemberCheck {
    private MemberCheck() {}

    /** The static member of this instance id (KIP-345). */
    static Optional<ClassicMember> byInstance(Map<String, ClassicMember> members, String instanceId) {
        return members.values().stream()
                .filter(member -> instanceId.equals(member.instanceId()))
                .findFirst();
    }

    /** NONE for a member; a static one that another took the place of is fenced. */
    static ErrorCode identity(Map<String, ClassicMember> members, String memberId, String instanceId) {
        if (instanceId != null) {
            Optional<ClassicMember> current = byInstance(members, instanceId);
            if (current.isEmpty()) {
                return ErrorCode.UNKNOWN_MEMBER_ID;
            }
            if (!current.get().id().equals(memberId)) {
                return ErrorCode.FENCED_INSTANCE_ID;
            }
        }
        return members.containsKey(memberId) ? ErrorCode.NONE : ErrorCode.UNKNOWN_MEMBER_ID;
    }

    /** As above, and the member must know the current generation. */
    static ErrorCode inGeneration(
            Map<String, ClassicMember> members, ClassicGroup.Generation generation, GroupMember member) {
        ErrorCode identity = identity(members, member.memberId(), member.groupInstanceId());
        if (identity != ErrorCode.NONE) {
            return identity;
        }
        return member.generationId() == generation.id() ? ErrorCode.NONE : ErrorCode.ILLEGAL_GENERATION;
    }
}
