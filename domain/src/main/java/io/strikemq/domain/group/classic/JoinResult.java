package io.strikemq.domain.group.classic;

import io.strikemq.domain.error.ErrorCode;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The answer to a join.
 *
 * @param generationId   -1 after an error
 * @param protocolType   null where unknown
 * @param protocolName   null where unknown
 * @param leaderId       empty after an error
 * @param skipAssignment whether the leader shall not compute an assignment (KIP-814)
 * @param memberId       the member's id from now on; also set with MEMBER_ID_REQUIRED
 * @param members        everybody, for the leader; empty for all others
 */
public record JoinResult(
        ErrorCode error,
        int generationId,
        String protocolType,
        String protocolName,
        String leaderId,
        boolean skipAssignment,
        String memberId,
        List<Joined> members) {
    public JoinResult {
        members = List.copyOf(members);
    }

    /** A member and what it told the chosen protocol. */
    public record Joined(String memberId, String groupInstanceId, ByteBuffer metadata) {}

    /** The join was refused. */
    public static JoinResult refused(ErrorCode error, String memberId) {
        return new JoinResult(error, -1, null, null, "", false, memberId, List.of());
    }
}
