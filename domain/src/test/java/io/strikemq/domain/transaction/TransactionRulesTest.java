package io.strikemq.domain.transaction;

import static io.strikemq.domain.transaction.TransactionFixture.NOW;
import static io.strikemq.domain.transaction.TransactionFixture.ORDERS_0;
import static io.strikemq.domain.transaction.TransactionFixture.ORDERS_1;
import static io.strikemq.domain.transaction.TransactionFixture.adds;
import static io.strikemq.domain.transaction.TransactionFixture.in;
import static io.strikemq.domain.transaction.TransactionFixture.producer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.transaction.TransactionEffect.Forget;
import io.strikemq.domain.transaction.TransactionEffect.Store;
import io.strikemq.domain.transaction.TransactionEffect.WriteMarkers;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TransactionRulesTest {
    @ParameterizedTest
    @CsvSource({
        "EMPTY,           7, 5, NONE",
        "COMPLETE_COMMIT, 7, 5, NONE",
        "COMPLETE_ABORT,  7, 5, NONE",
        "ONGOING,         7, 5, NONE",
        "ONGOING,         7, 4, PRODUCER_FENCED",
        "ONGOING,         7, 6, PRODUCER_FENCED",
        "ONGOING,         8, 5, INVALID_PRODUCER_ID_MAPPING",
        "PREPARE_COMMIT,  8, 1, CONCURRENT_TRANSACTIONS",
        "PREPARE_ABORT,   7, 5, CONCURRENT_TRANSACTIONS",
    })
    void whoMayAddPartitions(TransactionState state, long id, int epoch, ErrorCode error) {
        TransactionFixture transaction = new TransactionFixture(in(state));
        assertEquals(error, transaction.apply(adds(producer(id, epoch), ORDERS_1)));
        if (error == ErrorCode.NONE) {
            assertEquals(TransactionState.ONGOING, transaction.transaction.state());
            assertTrue(transaction.transaction.partitions().contains(ORDERS_1));
            assertEquals(new Store(), transaction.last.effects().get(0));
        }
    }

    @Test
    void nobodyHasAnIdThatWasNeverInitialized() {
        for (TransactionEvent event : List.of(
                adds(ProducerIdentity.NONE, ORDERS_0),
                TransactionFixture.ends(ProducerIdentity.NONE, Outcome.ABORT, TransactionVersion.V0),
                TransactionFixture.ends(ProducerIdentity.NONE, Outcome.ABORT, TransactionVersion.V2))) {
            TransactionFixture unknown = new TransactionFixture(Transaction.unknown("t"));
            assertEquals(ErrorCode.INVALID_PRODUCER_ID_MAPPING, unknown.apply(event));
        }
        assertEquals(
                Map.of(ORDERS_0, ErrorCode.INVALID_PRODUCER_ID_MAPPING),
                TransactionRules.verify(Transaction.unknown("t"), ProducerIdentity.NONE, List.of(ORDERS_0)));
    }

    @Test
    void aTransactionBeginsWithItsFirstPartitionAndWhatIsThereIsNotStoredAgain() {
        TransactionFixture transaction = new TransactionFixture(in(TransactionState.COMPLETE_COMMIT));
        transaction.apply(adds(producer(7, 5), ORDERS_0));
        assertEquals(NOW, transaction.transaction.startMs());
        Transaction begun = transaction.transaction;
        assertEquals(ErrorCode.NONE, transaction.apply(adds(producer(7, 5), ORDERS_0)));
        assertNull(transaction.effect(Store.class));
        assertEquals(begun, transaction.transaction);
        transaction.apply(adds(producer(7, 5), ORDERS_0, ORDERS_1));
        assertEquals(Set.of(ORDERS_0, ORDERS_1), transaction.transaction.partitions());
        assertEquals(begun.startMs(), transaction.transaction.startMs());
    }

    @Test
    void aPartitionThatWasNotAddedMayNotBeWrittenTo() {
        Transaction ongoing = in(TransactionState.ONGOING);
        assertEquals(
                Map.of(ORDERS_0, ErrorCode.NONE, ORDERS_1, ErrorCode.TRANSACTION_ABORTABLE),
                TransactionRules.verify(ongoing, producer(7, 5), List.of(ORDERS_0, ORDERS_1)));
        assertEquals(
                Map.of(ORDERS_0, ErrorCode.PRODUCER_FENCED),
                TransactionRules.verify(ongoing, producer(7, 4), List.of(ORDERS_0)));
        assertEquals(
                Map.of(ORDERS_0, ErrorCode.INVALID_PRODUCER_ID_MAPPING),
                TransactionRules.verify(ongoing, producer(8, 5), List.of(ORDERS_0)));
        Transaction prepared = in(TransactionState.PREPARE_COMMIT);
        assertEquals(
                Map.of(ORDERS_0, ErrorCode.CONCURRENT_TRANSACTIONS),
                TransactionRules.verify(prepared, producer(7, 5), List.of(ORDERS_0)));
        assertEquals(
                Map.of(ORDERS_0, ErrorCode.PRODUCER_FENCED),
                TransactionRules.verify(prepared, producer(7, 4), List.of(ORDERS_0)));
    }

    @ParameterizedTest
    @EnumSource(TransactionState.class)
    void onlyAnOpenTransactionTimesOut(TransactionState state) {
        Transaction before = in(state);
        TransactionEvent passed = new TransactionEvent.TimePassed(TransactionVersion.V2);
        long lastMoment = before.startMs() + before.timeoutMs();
        assertEquals(
                before,
                TransactionRules.apply(before, passed, OptionalLong.empty(), lastMoment)
                        .next());
        Transaction after = TransactionRules.apply(before, passed, OptionalLong.empty(), lastMoment + 1)
                .next();
        assertEquals(state == TransactionState.ONGOING ? TransactionState.PREPARE_ABORT : state, after.state());
    }

    @Test
    void aProducerThatWasTooSlowIsFenced() {
        TransactionFixture transaction = new TransactionFixture(in(TransactionState.ONGOING));
        transaction.last = TransactionRules.apply(
                transaction.transaction,
                new TransactionEvent.TimePassed(TransactionVersion.V1),
                OptionalLong.empty(),
                NOW + 100_000);
        transaction.transaction = transaction.last.next();
        assertEquals(
                new WriteMarkers(producer(7, 6), Outcome.ABORT, TransactionVersion.V0, Set.of(ORDERS_0)),
                transaction.effect(WriteMarkers.class));
        transaction.apply(new TransactionEvent.MarkersWritten());
        assertEquals(
                ErrorCode.PRODUCER_FENCED,
                transaction.apply(TransactionFixture.ends(producer(7, 5), Outcome.COMMIT, TransactionVersion.V0)));
        assertEquals(ErrorCode.PRODUCER_FENCED, transaction.apply(adds(producer(7, 5), ORDERS_0)));
    }

    @ParameterizedTest
    @EnumSource(TransactionState.class)
    void onlyAnIdWithoutATransactionIsForgotten(TransactionState state) {
        Transaction before = in(state);
        TransactionEvent unused = new TransactionEvent.Unused(1000);
        long due = before.updateMs() + 1000;
        assertEquals(
                before,
                TransactionRules.apply(before, unused, OptionalLong.empty(), due - 1)
                        .next());
        TransactionTransition transition = TransactionRules.apply(before, unused, OptionalLong.empty(), due);
        if (state.canExpire()) {
            assertEquals(TransactionState.DEAD, transition.next().state());
            assertEquals(List.of(new Forget()), transition.effects());
        } else {
            assertEquals(before, transition.next());
        }
    }

    @Test
    void timesThatALogMadeUpOverflowNothing() {
        Transaction ongoing = in(TransactionState.ONGOING);
        Transaction odd = new Transaction(
                "t",
                ongoing.producer(),
                TransactionState.ONGOING,
                Integer.MAX_VALUE - 1,
                Set.of(),
                Long.MAX_VALUE - 5,
                Long.MAX_VALUE,
                TransactionVersion.V0);
        assertFalse(odd.isTimedOut(NOW));
        Transaction neverEnding = new Transaction(
                "t",
                ongoing.producer(),
                TransactionState.ONGOING,
                Integer.MAX_VALUE,
                Set.of(),
                0,
                0,
                TransactionVersion.V0);
        assertFalse(neverEnding.isTimedOut(Long.MAX_VALUE - 1));
        Transaction done = new Transaction(
                "t",
                ongoing.producer(),
                TransactionState.EMPTY,
                1,
                Set.of(),
                -1,
                Long.MAX_VALUE,
                TransactionVersion.V0);
        assertEquals(Long.MAX_VALUE, done.expiresMs(1000));
    }
}
