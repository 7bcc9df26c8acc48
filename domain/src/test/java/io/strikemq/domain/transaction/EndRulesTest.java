package io.strikemq.domain.transaction;

import static io.strikemq.domain.transaction.TransactionFixture.ORDERS_0;
import static io.strikemq.domain.transaction.TransactionFixture.ends;
import static io.strikemq.domain.transaction.TransactionFixture.in;
import static io.strikemq.domain.transaction.TransactionFixture.producer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.transaction.TransactionEffect.Answer;
import io.strikemq.domain.transaction.TransactionEffect.NeedProducerId;
import io.strikemq.domain.transaction.TransactionEffect.Store;
import io.strikemq.domain.transaction.TransactionEffect.WriteMarkers;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndRulesTest {
    private static final short LAST_OF_CLIENTS = Short.MAX_VALUE - 1;

    /** The id belongs to producer 7 with epoch 5. */
    @ParameterizedTest
    @CsvSource({
        // version, state,     outcome, id, epoch, error
        "V0, EMPTY,           ABORT,  7, 5, INVALID_TXN_STATE",
        "V0, EMPTY,           COMMIT, 7, 5, INVALID_TXN_STATE",
        "V0, COMPLETE_ABORT,  ABORT,  7, 5, NONE",
        "V0, COMPLETE_ABORT,  COMMIT, 7, 5, INVALID_TXN_STATE",
        "V0, COMPLETE_COMMIT, ABORT,  7, 5, INVALID_TXN_STATE",
        "V0, COMPLETE_COMMIT, COMMIT, 7, 5, NONE",
        "V0, PREPARE_COMMIT,  COMMIT, 7, 5, CONCURRENT_TRANSACTIONS",
        "V0, PREPARE_COMMIT,  ABORT,  7, 5, CONCURRENT_TRANSACTIONS",
        "V0, PREPARE_COMMIT,  COMMIT, 7, 4, PRODUCER_FENCED",
        "V0, PREPARE_ABORT,   ABORT,  7, 5, CONCURRENT_TRANSACTIONS",
        "V0, ONGOING,         COMMIT, 7, 4, PRODUCER_FENCED",
        "V0, ONGOING,         COMMIT, 7, 6, PRODUCER_FENCED",
        "V0, ONGOING,         COMMIT, 8, 5, INVALID_PRODUCER_ID_MAPPING",
        "V0, ONGOING,         COMMIT, 7, 5, NONE",
        "V0, ONGOING,         ABORT,  7, 5, NONE",
        "V2, EMPTY,           ABORT,  7, 5, NONE",
        "V2, EMPTY,           COMMIT, 7, 5, INVALID_TXN_STATE",
        "V2, EMPTY,           ABORT,  7, 4, PRODUCER_FENCED",
        "V2, EMPTY,           COMMIT, 7, 4, PRODUCER_FENCED",
        "V2, COMPLETE_ABORT,  ABORT,  7, 5, NONE",
        "V2, COMPLETE_ABORT,  COMMIT, 7, 5, INVALID_TXN_STATE",
        "V2, COMPLETE_ABORT,  ABORT,  7, 4, NONE",
        "V2, COMPLETE_ABORT,  COMMIT, 7, 4, INVALID_TXN_STATE",
        "V2, COMPLETE_ABORT,  ABORT,  7, 3, PRODUCER_FENCED",
        "V2, COMPLETE_COMMIT, ABORT,  7, 5, NONE",
        "V2, COMPLETE_COMMIT, COMMIT, 7, 5, INVALID_TXN_STATE",
        "V2, COMPLETE_COMMIT, ABORT,  7, 4, INVALID_TXN_STATE",
        "V2, COMPLETE_COMMIT, COMMIT, 7, 4, NONE",
        "V2, COMPLETE_COMMIT, COMMIT, 7, 6, PRODUCER_FENCED",
        "V2, PREPARE_COMMIT,  COMMIT, 8, 9, CONCURRENT_TRANSACTIONS",
        "V2, PREPARE_ABORT,   COMMIT, 7, 4, CONCURRENT_TRANSACTIONS",
        "V2, ONGOING,         COMMIT, 7, 4, PRODUCER_FENCED",
        "V2, ONGOING,         COMMIT, 8, 5, INVALID_PRODUCER_ID_MAPPING",
        "V2, ONGOING,         COMMIT, 7, 5, NONE",
        "V2, ONGOING,         ABORT,  7, 5, NONE",
    })
    void whoIsToldWhat(
            TransactionVersion version, TransactionState state, Outcome outcome, long id, int epoch, ErrorCode error) {
        TransactionFixture transaction = new TransactionFixture(in(state));
        assertEquals(error, transaction.apply(ends(producer(id, epoch), outcome, version)));
        if (error != ErrorCode.NONE) {
            assertEquals(in(state), transaction.transaction);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // version, from,            outcome, prepared,       epoch, complete
        "V0, ONGOING,         COMMIT, PREPARE_COMMIT, 5, COMPLETE_COMMIT",
        "V1, ONGOING,         ABORT,  PREPARE_ABORT,  5, COMPLETE_ABORT",
        "V2, ONGOING,         COMMIT, PREPARE_COMMIT, 6, COMPLETE_COMMIT",
        "V2, ONGOING,         ABORT,  PREPARE_ABORT,  6, COMPLETE_ABORT",
        "V2, EMPTY,           ABORT,  PREPARE_ABORT,  6, COMPLETE_ABORT",
        "V2, COMPLETE_COMMIT, ABORT,  PREPARE_ABORT,  6, COMPLETE_ABORT",
    })
    void anEndIsStoredThenAnsweredThenMarkedThenComplete(
            TransactionVersion version,
            TransactionState from,
            Outcome outcome,
            TransactionState prepared,
            int epoch,
            TransactionState complete) {
        TransactionFixture transaction = new TransactionFixture(in(from));
        transaction.apply(ends(producer(7, 5), outcome, version));
        assertEquals(prepared, transaction.transaction.state());
        TransactionVersion noted = version.bumpsEpochs() ? version : TransactionVersion.V0;
        Set<io.strikemq.domain.topic.TopicPartition> partitions =
                from == TransactionState.ONGOING ? Set.of(ORDERS_0) : Set.of();
        assertEquals(
                List.of(
                        new Store(),
                        new Answer(ErrorCode.NONE, producer(7, epoch)),
                        new WriteMarkers(producer(7, epoch), outcome, noted, partitions)),
                transaction.last.effects());
        transaction.apply(new TransactionEvent.MarkersWritten());
        assertEquals(complete, transaction.transaction.state());
        assertEquals(Set.of(), transaction.transaction.partitions());
        assertEquals(producer(7, epoch), transaction.transaction.producer().identity());
        assertEquals(List.of(new Store()), transaction.last.effects());
    }

    @Test
    void theLastEpochIsFollowedByANewIdAndTheRetryFindsIt() {
        TransactionFixture transaction =
                new TransactionFixture(in(TransactionState.ONGOING, LAST_OF_CLIENTS, (short) 4));
        var end = ends(producer(7, LAST_OF_CLIENTS), Outcome.COMMIT, TransactionVersion.V2);
        assertNull(transaction.apply(end));
        assertNotNull(transaction.effect(NeedProducerId.class));
        assertEquals(ErrorCode.NONE, transaction.applyWithFreshId(end));
        assertEquals(producer(99, 0), transaction.answer().producer());
        assertEquals(
                producer(7, Short.MAX_VALUE),
                transaction.effect(WriteMarkers.class).producer());
        transaction.apply(new TransactionEvent.MarkersWritten());
        assertEquals(producer(99, 0), transaction.transaction.producer().identity());
        assertEquals(ErrorCode.NONE, transaction.apply(end));
        assertEquals(producer(99, 0), transaction.answer().producer());
        assertEquals(
                ErrorCode.INVALID_TXN_STATE,
                transaction.apply(ends(producer(7, LAST_OF_CLIENTS), Outcome.ABORT, TransactionVersion.V2)));
        assertEquals(
                ErrorCode.INVALID_PRODUCER_ID_MAPPING,
                transaction.apply(ends(producer(7, LAST_OF_CLIENTS - 1), Outcome.COMMIT, TransactionVersion.V2)));
    }

    @Test
    void whatWasDecidedIsFinishedAfterARestart() {
        TransactionFixture transaction = new TransactionFixture(in(TransactionState.PREPARE_COMMIT));
        transaction.apply(new TransactionEvent.Loaded());
        assertEquals(
                new WriteMarkers(producer(7, 5), Outcome.COMMIT, TransactionVersion.V2, Set.of(ORDERS_0)),
                transaction.effect(WriteMarkers.class));
        for (TransactionState state : TransactionState.values()) {
            TransactionFixture other = new TransactionFixture(in(state));
            other.apply(new TransactionEvent.Loaded());
            assertEquals(state.isPrepared(), !other.last.effects().isEmpty(), state.toString());
        }
    }
}
