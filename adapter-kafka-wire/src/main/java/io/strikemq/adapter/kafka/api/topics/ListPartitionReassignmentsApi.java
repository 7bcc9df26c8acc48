package io.strikemq.adapter.kafka.api.topics;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.ListPartitionReassignmentsRequest;
import io.strikemq.adapter.kafka.message.ListPartitionReassignmentsResponse;
import io.strikemq.domain.error.ErrorCode;

/**
 * ListPartitionReassignments, version 0 (KIP-455): none is ever going on. As Kafka's controller, it has nothing to say of
 * partitions that are not there.
 */
public final class ListPartitionReassignmentsApi extends Api<ListPartitionReassignmentsRequest> {
    public ListPartitionReassignmentsApi() {
        super(ApiKey.LIST_PARTITION_REASSIGNMENTS, ListPartitionReassignmentsRequest::read);
    }

    @Override
    public void handle(ApiCall<ListPartitionReassignmentsRequest> call) {
        call.reply(
                ListPartitionReassignmentsResponse.builder().errorMessage(null).build());
    }

    @Override
    public ListPartitionReassignmentsResponse refusal(
            ListPartitionReassignmentsRequest request, short version, ErrorCode error, String message) {
        return ListPartitionReassignmentsResponse.builder()
                .errorCode(error.code())
                .errorMessage(message)
                .build();
    }
}
