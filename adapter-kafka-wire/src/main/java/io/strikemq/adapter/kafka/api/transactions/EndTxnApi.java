package io.strikemq.adapter.kafka.api.transactions;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.EndTxnRequest;
import io.strikemq.adapter.kafka.message.EndTxnResponse;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.RunTransactions;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.transaction.EndTransactionCommand;
import io.strikemq.domain.transaction.TransactionEnded;
import io.strikemq.domain.transaction.TransactionVersion;

/**
 * EndTxn, versions 0 to 5 (KIP-98). Version 2 tells PRODUCER_FENCED, which is INVALID_PRODUCER_EPOCH before (KIP-588); 5 says by
 * which id and epoch the producer goes on (KIP-890).
 */
public final class EndTxnApi extends Api<EndTxnRequest> {
    private static final short FIRST_WITH_FENCED = 2;
    private static final short FIRST_OF_VERSION_2 = 5;

    private final RunTransactions transactions;

    public EndTxnApi(RunTransactions transactions) {
        super(ApiKey.END_TXN, EndTxnRequest::read);
        this.transactions = transactions;
    }

    @Override
    public void handle(ApiCall<EndTxnRequest> call) {
        EndTxnRequest request = call.request();
        short version = call.version();
        EndTransactionCommand command = new EndTransactionCommand(
                request.transactionalId(),
                new ProducerIdentity(request.producerId(), request.producerEpoch()),
                request.committed() ? Outcome.COMMIT : Outcome.ABORT,
                version < FIRST_OF_VERSION_2 ? TransactionVersion.V0 : TransactionVersion.V2);
        call.replyWhen(transactions.end(call.context(), command), ended -> response(ended, version));
    }

    private static EndTxnResponse response(TransactionEnded ended, short version) {
        EndTxnResponse.Builder response =
                EndTxnResponse.builder().errorCode(FencedProducers.told(ended.error(), version, FIRST_WITH_FENCED));
        return version < FIRST_OF_VERSION_2
                ? response.build()
                : response.producerId(ended.producer().id())
                        .producerEpoch(ended.producer().epoch())
                        .build();
    }

    @Override
    public EndTxnResponse refusal(EndTxnRequest request, short version, ErrorCode error, String message) {
        return response(new TransactionEnded(error, ProducerIdentity.NONE), version);
    }
}
