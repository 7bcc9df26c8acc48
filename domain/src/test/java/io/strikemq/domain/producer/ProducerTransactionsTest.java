package io.strikemq.domain.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.AbortedTransaction;
import io.strikemq.domain.producer.SequenceCheck.Duplicate;
import io.strikemq.domain.producer.SequenceCheck.Refused;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.record.EndTransactionRecord;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.TimestampType;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Kafka's rules for the transactions of a partition: KIP-98, KIP-890, KIP-1228. */
class ProducerTransactionsTest {
    private ProducerStates states = new ProducerStates();
    private long end;

    @Test
    void recordsThatWereNotVerifiedBeginNoTransaction() {
        assertRefused(ErrorCode.INVALID_TXN_STATE, check(1, 0, 0, TransactionGuard.NOT_NEEDED));
        TransactionGuard guard = verify(1, 0, 0, false);
        assertEquals(SequenceCheck.NEXT, check(1, 0, 0, guard));
        assertRefused(ErrorCode.INVALID_TXN_STATE, check(2, 0, 0, guard));
    }

    @Test
    void anOpenTransactionGoesOnWithoutVerification() {
        begin(1, 0, 0);
        assertSame(TransactionGuard.NOT_NEEDED, verify(1, 0, 1, false));
        assertEquals(SequenceCheck.NEXT, check(1, 0, 1, TransactionGuard.NOT_NEEDED));
        append(1, 0, 1);
        assertEquals(0, states.firstOpenOffset());
    }

    @Test
    void aGuardIsUsedOnce() {
        TransactionGuard guard = verify(1, 0, 0, false);
        append(1, 0, 0);
        mark(Outcome.COMMIT, 1, 0, 0, 1);
        assertRefused(ErrorCode.INVALID_TXN_STATE, check(1, 0, 1, guard));
    }

    @Test
    void aMarkerMakesAVerificationVoid() {
        TransactionGuard late = verify(1, 0, 0, false);
        mark(Outcome.ABORT, 1, 0, 0, 1);
        assertRefused(ErrorCode.INVALID_TXN_STATE, check(1, 0, 0, late));
        assertNotSame(late, verify(1, 0, 0, false));
    }

    @Test
    void aMarkerThatBeginsTheNextEpochLeavesTheVerificationOfTheNextTransaction() {
        begin(1, 4, 0);
        TransactionGuard next = verify(1, 5, 0, true);
        mark(Outcome.COMMIT, 1, 5, 0, 2);
        assertEquals(SequenceCheck.NEXT, check(1, 5, 0, next));
    }

    /** A late request of the client before may be what the verification has begun with. */
    @Test
    void aVerificationGoesByTheRulesOfTheClientThatHasTheProducerNow() {
        verify(1, 3, 0, true);
        TransactionGuard ofOldClient = verify(1, 5, 0, false);
        mark(Outcome.ABORT, 1, 5, 0, 1);
        assertRefused(ErrorCode.INVALID_TXN_STATE, check(1, 5, 0, ofOldClient));

        verify(2, 3, 0, false);
        TransactionGuard ofNewClient = verify(2, 5, 0, true);
        mark(Outcome.ABORT, 2, 5, 0, 2);
        assertEquals(SequenceCheck.NEXT, check(2, 5, 0, ofNewClient));
    }

    @Test
    void recordsThatWereVerifiedLaterDoNotOvertake() {
        verify(1, 0, 0, false);
        TransactionGuard second = verify(1, 0, 3, false);
        assertRefused(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, check(1, 0, 3, second));
        assertEquals(SequenceCheck.NEXT, check(1, 0, 0, second));
    }

    @Test
    void withVersionTwoAnUnknownProducerBeginsWithSequenceZero() {
        TransactionGuard guard = verify(1, 0, 7, true);
        assertRefused(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, check(1, 0, 7, guard));
        TransactionGuard older = verify(2, 0, 7, false);
        assertEquals(SequenceCheck.NEXT, check(2, 0, 7, older), "it may have been forgotten (KIP-360)");
    }

    /** Offsets of groups come without numbers: each batch begins with 0, as in Kafka. */
    @Test
    void whatTheBrokerAppendsNeedsAnEpochAndATransactionAndNoSequence() {
        TransactionGuard guard = verify(1, 3, -1, true);
        assertNull(states.checkOfBroker(Sequenced.transactional(1, 3, 0, 1, end), guard));
        append(1, 3, 0);
        assertNull(states.checkOfBroker(Sequenced.transactional(1, 3, 0, 1, end), TransactionGuard.NOT_NEEDED));
        append(1, 3, 0);
        assertEquals(
                ErrorCode.INVALID_PRODUCER_EPOCH,
                states.checkOfBroker(Sequenced.transactional(1, 2, 0, 1, end), guard)
                        .error());
        mark(Outcome.COMMIT, 1, 4, 0, 2);
        assertEquals(
                ErrorCode.INVALID_TXN_STATE,
                states.checkOfBroker(Sequenced.transactional(1, 4, 0, 1, end), guard)
                        .error());
    }

    @Test
    void anOldEpochIsNotEvenVerified() {
        begin(1, 3, 0);
        BrokerException refusal = assertThrows(BrokerException.class, () -> verify(1, 2, 0, false));
        assertEquals(ErrorCode.INVALID_PRODUCER_EPOCH, refusal.error());
        assertRefused(ErrorCode.INVALID_PRODUCER_EPOCH, check(1, 2, 1, TransactionGuard.NOT_NEEDED));
    }

    @Test
    void aDuplicateIsOneAlsoAfterItsTransaction() {
        begin(1, 0, 0);
        mark(Outcome.COMMIT, 1, 0, 0, 1);
        assertEquals(new Duplicate(0, 1000), check(1, 0, 0, TransactionGuard.NOT_NEEDED));
    }

    @Test
    void inATransactionAllRecordsAreOfIt() {
        begin(1, 0, 0);
        assertRefused(ErrorCode.INVALID_TXN_STATE, states.check(Sequenced.batch(1, 0, 1, 1, end)));
        mark(Outcome.COMMIT, 1, 0, 0, 1);
        assertEquals(SequenceCheck.NEXT, states.check(Sequenced.batch(1, 0, 1, 1, end)));
    }

    @Test
    void theOldestOpenTransactionHoldsTheStableEnd() {
        assertEquals(ProducerStates.NO_TRANSACTION, states.firstOpenOffset());
        begin(1, 0, 0);
        begin(2, 0, 0);
        begin(3, 0, 0);
        mark(Outcome.COMMIT, 2, 0, 0, 1);
        assertEquals(0, states.firstOpenOffset());
        mark(Outcome.COMMIT, 1, 0, 0, 1);
        assertEquals(2, states.firstOpenOffset());
        mark(Outcome.COMMIT, 3, 0, 0, 1);
        assertEquals(ProducerStates.NO_TRANSACTION, states.firstOpenOffset());
    }

    @Test
    void anAbortedTransactionIsToldWithTheStableEndBehindIt() {
        begin(1, 0, 0);
        begin(2, 0, 0);
        append(2, 0, 1);
        assertEquals(new AbortedTransaction(2, 1, 3, 0), mark(Outcome.ABORT, 2, 0, 0, 1));
        assertNull(mark(Outcome.ABORT, 2, 0, 0, 1), "there is none any more");
        assertEquals(new AbortedTransaction(1, 0, 5, 6), mark(Outcome.ABORT, 1, 0, 0, 1));
        begin(1, 0, 1);
        assertNull(mark(Outcome.COMMIT, 1, 0, 0, 1));
    }

    @Test
    void aMarkersEpochIsAtLeastThatOfTheRecords() {
        begin(1, 3, 0);
        assertFenced(ErrorCode.INVALID_PRODUCER_EPOCH, marker(1, 2, 0, 1));
        states.check(marker(1, 3, 0, 1));
        states.check(marker(1, 4, 0, 1));
    }

    @Test
    void withVersionTwoAMarkersEpochIsLargerUnlessItsTransactionHasEnded() {
        begin(1, 3, 0);
        assertFenced(ErrorCode.INVALID_PRODUCER_EPOCH, marker(1, 3, 0, 2));
        mark(Outcome.COMMIT, 1, 4, 0, 2);
        states.check(marker(1, 4, 0, 2));
        assertFenced(ErrorCode.INVALID_PRODUCER_EPOCH, marker(1, 3, 0, 2));
        begin(2, Short.MAX_VALUE, 0);
        states.check(marker(2, Short.MAX_VALUE, 0, 2));
    }

    @Test
    void anOldCoordinatorIsFenced() {
        states.check(marker(1, 0, 0, 1));
        mark(Outcome.COMMIT, 1, 0, 5, 1);
        assertFenced(ErrorCode.TRANSACTION_COORDINATOR_FENCED, marker(1, 0, 4, 1));
        states.check(marker(1, 0, 5, 1));
        states.check(marker(1, 0, 6, 1));
    }

    @Test
    void afterTheMarkerOfANewEpochSequencesBeginAnew() {
        begin(1, 0, 0);
        mark(Outcome.COMMIT, 1, 1, 0, 2);
        TransactionGuard guard = verify(1, 1, 0, true);
        assertEquals(SequenceCheck.NEXT, check(1, 1, 0, guard));
        begin(2, 0, 0);
        mark(Outcome.COMMIT, 2, 0, 0, 1);
        TransactionGuard older = verify(2, 0, 1, false);
        assertEquals(SequenceCheck.NEXT, check(2, 0, 1, older));
    }

    @Test
    void aProducerWithAnOpenTransactionIsNotForgotten() {
        begin(1, 0, 0);
        begin(2, 0, 0);
        mark(Outcome.COMMIT, 2, 0, 0, 1);
        states.forgetIdle(100_000, Duration.ofSeconds(1));
        assertEquals(1, states.size());
        assertEquals(0, states.firstOpenOffset());
    }

    @Test
    void aVerificationThatNeverEndsIsForgotten() {
        TransactionGuard guard = verify(1, 0, 0, false);
        states.forgetIdle(100_000, Duration.ofSeconds(1));
        assertRefused(ErrorCode.INVALID_TXN_STATE, check(1, 0, 0, guard));
    }

    @Test
    void verificationsTakeBoundedMemory() {
        TransactionGuard first = verify(0, 0, 0, false);
        for (int producer = 1; producer <= TransactionGuards.MOST; producer++) {
            verify(producer, 0, 0, false);
        }
        assertRefused(ErrorCode.INVALID_TXN_STATE, check(0, 0, 0, first));
        assertEquals(SequenceCheck.NEXT, check(1, 0, 0, verify(1, 0, 0, false)));
    }

    @Test
    void aSnapshotBringsOpenTransactionsBack() {
        begin(7, 2, 0);
        begin(3, 1, 0);
        begin(9, 0, 0);
        mark(Outcome.COMMIT, 9, 0, 8, 1);

        ProducerStates before = states;
        states = ProducerStates.restore(before.snapshot());

        assertEquals(before.snapshot(), states.snapshot());
        assertEquals(0, states.firstOpenOffset());
        assertEquals(SequenceCheck.NEXT, check(7, 2, 1, TransactionGuard.NOT_NEEDED));
        assertFenced(ErrorCode.TRANSACTION_COORDINATOR_FENCED, marker(9, 0, 7, 1));
        assertEquals(new AbortedTransaction(7, 0, 4, 1), mark(Outcome.ABORT, 7, 3, 0, 1));
        assertEquals(new AbortedTransaction(3, 1, 5, 6), mark(Outcome.ABORT, 3, 1, 0, 1));
    }

    @Test
    void producersAreToldWithTheirTransactions() {
        begin(7, 2, 0);
        begin(3, 1, 0);
        mark(Outcome.COMMIT, 3, 1, 8, 1);
        List<ActiveProducer> expected = List.of(
                new ActiveProducer(new ProducerIdentity(3, (short) 1), 0, 1, 8, -1),
                new ActiveProducer(new ProducerIdentity(7, (short) 2), 0, 1000, -1, 0));
        assertEquals(expected, states.active());
        assertEquals(expected, ProducerStates.restore(states.snapshot()).active());
    }

    @Test
    void aSnapshotFromBeforeThereWereTransactionsIsRead() {
        ByteBuffer old = ByteBuffer.allocate(100);
        old.put((byte) 1).putInt(1).putLong(5).putShort((short) 2).putLong(77).put((byte) 1);
        old.putInt(3).putLong(10).putInt(0).putLong(1000);

        states = ProducerStates.restore(old.flip());

        assertEquals(1, states.size());
        assertEquals(ProducerStates.NO_TRANSACTION, states.firstOpenOffset());
        assertEquals(SequenceCheck.NEXT, states.check(Sequenced.batch(5, 2, 4, 1, 11)));
    }

    private TransactionGuard verify(long producer, int epoch, int sequence, boolean bumpsEpochs) {
        return states.beginVerification(new ProducerIdentity(producer, (short) epoch), sequence, bumpsEpochs, 0);
    }

    private SequenceCheck check(long producer, int epoch, int sequence, TransactionGuard guard) {
        return states.check(Sequenced.transactional(producer, epoch, sequence, 1, end), guard);
    }

    private void begin(long producer, int epoch, int sequence) {
        assertEquals(SequenceCheck.NEXT, check(producer, epoch, sequence, verify(producer, epoch, sequence, false)));
        append(producer, epoch, sequence);
    }

    private void append(long producer, int epoch, int sequence) {
        states.appended(Sequenced.transactional(producer, epoch, sequence, 1, end), 0);
        end++;
    }

    private AbortedTransaction mark(Outcome outcome, long producer, int epoch, int coordinator, int version) {
        TransactionMarker marker = new TransactionMarker(
                new ProducerIdentity(producer, (short) epoch), outcome, coordinator, (short) version);
        states.check(marker);
        RecordBatch batch = EndTransactionRecord.batchOf(marker, TimestampType.CREATE_TIME, 1);
        batch.assign(end++, 0);
        return states.appended(batch, 0);
    }

    private static TransactionMarker marker(long producer, int epoch, int coordinator, int version) {
        return new TransactionMarker(
                new ProducerIdentity(producer, (short) epoch), Outcome.ABORT, coordinator, (short) version);
    }

    private void assertFenced(ErrorCode error, TransactionMarker marker) {
        assertEquals(
                error,
                assertThrows(BrokerException.class, () -> states.check(marker)).error());
    }

    private static void assertRefused(ErrorCode error, SequenceCheck check) {
        assertEquals(error, assertInstanceOf(Refused.class, check).error());
    }
}
