package io.strikemq.domain.group.classic;

/**
 * A member that leaves: by its id, or for a static one by its instance id (then the id may be empty); reason may be
 * null.
 */
public record LeavingMember(String memberId, String groupInstanceId, String reason) {}
