package io.strikemq.application.producer;

import static io.strikemq.application.OneBroker.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strikemq.adapter.storage.memory.HeapBrokerStore;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.out.BrokerStore;
import io.strikemq.domain.port.out.FixedIdentifiers;
import io.strikemq.domain.producer.InitProducerCommand;
import io.strikemq.domain.producer.ProducerIdentity;
import org.junit.jupiter.api.Test;

class ProducerIdBlocksTest {
    private final BrokerStore store = new HeapBrokerStore(new FixedIdentifiers(1));
    /** The first id that is left. */
    private final long first = store.claimProducerIds(1) + 1;

    private final ProducerIdBlocks producers = new ProducerIdBlocks(store);

    @Test
    void eachProducerGetsItsOwnIdAndEpochZero() {
        for (long id = 0; id < 2 * ProducerIdBlocks.BLOCK_SIZE; id++) {
            assertEquals(new ProducerIdentity(first + id, (short) 0), init(-1, -1));
        }
        assertEquals(first + 2 * ProducerIdBlocks.BLOCK_SIZE, store.claimProducerIds(1), "two blocks were claimed");
    }

    @Test
    void aProducerThatGoesOnGetsANewIdAsInKafka() {
        assertEquals(new ProducerIdentity(first, (short) 0), init(-1, -1));
        assertEquals(new ProducerIdentity(first + 1, (short) 0), init(first, 0));
    }

    @Test
    void afterARestartNoIdIsGivenTwice() {
        init(-1, -1);
        assertEquals(
                first + ProducerIdBlocks.BLOCK_SIZE,
                new ProducerIdBlocks(store)
                        .init(CLIENT, new InitProducerCommand(null, 1, ProducerIdentity.NONE))
                        .id());
    }

    @Test
    void idAndEpochComeTogetherOrNotAtAll() {
        assertEquals(
                ErrorCode.INVALID_REQUEST,
                assertThrows(BrokerException.class, () -> init(5, -1)).error());
        assertEquals(
                ErrorCode.INVALID_REQUEST,
                assertThrows(BrokerException.class, () -> init(-1, 5)).error());
    }

    @Test
    void aTransactionalProducerFindsNoCoordinator() {
        assertEquals(ErrorCode.CLUSTER_AUTHORIZATION_FAILED, refusal("x"));
        assertEquals(ErrorCode.INVALID_REQUEST, refusal(""));
    }

    private ErrorCode refusal(String transactionalId) {
        return assertThrows(
                        BrokerException.class,
                        () -> producers.init(
                                CLIENT, new InitProducerCommand(transactionalId, 1, ProducerIdentity.NONE)))
                .error();
    }

    private ProducerIdentity init(long id, int epoch) {
        return producers.init(CLIENT, new InitProducerCommand(null, 1, new ProducerIdentity(id, (short) epoch)));
    }
}
