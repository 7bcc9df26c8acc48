package io.strikemq.domain.group.classic;

import io.strikemq.domain.error.ErrorCode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * A group in full.
 *
 * @param error        NONE, or why nothing more is said
 * @param message      one sentence about the error; null without one
 * @param state        Kafka's name of the state: Empty, PreparingRebalance, CompletingRebalance, Stable, Dead
 * @param generationId of the current generation; 0 for a group that never had one
 * @param protocolName null or empty before one was chosen
 * @param leaderId     null without a leader
 */
public record GroupDescription(
        ErrorCode error,
        String message,
        String groupId,
        String state,
        int generationId,
        String protocolType,
        String protocolName,
        String leaderId,
        List<Member> members) {
    public GroupDescription {
        members = List.copyOf(members);
    }

    /**
     * A member.
     *
     * @param metadata   what it told the chosen protocol; empty outside Stable, as in Kafka
     * @param assignment what a leader last assigned to it; outside Stable too, as in Kafka
     */
    public record Member(
            String memberId,
            String groupInstanceId,
            String clientId,
            String clientHost,
            Duration sessionTimeout,
            Duration rebalanceTimeout,
            ByteBuffer metadata,
            ByteBuffer assignment) {}
}
