package io.strikemq.adapter.kafka.api.topics;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.CreatePartitionsRequest;
import io.strikemq.adapter.kafka.message.CreatePartitionsRequest.CreatePartitionsAssignment;
import io.strikemq.adapter.kafka.message.CreatePartitionsRequest.CreatePartitionsTopic;
import io.strikemq.adapter.kafka.message.CreatePartitionsResponse;
import io.strikemq.adapter.kafka.message.CreatePartitionsResponse.CreatePartitionsTopicResult;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.CreatePartitions;
import io.strikemq.domain.topic.admin.Mode;
import io.strikemq.domain.topic.admin.NewPartitions;
import java.util.List;

/**
 * CreatePartitions, versions 0 to 3 (KIP-195). The partitions are there when the answer goes out: the timeout has
 * nothing to wait for.
 */
public final class CreatePartitionsApi extends Api<CreatePartitionsRequest> {
    private final CreatePartitions createPartitions;

    public CreatePartitionsApi(CreatePartitions createPartitions) {
        super(ApiKey.CREATE_PARTITIONS, CreatePartitionsRequest::read);
        this.createPartitions = createPartitions;
    }

    @Override
    protected boolean mayWait() {
        return true;
    }

    @Override
    public void handle(ApiCall<CreatePartitionsRequest> call) {
        CreatePartitionsRequest request = call.request();
        List<NewPartitions> topics = each(request.topics(), CreatePartitionsApi::newPartitions);
        Mode mode = request.validateOnly() ? Mode.VALIDATE_ONLY : Mode.APPLY;
        call.reply(CreatePartitionsResponse.builder()
                .results(createPartitions.createPartitions(call.context(), topics, mode).stream()
                        .map(outcome -> result(outcome.ref().name(), outcome.error(), outcome.message()))
                        .toList())
                .build());
    }

    private static NewPartitions newPartitions(CreatePartitionsTopic topic) {
        List<List<Integer>> assignments =
                topic.assignments() == null ? null : each(topic.assignments(), CreatePartitionsAssignment::brokerIds);
        return new NewPartitions(topic.name(), topic.count(), assignments);
    }

    private static CreatePartitionsTopicResult result(String topic, ErrorCode error, String message) {
        return CreatePartitionsTopicResult.builder()
                .name(topic)
                .errorCode(error.code())
                .errorMessage(message)
                .build();
    }

    @Override
    public CreatePartitionsResponse refusal(
            CreatePartitionsRequest request, short version, ErrorCode error, String message) {
        return CreatePartitionsResponse.builder()
                .results(each(request.topics(), topic -> result(topic.name(), error, message)))
                .build();
    }
}
