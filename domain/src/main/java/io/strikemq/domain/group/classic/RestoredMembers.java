package io.strikemq.domain.group.classic;

import io.strikemq.domain.group.GroupEvent.Client;
import io.strikemq.domain.group.classic.JoinCommand.MemberMetadata;
import io.strikemq.domain.group.classic.JoinCommand.Protocol;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The members of a group that was stored. A log may hold anything: what no group can be is refused here. */
final class RestoredMembers {
    private RestoredMembers() {}

    /**
     * The members by their ids, in the order in which they were stored.
     *
     * @param type the group's protocol type; null without one
     * @throws IllegalArgumentException when there cannot be such members
     */
    static Map<String, ClassicMember> of(GroupSnapshot stored, String type) {
        Map<String, ClassicMember> members = new LinkedHashMap<>();
        Set<String> instanceIds = new HashSet<>();
        for (GroupSnapshot.Member member : stored.members()) {
            require(type != null && stored.protocolName() != null, "members, but no protocol");
            require(!member.memberId().isEmpty(), "a member without an id");
            require(
                    members.put(member.memberId(), restored(member, type, stored.protocolName())) == null,
                    "member " + member.memberId() + " twice");
            require(
                    member.groupInstanceId() == null || instanceIds.add(member.groupInstanceId()),
                    "group instance id " + member.groupInstanceId() + " twice");
        }
        return members;
    }

    /** The leader that was stored; the first member where that is not one of them. */
    static String leader(GroupSnapshot stored, Map<String, ClassicMember> members) {
        return stored.leaderId() != null && members.containsKey(stored.leaderId())
                ? stored.leaderId()
                : members.keySet().iterator().next();
    }

    private static ClassicMember restored(GroupSnapshot.Member member, String type, String protocol) {
        MemberMetadata metadata = new MemberMetadata(
                member.sessionTimeout(),
                member.rebalanceTimeout(),
                type,
                List.of(new Protocol(protocol, member.subscription())));
        return new ClassicMember(
                member.memberId(),
                member.groupInstanceId(),
                new Client(member.clientId(), member.clientHost()),
                metadata,
                member.assignment(),
                false,
                ClassicMember.NO_REQUEST,
                ClassicMember.NO_REQUEST);
    }

    private static void require(boolean holds, String found) {
        if (!holds) {
            throw new IllegalArgumentException("the log tells of " + found);
        }
    }
}
