package io.strikemq.application.producer;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.InitProducer;
import io.strikemq.domain.port.out.BrokerStore;
import io.strikemq.domain.producer.InitProducerCommand;
import io.strikemq.domain.producer.NoTransactions;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.request.RequestContext;

/**
 * Gives out producer ids from blocks that are claimed from the store, so that few requests write to it. What a stopped
 * process had left of its block is never given out, as in Kafka.
 */
public final class ProducerIdBlocks implements InitProducer {
    /** As large as Kafka's. */
    static final int BLOCK_SIZE = 1000;

    private final BrokerStore store;

    // Guarded by this.
    private long next;
    private long blockEnd;

    public ProducerIdBlocks(BrokerStore store) {
        this.store = store;
    }

    /** Always a new id: without a transaction Kafka does so too, whatever the producer had before (KIP-360). */
    @Override
    public ProducerIdentity init(RequestContext context, InitProducerCommand command) {
        ProducerIdentity current = command.current();
        String transactionalId = command.transactionalId();
        if ((current.id() == ProducerIdentity.NONE.id()) != (current.epoch() == ProducerIdentity.NONE.epoch())) {
            throw new BrokerException(
                    ErrorCode.INVALID_REQUEST,
                    "Producer id " + current.id() + " and epoch " + current.epoch() + " come together or not at all.");
        }
        if (transactionalId != null) {
            throw transactionalId.isEmpty()
                    ? new BrokerException(ErrorCode.INVALID_REQUEST, "The transactional id is empty.")
                    : NoTransactions.refusal();
        }
        return new ProducerIdentity(nextId(), (short) 0);
    }

    /**
     * An id that nobody has had. May wait for the disk.
     *
     * @throws BrokerException KAFKA_STORAGE_ERROR when no more can be claimed
     */
    public synchronized long nextId() {
        if (next == blockEnd) {
            next = store.claimProducerIds(BLOCK_SIZE);
            blockEnd = next + BLOCK_SIZE;
        }
        return next++;
    }
}
