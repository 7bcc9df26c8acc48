package io.strikemq.domain.transaction;

import static io.strikemq.domain.transaction.TransactionFixture.ORDERS_0;
import static io.strikemq.domain.transaction.TransactionFixture.begins;
import static io.strikemq.domain.transaction.TransactionFixture.goesOn;
import static io.strikemq.domain.transaction.TransactionFixture.in;
import static io.strikemq.domain.transaction.TransactionFixture.producer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.transaction.TransactionEffect.NeedProducerId;
import io.strikemq.domain.transaction.TransactionEffect.Store;
import io.strikemq.domain.transaction.TransactionEffect.WriteMarkers;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InitializeRulesTest {
    private static final short LAST_OF_CLIENTS = Short.MAX_VALUE - 1;

    @Test
    void aNewIdAsksForAProducerIdAndBeginsWithEpoch0() {
        TransactionFixture id = new TransactionFixture(Transaction.unknown("t"));
        assertNull(id.apply(begins()));
        assertNotNull(id.effect(NeedProducerId.class));
        assertEquals(ErrorCode.NONE, id.applyWithFreshId(begins()));
        assertEquals(producer(99, 0), id.answer().producer());
        assertEquals(new Store(), id.last.effects().get(0));
        assertEquals(30_000, id.transaction.timeoutMs());
    }

    @Test
    void aProducerThatLostItsPlaceGetsANewIdWhateverItSaysOfItself() {
        TransactionFixture id = new TransactionFixture(Transaction.unknown("t"));
        assertEquals(ErrorCode.NONE, id.applyWithFreshId(goesOn(5, 3)));
        assertEquals(producer(99, 0), id.answer().producer());
    }

    /** Epoch 5 of producer 7, epoch 4 before. */
    @ParameterizedTest
    @CsvSource({
        "-1, -1, NONE, 6",
        "7, 5, NONE, 6",
        "7, 4, NONE, 5",
        "7, 3, PRODUCER_FENCED, -1",
        "7, 6, PRODUCER_FENCED, -1",
        "8, 5, PRODUCER_FENCED, -1",
    })
    void whoGoesOnGetsTheNextEpochAndARetryTheSame(long expectedId, int expectedEpoch, ErrorCode error, int epoch) {
        for (TransactionState state :
                Set.of(TransactionState.EMPTY, TransactionState.COMPLETE_COMMIT, TransactionState.COMPLETE_ABORT)) {
            TransactionFixture id = new TransactionFixture(in(state));
            assertEquals(error, id.apply(goesOn(expectedId, expectedEpoch)), state.toString());
            assertEquals(
                    error == ErrorCode.NONE ? producer(7, epoch) : ProducerIdentity.NONE,
                    id.answer().producer());
        }
    }

    @Test
    void aRetryIsNoneOnceAnotherProducerWasInitialized() {
        TransactionFixture id = new TransactionFixture(in(TransactionState.EMPTY));
        id.apply(begins());
        assertEquals(ErrorCode.PRODUCER_FENCED, id.apply(goesOn(7, 5)));
    }

    @Test
    void whenTheEpochsAreUsedUpTheProducerGetsAnotherId() {
        TransactionFixture id = new TransactionFixture(in(TransactionState.EMPTY, LAST_OF_CLIENTS, (short) 4));
        assertNull(id.apply(goesOn(7, LAST_OF_CLIENTS)));
        assertNotNull(id.effect(NeedProducerId.class));
        assertEquals(ErrorCode.NONE, id.applyWithFreshId(goesOn(7, LAST_OF_CLIENTS)));
        assertEquals(producer(99, 0), id.answer().producer());
        // Its answer was lost: it comes again as who it was.
        assertEquals(ErrorCode.NONE, id.apply(goesOn(7, LAST_OF_CLIENTS)));
        assertEquals(producer(99, 0), id.answer().producer());
        assertEquals(ErrorCode.PRODUCER_FENCED, id.apply(goesOn(7, LAST_OF_CLIENTS - 1)));
    }

    @ParameterizedTest
    @EnumSource(
            value = TransactionState.class,
            names = {"PREPARE_COMMIT", "PREPARE_ABORT"})
    void nobodyBeginsWhileATransactionIsBeingEnded(TransactionState state) {
        TransactionFixture id = new TransactionFixture(in(state));
        assertEquals(ErrorCode.CONCURRENT_TRANSACTIONS, id.apply(begins()));
        assertEquals(ErrorCode.CONCURRENT_TRANSACTIONS, id.apply(goesOn(1, 1)));
        assertEquals(in(state), id.transaction);
    }

    @Test
    void anOpenTransactionIsAbortedAndItsProducerFencedBeforeAnotherBegins() {
        TransactionFixture id = new TransactionFixture(in(TransactionState.ONGOING));
        assertEquals(ErrorCode.CONCURRENT_TRANSACTIONS, id.apply(begins()));
        assertEquals(TransactionState.PREPARE_ABORT, id.transaction.state());
        assertEquals(
                new WriteMarkers(producer(7, 6), Outcome.ABORT, TransactionVersion.V2, Set.of(ORDERS_0)),
                id.effect(WriteMarkers.class));
        id.apply(new TransactionEvent.MarkersWritten());
        assertEquals(ErrorCode.NONE, id.apply(begins()));
        assertEquals(producer(7, 7), id.answer().producer());
    }

    @Test
    void fencingByOlderRulesLeavesNoEpochForARetry() {
        TransactionFixture id = new TransactionFixture(in(TransactionState.ONGOING));
        id.apply(new TransactionEvent.Initialize(30_000, ProducerIdentity.NONE, TransactionVersion.V1));
        assertEquals(
                new WriteMarkers(producer(7, 6), Outcome.ABORT, TransactionVersion.V0, Set.of(ORDERS_0)),
                id.effect(WriteMarkers.class));
        assertEquals(-1, id.transaction.producer().lastEpoch());
    }

    @ParameterizedTest
    @EnumSource
    void theLargestEpochOfAllFencesAndIsNeverGivenOut(TransactionVersion server) {
        TransactionFixture id = new TransactionFixture(in(TransactionState.ONGOING, LAST_OF_CLIENTS, (short) 4));
        var begins = new TransactionEvent.Initialize(30_000, ProducerIdentity.NONE, server);
        assertEquals(ErrorCode.CONCURRENT_TRANSACTIONS, id.applyWithFreshId(begins));
        assertEquals(producer(7, Short.MAX_VALUE), id.effect(WriteMarkers.class).producer());
        id.apply(new TransactionEvent.MarkersWritten());
        assertEquals(ErrorCode.NONE, id.applyWithFreshId(begins));
        assertEquals(producer(99, server.bumpsEpochs() ? 1 : 0), id.answer().producer());
    }
}
