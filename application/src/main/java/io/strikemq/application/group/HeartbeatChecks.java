package io.strikemq.application.group;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.consumer.ConsumerHeartbeat;
import io.strikemq.domain.port.in.JoinConsumerGroup.MemberNaming;
import java.util.List;

/** What is wrong with a heartbeat of the consumer protocol, whatever group it means; in Kafka's words. */
final class HeartbeatChecks {
    private HeartbeatChecks() {}

    /** @throws BrokerException INVALID_REQUEST, UNSUPPORTED_ASSIGNOR */
    static void check(ConsumerHeartbeat said, MemberNaming naming, List<String> assignors) {
        boolean needsId = naming == MemberNaming.BY_MEMBER
                || said.memberEpoch() > ConsumerHeartbeat.JOINING
                || said.memberEpoch() == ConsumerHeartbeat.LEAVING;
        require(!needsId || !isBlank(said.memberId()), "MemberId can't be empty.");
        require(!isBlank(said.groupId()), "GroupId can't be empty.");
        require(said.instanceId() == null || !isBlank(said.instanceId()), "InstanceId can't be empty.");
        require(said.rackId() == null || !isBlank(said.rackId()), "RackId can't be empty.");
        if (said.memberEpoch() == ConsumerHeartbeat.JOINING) {
            checkJoin(said);
        } else if (said.memberEpoch() == ConsumerHeartbeat.LEAVING_FOR_A_WHILE) {
            require(said.instanceId() != null, "InstanceId can't be null.");
        } else {
            require(said.memberEpoch() > ConsumerHeartbeat.LEAVING_FOR_A_WHILE, "MemberEpoch is invalid.");
        }
        if (said.assignorName() != null && !assignors.contains(said.assignorName())) {
            throw new BrokerException(
                    ErrorCode.UNSUPPORTED_ASSIGNOR,
                    "ServerAssignor " + said.assignorName() + " is not supported. Supported assignors: "
                            + String.join(", ", assignors) + ".");
        }
    }

    private static void checkJoin(ConsumerHeartbeat said) {
        require(said.rebalanceTimeoutMs() != -1, "RebalanceTimeoutMs must be provided in first request.");
        require(said.owned() != null && said.owned().isEmpty(), "TopicPartitions must be empty when (re-)joining.");
        require(
                said.topicNames() != null || said.topicRegex() != null,
                "Either SubscribedTopicNames or SubscribedTopicRegex must be non-null when (re-)joining.");
    }

    private static boolean isBlank(String text) {
        return text.trim().isEmpty();
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new BrokerException(ErrorCode.INVALID_REQUEST, message);
        }
    }
}
