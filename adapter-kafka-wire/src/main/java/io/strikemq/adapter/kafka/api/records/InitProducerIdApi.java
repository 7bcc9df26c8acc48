package io.strikemq.adapter.kafka.api.records;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.InitProducerIdRequest;
import io.strikemq.adapter.kafka.message.InitProducerIdResponse;
import io.strikemq.adapter.kafka.wire.ResponseMessage;
import io.strikemq.adapter.kafka.wire.WireReader;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.InitProducer;
import io.strikemq.domain.producer.ProducerIdentity;

/**
 * InitProducerId, versions 0 to 5, for idempotent producers (KIP-98).
 *
 * <p>Version 3 lets a producer go on with its id (KIP-360), 4 tells PRODUCER_FENCED, which is INVALID_PRODUCER_EPOCH
 * before. A transactional id gets COORDINATOR_NOT_AVAILABLE: there is no transaction coordinator.
 */
public final class InitProducerIdApi implements Api<InitProducerIdRequest> {
    private static final short FIRST_WITH_FENCED = 4;

    private final InitProducer initProducer;

    public InitProducerIdApi(InitProducer initProducer) {
        this.initProducer = initProducer;
    }

    @Override
    public ApiKey key() {
        return ApiKey.INIT_PRODUCER_ID;
    }

    @Override
    public InitProducerIdRequest read(WireReader in, short version) {
        return InitProducerIdRequest.read(in, version);
    }

    @Override
    public void handle(ApiCall<InitProducerIdRequest> call) {
        InitProducerIdRequest request = call.request();
        boolean hasId = request.producerId() != ProducerIdentity.NONE.id();
        boolean hasEpoch = request.producerEpoch() != ProducerIdentity.NONE.epoch();
        if (hasId != hasEpoch) {
            throw new BrokerException(ErrorCode.INVALID_REQUEST, "a producer id and its epoch go together");
        }
        if (request.transactionalId() != null) {
            throw request.transactionalId().isEmpty()
                    ? new BrokerException(ErrorCode.INVALID_REQUEST, "the transactional id is empty")
                    : new BrokerException(ErrorCode.COORDINATOR_NOT_AVAILABLE, "there is no transaction coordinator");
        }
        ProducerIdentity identity = initProducer.initIdempotent(
                call.context(), new ProducerIdentity(request.producerId(), request.producerEpoch()));
        call.reply(InitProducerIdResponse.builder()
                .producerId(identity.id())
                .producerEpoch(identity.epoch())
                .build());
    }

    @Override
    public ResponseMessage refusal(InitProducerIdRequest request, short version, ErrorCode error, String message) {
        ErrorCode told = error == ErrorCode.PRODUCER_FENCED && version < FIRST_WITH_FENCED
                ? ErrorCode.INVALID_PRODUCER_EPOCH
                : error;
        return InitProducerIdResponse.builder()
                .errorCode(told.code())
                .producerId(ProducerIdentity.NONE.id())
                .producerEpoch(ProducerIdentity.NONE.epoch())
                .build();
    }
}
