package io.strikemq.adapter.kafka.api.transactions;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.InitProducerIdRequest;
import io.strikemq.adapter.kafka.message.InitProducerIdResponse;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.InitProducer;
import io.strikemq.domain.producer.InitProducerCommand;
import io.strikemq.domain.producer.ProducerIdentity;

/**
 * InitProducerId, versions 0 to 5, with a transactional id and without (KIP-98).
 *
 * <p>Version 3 lets a producer go on with its id (KIP-360), 4 tells PRODUCER_FENCED (KIP-588).
 */
public final class InitProducerIdApi extends Api<InitProducerIdRequest> {
    private static final short FIRST_WITH_FENCED = 4;

    private final InitProducer initProducer;

    public InitProducerIdApi(InitProducer initProducer) {
        super(ApiKey.INIT_PRODUCER_ID, InitProducerIdRequest::read);
        this.initProducer = initProducer;
    }

    @Override
    protected boolean mayWait() {
        return true;
    }

    @Override
    public void handle(ApiCall<InitProducerIdRequest> call) {
        InitProducerIdRequest request = call.request();
        ProducerIdentity identity = initProducer.init(
                call.context(),
                new InitProducerCommand(
                        request.transactionalId(),
                        request.transactionTimeoutMs(),
                        new ProducerIdentity(request.producerId(), request.producerEpoch())));
        call.reply(InitProducerIdResponse.builder()
                .producerId(identity.id())
                .producerEpoch(identity.epoch())
                .build());
    }

    @Override
    public InitProducerIdResponse refusal(
            InitProducerIdRequest request, short version, ErrorCode error, String message) {
        return InitProducerIdResponse.builder()
                .errorCode(FencedProducers.told(error, version, FIRST_WITH_FENCED))
                .producerId(ProducerIdentity.NONE.id())
                .producerEpoch(ProducerIdentity.NONE.epoch())
                .build();
    }
}
