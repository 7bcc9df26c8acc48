package io.strikemq.domain.group.steering;

import java.util.Objects;

/**
 * Which members of a group are meant.
 *
 * @param value the id; null where everybody is meant
 */
public record MemberPick(Kind kind, String value) {
    private static final MemberPick EVERYBODY = new MemberPick(Kind.EVERYBODY, null);

    /** By what a member is known. */
    public enum Kind {
        MEMBER_ID,
        GROUP_INSTANCE_ID,
        CLIENT_ID,
        EVERYBODY
    }

    /** The member of this id. */
    public static MemberPick member(String memberId) {
        return new MemberPick(Kind.MEMBER_ID, Objects.requireNonNull(memberId, "memberId"));
    }

    /** The static member of this group instance id (KIP-345). */
    public static MemberPick instance(String groupInstanceId) {
        return new MemberPick(Kind.GROUP_INSTANCE_ID, Objects.requireNonNull(groupInstanceId, "groupInstanceId"));
    }

    /** All members whose client has this {@code client.id}. */
    public static MemberPick client(String clientId) {
        return new MemberPick(Kind.CLIENT_ID, Objects.requireNonNull(clientId, "clientId"));
    }

    /** All members. */
    public static MemberPick everybody() {
        return EVERYBODY;
    }

    /** Whether this is one of those that are meant. */
    public boolean matches(Candidate member) {
        return switch (kind) {
            case MEMBER_ID -> value.equals(member.id());
            case GROUP_INSTANCE_ID -> value.equals(member.instanceId());
            case CLIENT_ID -> value.equals(member.clientId());
            case EVERYBODY -> true;
        };
    }

    /** A member that may be picked; {@code instanceId} is null for a dynamic one. */
    public record Candidate(String id, String instanceId, String clientId) {}

    /** As in a sentence: {@code client id 'billing'}. */
    @Override
    public String toString() {
        return switch (kind) {
            case MEMBER_ID -> "member id '" + value + "'";
            case GROUP_INSTANCE_ID -> "group instance id '" + value + "'";
            case CLIENT_ID -> "client id '" + value + "'";
            case EVERYBODY -> "any id";
        };
    }
}
