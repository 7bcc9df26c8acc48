package io.strikemq.application.transaction;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.InitProducer;
import io.strikemq.domain.producer.InitProducerCommand;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.request.RequestContext;
import java.util.function.LongSupplier;

/** Gives producers their ids: those without transactions a new one each, others what belongs to their transactional id. */
public final class ProducerInitialization implements InitProducer {
    private final LongSupplier producerIds;
    private final TransactionCoordination transactions;

    /** {@code producerIds}: ids that nobody has had; to get one may wait for the disk. */
    public ProducerInitialization(LongSupplier producerIds, TransactionCoordination transactions) {
        this.producerIds = producerIds;
        this.transactions = transactions;
    }

    /** Without a transactional id it is always a new one, as in Kafka, whatever the producer had before (KIP-360). */
    @Override
    public ProducerIdentity init(RequestContext context, InitProducerCommand command) {
        ProducerIdentity current = command.current();
        if ((current.id() == ProducerIdentity.NONE.id()) != (current.epoch() == ProducerIdentity.NONE.epoch())) {
            throw new BrokerException(
                    ErrorCode.INVALID_REQUEST,
                    "Producer id " + current.id() + " and epoch " + current.epoch() + " come together or not at all.");
        }
        return command.transactionalId() == null
                ? new ProducerIdentity(producerIds.getAsLong(), (short) 0)
                : transactions.initialize(command.transactionalId(), command.timeoutMs(), current);
    }
}
