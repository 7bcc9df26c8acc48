package io.strikemq.application.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strikemq.application.OneBroker;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.producer.InitProducerCommand;
import io.strikemq.domain.producer.ProducerIdentity;
import org.junit.jupiter.api.Test;

class ProducerInitializationTest {
    private final Transactions transactions = new Transactions();
    private final ProducerInitialization producers =
            new ProducerInitialization(() -> transactions.nextProducerId++, transactions.coordinator);

    @Test
    void aProducerWithoutTransactionsAlwaysGetsANewId() {
        assertEquals(new ProducerIdentity(100, (short) 0), init(null, ProducerIdentity.NONE));
        assertEquals(new ProducerIdentity(101, (short) 0), init(null, new ProducerIdentity(100, (short) 0)));
    }

    @Test
    void aTransactionalOneGetsWhatBelongsToItsId() {
        ProducerIdentity first = init("t", ProducerIdentity.NONE);
        assertEquals(new ProducerIdentity(100, (short) 0), first);
        assertEquals(new ProducerIdentity(100, (short) 1), init("t", first));
        assertEquals(new ProducerIdentity(101, (short) 0), init("u", ProducerIdentity.NONE));
    }

    @Test
    void idAndEpochComeTogetherOrNotAtAll() {
        for (String id : new String[] {null, "t"}) {
            assertEquals(ErrorCode.INVALID_REQUEST, refusal(id, new ProducerIdentity(5, (short) -1)));
            assertEquals(ErrorCode.INVALID_REQUEST, refusal(id, new ProducerIdentity(-1, (short) 5)));
        }
        assertEquals(ErrorCode.INVALID_REQUEST, refusal("", ProducerIdentity.NONE));
    }

    private ErrorCode refusal(String id, ProducerIdentity current) {
        return assertThrows(BrokerException.class, () -> init(id, current)).error();
    }

    private ProducerIdentity init(String id, ProducerIdentity current) {
        return producers.init(OneBroker.CLIENT, new InitProducerCommand(id, 1000, current));
    }
}
