package io.strikemq.application.producer;

import io.strikemq.domain.port.out.BrokerStore;
import java.util.function.LongSupplier;

/**
 * Gives out producer ids from blocks that are claimed from the store, so that few requests write to it. What a stopped
 * process had left of its block is never given out, as in Kafka. Callable from any thread that may wait for the disk.
 */
public final class ProducerIdBlocks implements LongSupplier {
    /** As large as Kafka's. */
    static final int BLOCK_SIZE = 1000;

    private final BrokerStore store;

    // Guarded by this.
    private long next;
    private long blockEnd;

    public ProducerIdBlocks(BrokerStore store) {
        this.store = store;
    }

    /**
     * An id that nobody has had.
     *
     * @throws io.strikemq.domain.error.BrokerException KAFKA_STORAGE_ERROR when no more can be claimed
     */
    @Override
    public synchronized long getAsLong() {
        if (next == blockEnd) {
            next = store.claimProducerIds(BLOCK_SIZE);
            blockEnd = next + BLOCK_SIZE;
        }
        return next++;
    }
}
