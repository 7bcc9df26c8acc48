package io.strikemq.adapter.kafka.api.topics;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.CreatePartitionsRequest;
import io.strikemq.adapter.kafka.message.CreatePartitionsRequest.CreatePartitionsAssignment;
import io.strikemq.adapter.kafka.message.CreatePartitionsRequest.CreatePartitionsTopic;
import io.strikemq.adapter.kafka.message.CreatePartitionsResponse;
import io.strikemq.adapter.kafka.message.CreatePartitionsResponse.CreatePartitionsTopicResult;
import io.strikemq.adapter.kafka.wire.ResponseMessage;
import io.strikemq.adapter.kafka.wire.WireReader;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.ManageTopics;
import io.strikemq.domain.topic.admin.Mode;
import io.strikemq.domain.topic.admin.MorePartitions;
import java.util.List;

/**
 * CreatePartitions, versions 0 to 3 (KIP-195). The partitions are there when the answer goes out: the timeout has
 * nothing to wait for.
 */
public final class CreatePartitionsApi implements Api<CreatePartitionsRequest> {
    private final ManageTopics manageTopics;

    public CreatePartitionsApi(ManageTopics manageTopics) {
        this.manageTopics = manageTopics;
    }

    @Override
    public ApiKey key() {
        return ApiKey.CREATE_PARTITIONS;
    }

    @Override
    public CreatePartitionsRequest read(WireReader in, short version) {
        return CreatePartitionsRequest.read(in, version);
    }

    @Override
    public void handle(ApiCall<CreatePartitionsRequest> call) {
        CreatePartitionsRequest request = call.request();
        List<MorePartitions> topics = request.topics().stream()
                .map(CreatePartitionsApi::morePartitions)
                .toList();
        Mode mode = request.validateOnly() ? Mode.VALIDATE_ONLY : Mode.APPLY;
        call.reply(CreatePartitionsResponse.builder()
                .results(manageTopics.addPartitions(call.context(), topics, mode).stream()
                        .map(outcome -> result(outcome.ref().name(), outcome.error(), outcome.message()))
                        .toList())
                .build());
    }

    private static MorePartitions morePartitions(CreatePartitionsTopic topic) {
        List<List<Integer>> assignments = topic.assignments() == null
                ? null
                : topic.assignments().stream()
                        .map(CreatePartitionsAssignment::brokerIds)
                        .toList();
        return new MorePartitions(topic.name(), topic.count(), assignments);
    }

    private static CreatePartitionsTopicResult result(String topic, ErrorCode error, String message) {
        return CreatePartitionsTopicResult.builder()
                .name(topic)
                .errorCode(error.code())
                .errorMessage(message)
                .build();
    }

    @Override
    public ResponseMessage refusal(CreatePartitionsRequest request, short version, ErrorCode error, String message) {
        return CreatePartitionsResponse.builder()
                .results(request.topics().stream()
                        .map(topic -> result(topic.name(), error, message))
                        .toList())
                .build();
    }
}
