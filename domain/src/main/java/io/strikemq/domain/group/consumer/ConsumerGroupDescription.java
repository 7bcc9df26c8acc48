package io.strikemq.domain.group.consumer;

import io.strikemq.domain.error.ErrorCode;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A group of the consumer protocol in full (KIP-848).
 *
 * @param error    NONE, or why nothing more is said
 * @param message  one sentence about the error; null without one
 * @param state    Kafka's name of the state: Empty, Assigning, Reconciling, Stable, Dead
 * @param assignor the server's assignor that counts
 */
public record ConsumerGroupDescription(
        ErrorCode error,
        String message,
        String groupId,
        String state,
        int groupEpoch,
        int assignmentEpoch,
        String assignor,
        List<Member> members) {
    public ConsumerGroupDescription {
        members = List.copyOf(members);
    }

    /** A group that cannot be described. */
    public static ConsumerGroupDescription failed(String groupId, ErrorCode error, String message) {
        return new ConsumerGroupDescription(error, message, groupId, "", 0, 0, "", List.of());
    }

    /**
     * A member.
     *
     * @param instanceId null for a dynamic one
     * @param rackId     may be null
     * @param topicRegex empty for none
     * @param assigned   what it has, also what it is to give up
     * @param target     what it is to have in the end
     * @param isClassic  whether it speaks the classic protocol
     */
    public record Member(
            String memberId,
            String instanceId,
            String rackId,
            int epoch,
            String clientId,
            String clientHost,
            Set<String> topicNames,
            String topicRegex,
            List<Topic> assigned,
            List<Topic> target,
            boolean isClassic) {}

    /** Partitions of a topic. */
    public record Topic(UUID id, String name, List<Integer> partitions) {}
}
