package io.strikemq.adapter.kafka.api.transactions;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.AddOffsetsToTxnRequest;
import io.strikemq.adapter.kafka.message.AddOffsetsToTxnResponse;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.RunTransactions;
import io.strikemq.domain.producer.ProducerIdentity;

/**
 * AddOffsetsToTxn, versions 0 to 4 (KIP-98). Version 2 tells PRODUCER_FENCED, which is INVALID_PRODUCER_EPOCH before
 * (KIP-588).
 */
public final class AddOffsetsToTxnApi extends Api<AddOffsetsToTxnRequest> {
    private static final short FIRST_WITH_FENCED = 2;

    private final RunTransactions transactions;

    public AddOffsetsToTxnApi(RunTransactions transactions) {
        super(ApiKey.ADD_OFFSETS_TO_TXN, AddOffsetsToTxnRequest::read);
        this.transactions = transactions;
    }

    @Override
    public void handle(ApiCall<AddOffsetsToTxnRequest> call) {
        AddOffsetsToTxnRequest request = call.request();
        ErrorCode error = transactions.addOffsets(
                call.context(),
                request.transactionalId(),
                new ProducerIdentity(request.producerId(), request.producerEpoch()),
                request.groupId());
        call.reply(refusal(request, call.version(), error, null));
    }

    @Override
    public AddOffsetsToTxnResponse refusal(
            AddOffsetsToTxnRequest request, short version, ErrorCode error, String message) {
        return AddOffsetsToTxnResponse.builder()
                .errorCode(FencedProducers.told(error, version, FIRST_WITH_FENCED))
                .build();
    }
}
