package io.strikemq.application.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.adapter.storage.memory.HeapBrokerStore;
import io.strikemq.domain.port.out.FixedIdentifiers;
import org.junit.jupiter.api.Test;

class ProducerIdBlocksTest {
    private final HeapBrokerStore store = new HeapBrokerStore(new FixedIdentifiers(1));
    private final long first = store.claimProducerIds(1) + 1;
    private final ProducerIdBlocks producerIds = new ProducerIdBlocks(store);

    @Test
    void noIdIsGivenTwice() {
        for (long id = 0; id < 2 * ProducerIdBlocks.BLOCK_SIZE; id++) {
            assertEquals(first + id, producerIds.getAsLong());
        }
        assertEquals(first + 2 * ProducerIdBlocks.BLOCK_SIZE, store.claimProducerIds(1), "two blocks were claimed");
    }

    @Test
    void notEvenAfterARestart() {
        producerIds.getAsLong();
        assertEquals(first + ProducerIdBlocks.BLOCK_SIZE, new ProducerIdBlocks(store).getAsLong());
    }
}
