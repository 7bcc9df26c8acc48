package io.strikemq.adapter.kafka.api.groups;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.ConsumerGroupHeartbeatRequest;
import io.strikemq.adapter.kafka.message.ConsumerGroupHeartbeatResponse;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.consumer.ConsumerHeartbeat;
import io.strikemq.domain.group.consumer.HeartbeatResult;
import io.strikemq.domain.group.consumer.TopicPartitions;
import io.strikemq.domain.port.in.JoinConsumerGroup;
import io.strikemq.domain.port.in.JoinConsumerGroup.MemberNaming;
import java.time.Duration;
import java.util.List;

/**
 * ConsumerGroupHeartbeat, versions 0 and 1 (KIP-848).
 *
 * <p>Version 1 brings the regular expression of topics, and has members choose their ids themselves (KIP-1082).
 */
public final class ConsumerGroupHeartbeatApi extends Api<ConsumerGroupHeartbeatRequest> {
    private static final short FIRST_NAMED_BY_MEMBER = 1;

    private final JoinConsumerGroup joinConsumerGroup;

    public ConsumerGroupHeartbeatApi(JoinConsumerGroup joinConsumerGroup) {
        super(ApiKey.CONSUMER_GROUP_HEARTBEAT, ConsumerGroupHeartbeatRequest::read);
        this.joinConsumerGroup = joinConsumerGroup;
    }

    @Override
    protected boolean isOffered() {
        return joinConsumerGroup.isServed();
    }

    @Override
    public void handle(ApiCall<ConsumerGroupHeartbeatRequest> call) {
        MemberNaming naming = call.version() >= FIRST_NAMED_BY_MEMBER ? MemberNaming.BY_MEMBER : MemberNaming.BY_BROKER;
        call.replyWhen(
                joinConsumerGroup.heartbeat(call.context(), heartbeat(call.request()), naming),
                ConsumerGroupHeartbeatApi::response);
    }

    private static ConsumerHeartbeat heartbeat(ConsumerGroupHeartbeatRequest request) {
        List<TopicPartitions> owned = request.topicPartitions() == null
                ? null
                : each(request.topicPartitions(), topic -> new TopicPartitions(topic.topicId(), topic.partitions()));
        return new ConsumerHeartbeat(
                request.groupId(),
                request.memberId(),
                request.memberEpoch(),
                request.instanceId(),
                request.rackId(),
                request.rebalanceTimeoutMs(),
                request.subscribedTopicNames(),
                request.subscribedTopicRegex(),
                request.serverAssignor(),
                owned);
    }

    private static ConsumerGroupHeartbeatResponse response(HeartbeatResult result) {
        return ConsumerGroupHeartbeatResponse.builder()
                .errorCode(result.error().code())
                .errorMessage(result.message())
                .memberId(result.memberId())
                .memberEpoch(result.memberEpoch())
                .heartbeatIntervalMs((int) result.heartbeatInterval().toMillis())
                .assignment(result.assignment() == null ? null : assignment(result))
                .build();
    }

    private static ConsumerGroupHeartbeatResponse.Assignment assignment(HeartbeatResult result) {
        return ConsumerGroupHeartbeatResponse.Assignment.builder()
                .topicPartitions(each(
                        List.copyOf(result.assignment().entrySet()),
                        topic -> ConsumerGroupHeartbeatResponse.TopicPartitions.builder()
                                .topicId(topic.getKey())
                                .partitions(topic.getValue().stream().sorted().toList())
                                .build()))
                .build();
    }

    @Override
    public ConsumerGroupHeartbeatResponse refusal(
            ConsumerGroupHeartbeatRequest request, short version, ErrorCode error, String message) {
        return response(new HeartbeatResult(error, message, null, 0, Duration.ZERO, null));
    }
}
