package io.strikemq.domain.group.consumer;

import io.strikemq.domain.error.ErrorCode;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The answer to a heartbeat of a consumer group's member.
 *
 * @param message           one sentence about the error; null without one
 * @param memberId          null after an error
 * @param heartbeatInterval when to come again; zero after an error and for who left
 * @param assignment        the partitions that the member is to have, by topic id; null when that has not changed
 */
public record HeartbeatResult(
        ErrorCode error,
        String message,
        String memberId,
        int memberEpoch,
        Duration heartbeatInterval,
        Map<UUID, Set<Integer>> assignment) {
    /** The heartbeat was refused. */
    public static HeartbeatResult refused(ErrorCode error, String message) {
        return new HeartbeatResult(error, message, null, 0, Duration.ZERO, null);
    }

    /** The member has left. */
    static HeartbeatResult left(String memberId, int memberEpoch) {
        return new HeartbeatResult(ErrorCode.NONE, null, memberId, memberEpoch, Duration.ZERO, null);
    }
}
