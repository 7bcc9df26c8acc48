package io.strikemq.adapter.kafka.api.topics;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.AlterPartitionReassignmentsRequest;
import io.strikemq.adapter.kafka.message.AlterPartitionReassignmentsRequest.ReassignablePartition;
import io.strikemq.adapter.kafka.message.AlterPartitionReassignmentsRequest.ReassignableTopic;
import io.strikemq.adapter.kafka.message.AlterPartitionReassignmentsResponse;
import io.strikemq.adapter.kafka.message.AlterPartitionReassignmentsResponse.ReassignablePartitionResponse;
import io.strikemq.adapter.kafka.message.AlterPartitionReassignmentsResponse.ReassignableTopicResponse;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.ReassignPartitions;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.admin.PartitionOutcome;
import java.util.function.Function;

/**
 * AlterPartitionReassignments, versions 0 and 1 (KIP-455). Since version 1 a client may forbid that the number of
 * replicas changes (KIP-860), which it cannot here: the answer repeats what it said.
 */
public final class AlterPartitionReassignmentsApi extends Api<AlterPartitionReassignmentsRequest> {
    private static final short FIRST_WITH_FACTOR_CHANGE = 1;

    private final ReassignPartitions reassignPartitions;

    public AlterPartitionReassignmentsApi(ReassignPartitions reassignPartitions) {
        super(ApiKey.ALTER_PARTITION_REASSIGNMENTS, AlterPartitionReassignmentsRequest::read);
        this.reassignPartitions = reassignPartitions;
    }

    @Override
    public void handle(ApiCall<AlterPartitionReassignmentsRequest> call) {
        AlterPartitionReassignmentsRequest request = call.request();
        if (request.topics().isEmpty()) {
            // Kafka's answer to nothing is one of defaults, whatever the request says.
            call.reply(AlterPartitionReassignmentsResponse.builder().build());
            return;
        }
        RequestTime.require(request.timeoutMs());
        call.reply(AlterPartitionReassignmentsResponse.builder()
                .allowReplicationFactorChange(
                        call.version() < FIRST_WITH_FACTOR_CHANGE || request.allowReplicationFactorChange())
                .errorMessage(null)
                .responses(each(
                        request.topics(), topic -> rows(topic, partition -> reassigned(call, topic.name(), partition))))
                .build());
    }

    private PartitionOutcome reassigned(
            ApiCall<AlterPartitionReassignmentsRequest> call, String topic, ReassignablePartition wanted) {
        TopicPartition partition = new TopicPartition(topic, wanted.partitionIndex());
        return wanted.replicas() == null
                ? reassignPartitions.cancel(call.context(), partition)
                : reassignPartitions.reassign(call.context(), partition, wanted.replicas());
    }

    private static ReassignableTopicResponse rows(
            ReassignableTopic topic, Function<ReassignablePartition, PartitionOutcome> outcomes) {
        return ReassignableTopicResponse.builder()
                .name(topic.name())
                .partitions(each(topic.partitions(), partition -> {
                    PartitionOutcome outcome = outcomes.apply(partition);
                    return ReassignablePartitionResponse.builder()
                            .partitionIndex(partition.partitionIndex())
                            .errorCode(outcome.error().code())
                            .errorMessage(outcome.message())
                            .build();
                }))
                .build();
    }

    @Override
    public AlterPartitionReassignmentsResponse refusal(
            AlterPartitionReassignmentsRequest request, short version, ErrorCode error, String message) {
        PartitionOutcome outcome = new PartitionOutcome(error, message);
        return AlterPartitionReassignmentsResponse.builder()
                .errorCode(error.code())
                .errorMessage(message)
                .responses(each(request.topics(), topic -> rows(topic, partition -> outcome)))
                .build();
    }
}
