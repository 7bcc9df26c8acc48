package io.strikemq.adapter.kafka.api.groups;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.api.AuthorizedOperations;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.ConsumerGroupDescribeRequest;
import io.strikemq.adapter.kafka.message.ConsumerGroupDescribeResponse;
import io.strikemq.adapter.kafka.message.ConsumerGroupDescribeResponse.Assignment;
import io.strikemq.adapter.kafka.message.ConsumerGroupDescribeResponse.DescribedGroup;
import io.strikemq.adapter.kafka.message.ConsumerGroupDescribeResponse.Member;
import io.strikemq.adapter.kafka.message.ConsumerGroupDescribeResponse.TopicPartitions;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.consumer.ConsumerGroupDescription;
import io.strikemq.domain.port.in.InspectGroups;
import java.util.List;
import java.util.function.BooleanSupplier;

/** ConsumerGroupDescribe, versions 0 and 1 (KIP-848); version 1 tells the protocol that a member speaks. */
public final class ConsumerGroupDescribeApi extends Api<ConsumerGroupDescribeRequest> {
    private static final byte CLASSIC_MEMBER = 0;
    private static final byte CONSUMER_MEMBER = 1;

    private final InspectGroups inspectGroups;
    private final BooleanSupplier isServed;

    /** {@code isServed}: whether the protocol is served at the moment. */
    public ConsumerGroupDescribeApi(InspectGroups inspectGroups, BooleanSupplier isServed) {
        super(ApiKey.CONSUMER_GROUP_DESCRIBE, ConsumerGroupDescribeRequest::read);
        this.inspectGroups = inspectGroups;
        this.isServed = isServed;
    }

    @Override
    protected boolean isOffered() {
        return isServed.getAsBoolean();
    }

    @Override
    public void handle(ApiCall<ConsumerGroupDescribeRequest> call) {
        call.reply(ConsumerGroupDescribeResponse.builder()
                .groups(each(call.request().groupIds(), groupId -> described(call, groupId)))
                .build());
    }

    private DescribedGroup described(ApiCall<ConsumerGroupDescribeRequest> call, String groupId) {
        ConsumerGroupDescription group = inspectGroups.describeConsumerGroup(call.context(), groupId);
        if (group.error() != ErrorCode.NONE) {
            return failed(groupId, group.error(), group.message());
        }
        return DescribedGroup.builder()
                .groupId(groupId)
                .groupState(group.state())
                .groupEpoch(group.groupEpoch())
                .assignmentEpoch(group.assignmentEpoch())
                .assignorName(group.assignor())
                .members(each(group.members(), ConsumerGroupDescribeApi::member))
                .authorizedOperations(
                        call.request().includeAuthorizedOperations()
                                ? AuthorizedOperations.GROUP
                                : AuthorizedOperations.NOT_ASKED)
                .build();
    }

    private static Member member(ConsumerGroupDescription.Member member) {
        return Member.builder()
                .memberId(member.memberId())
                .instanceId(member.instanceId())
                .rackId(member.rackId())
                .memberEpoch(member.epoch())
                .clientId(member.clientId())
                .clientHost(member.clientHost())
                .subscribedTopicNames(List.copyOf(member.topicNames()))
                .subscribedTopicRegex(member.topicRegex())
                .assignment(assignment(member.assigned()))
                .targetAssignment(assignment(member.target()))
                .memberType(member.isClassic() ? CLASSIC_MEMBER : CONSUMER_MEMBER)
                .build();
    }

    private static Assignment assignment(List<ConsumerGroupDescription.Topic> topics) {
        return Assignment.builder()
                .topicPartitions(each(
                        topics,
                        topic -> TopicPartitions.builder()
                                .topicId(topic.id())
                                .topicName(topic.name())
                                .partitions(topic.partitions())
                                .build()))
                .build();
    }

    private static DescribedGroup failed(String groupId, ErrorCode error, String message) {
        return DescribedGroup.builder()
                .groupId(groupId)
                .errorCode(error.code())
                .errorMessage(message)
                .build();
    }

    @Override
    public ConsumerGroupDescribeResponse refusal(
            ConsumerGroupDescribeRequest request, short version, ErrorCode error, String message) {
        return ConsumerGroupDescribeResponse.builder()
                .groups(each(request.groupIds(), groupId -> failed(groupId, error, message)))
                .build();
    }
}
