package io.strikemq.application.transaction;

import static io.strikemq.application.transaction.Transactions.ORDERS_0;
import static io.strikemq.application.transaction.Transactions.ORDERS_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.application.LogLines;
import io.strikemq.application.OneBroker;
import io.strikemq.application.transaction.RememberedMarkers.Written;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.out.ManualTime;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionMarker;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.transaction.AddPartitionsCommand;
import io.strikemq.domain.transaction.AddPartitionsCommand.Purpose;
import io.strikemq.domain.transaction.Transaction;
import io.strikemq.domain.transaction.TransactionProducer;
import io.strikemq.domain.transaction.TransactionState;
import io.strikemq.domain.transaction.TransactionVersion;
import io.strikemq.domain.transaction.log.TransactionRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransactionCoordinationTest {
    private final Transactions transactions = new Transactions();

    @ParameterizedTest
    @EnumSource
    void aTransactionIsCommittedOnAllItsPartitions(TransactionVersion version) {
        transactions.version = version;
        ProducerIdentity producer = transactions.init("t");
        assertEquals(new ProducerIdentity(100, (short) 0), producer);
        assertEquals(ErrorCode.NONE, transactions.add("t", producer, ORDERS_0));
        assertEquals(ErrorCode.NONE, transactions.add("t", producer, ORDERS_1));
        assertEquals(TransactionState.ONGOING, transactions.state("t"));

        ProducerIdentity after = transactions.end("t", producer, Outcome.COMMIT).producer();

        boolean bumps = version.bumpsEpochs();
        assertEquals(new ProducerIdentity(100, (short) (bumps ? 1 : 0)), after);
        TransactionMarker marker =
                new TransactionMarker(after, Outcome.COMMIT, RememberedTransactionLog.EPOCH, (short) (bumps ? 2 : 0));
        assertEquals(
                List.of(new Written(ORDERS_0, marker), new Written(ORDERS_1, marker)), transactions.markers.written);
        assertEquals(TransactionState.COMPLETE_COMMIT, transactions.state("t"));
        assertEquals(ErrorCode.NONE, transactions.add("t", after, ORDERS_0));
    }

    @Test
    void theSecondProducerFencesTheFirst() {
        ProducerIdentity first = transactions.init("t");
        transactions.add("t", first, ORDERS_0);
        assertEquals(ErrorCode.CONCURRENT_TRANSACTIONS, transactions.refusedInit("t", ProducerIdentity.NONE));
        assertEquals(Outcome.ABORT, transactions.markers.written.get(0).marker().outcome());
        ProducerIdentity second = transactions.init("t");
        assertEquals(ErrorCode.PRODUCER_FENCED, transactions.add("t", first, ORDERS_0));
        assertEquals(
                ErrorCode.PRODUCER_FENCED,
                transactions.end("t", first, Outcome.COMMIT).error());
        assertEquals(ErrorCode.PRODUCER_FENCED, transactions.refusedInit("t", first));
        assertEquals(ErrorCode.NONE, transactions.add("t", second, ORDERS_0));
    }

    @Test
    void aTransactionThatLastsTooLongIsAbortedAtTheNextLookAndItsProducerFenced() {
        transactions.version = TransactionVersion.V1;
        ProducerIdentity slow = transactions.init("t");
        transactions.add("t", slow, ORDERS_0);
        transactions.broker.time.advance(Duration.ofSeconds(60));
        assertEquals(TransactionState.ONGOING, transactions.state("t"));
        transactions.broker.time.advance(Duration.ofSeconds(10));
        assertEquals(TransactionState.COMPLETE_ABORT, transactions.state("t"));
        assertEquals(
                ErrorCode.PRODUCER_FENCED,
                transactions.end("t", slow, Outcome.COMMIT).error());
    }

    @Test
    void everyTransactionTimesOutInItsOwnTime() {
        ProducerIdentity early = transactions.init("early");
        ProducerIdentity late = transactions.init("late");
        transactions.add("early", early, ORDERS_0);
        transactions.broker.time.advance(Duration.ofSeconds(30));
        transactions.add("late", late, ORDERS_1);
        transactions.broker.time.advance(Duration.ofSeconds(40));
        assertEquals(TransactionState.COMPLETE_ABORT, transactions.state("early"));
        assertEquals(TransactionState.ONGOING, transactions.state("late"));
        transactions.broker.time.advance(Duration.ofSeconds(30));
        assertEquals(TransactionState.COMPLETE_ABORT, transactions.state("late"));
    }

    @Test
    void anIdThatNobodyUsesIsForgotten() {
        ProducerIdentity producer = transactions.init("t");
        transactions.broker.time.advance(Duration.ofDays(7));
        assertNull(transactions.state("t"));
        assertEquals(ErrorCode.INVALID_PRODUCER_ID_MAPPING, transactions.add("t", producer, ORDERS_0));
        assertNull(transactions.log.records().get(1).value());
        assertEquals(0, transactions.broker.time.pendingDeadlines(), "with nothing to do nobody wakes up");
        assertEquals(new ProducerIdentity(101, (short) 0), transactions.init("t"));
    }

    @Test
    void whatIsOpenIsNotForgottenAndAgesAnewWhenItEnds() {
        transactions.version = TransactionVersion.V1;
        ProducerIdentity producer = transactions.coordinator.initialize("t", 900_000, ProducerIdentity.NONE);
        transactions.broker.time.advance(Duration.ofDays(7).minusSeconds(60));
        transactions.add("t", producer, ORDERS_0);
        transactions.broker.time.advance(Duration.ofHours(2));
        assertEquals(TransactionState.COMPLETE_ABORT, transactions.state("t"));
        transactions.broker.time.advance(Duration.ofDays(7));
        assertNull(transactions.state("t"));
    }

    @Test
    void whatTheLogRefusesHasNotHappened() {
        ProducerIdentity producer = transactions.init("t");
        transactions.add("t", producer, ORDERS_0);
        try (LogLines lines = new LogLines(CoordinatedTransaction.class)) {
            transactions.log.failWith(ErrorCode.KAFKA_STORAGE_ERROR);
            assertEquals(
                    ErrorCode.NOT_COORDINATOR,
                    transactions.end("t", producer, Outcome.COMMIT).error());
            assertEquals(ErrorCode.NOT_COORDINATOR, transactions.refusedInit("u", ProducerIdentity.NONE));
            transactions.log.failWith(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
            assertEquals(ErrorCode.COORDINATOR_NOT_AVAILABLE, transactions.add("t", producer, ORDERS_1));
            transactions.log.failWith(ErrorCode.RECORD_LIST_TOO_LARGE);
            assertEquals(ErrorCode.UNKNOWN_SERVER_ERROR, transactions.add("t", producer, ORDERS_1));
            assertEquals(4, lines.records().size());
        }
        assertEquals(List.of(), transactions.markers.written);
        assertEquals(TransactionState.ONGOING, transactions.state("t"));
        assertNull(transactions.state("u"));
        transactions.log.failWith(ErrorCode.NONE);
        assertEquals(
                ErrorCode.NONE, transactions.end("t", producer, Outcome.COMMIT).error());
    }

    @Test
    void withoutAProducerIdNothingHasHappenedAndNothingIsKept() {
        CoordinatedTransaction unknown = transactions.all.findOrCreate("t");
        transactions.producerIdFailure = new BrokerException(ErrorCode.KAFKA_STORAGE_ERROR, "no space left on device");
        try (LogLines lines = new LogLines(CoordinatedTransaction.class)) {
            assertEquals(ErrorCode.NOT_COORDINATOR, transactions.refusedInit("t", ProducerIdentity.NONE));
            assertEquals(1, lines.records().size());
        }
        assertTrue(unknown.isDead());
        assertNotSame(unknown, transactions.all.findOrCreate("t"));
        transactions.producerIdFailure = null;
        assertEquals(new ProducerIdentity(100, (short) 0), transactions.init("t"));
    }

    @Test
    void aTransactionThatCannotBeAbortedForWantOfAProducerIdIsAbortedAtALaterLook() {
        transactions.log.append(new TransactionRecord("exhausted", ongoing("exhausted", (short) 32_766)));
        transactions.log.append(new TransactionRecord("fresh", ongoing("fresh", (short) 0)));
        transactions.restart();
        transactions.producerIdFailure = new BrokerException(ErrorCode.KAFKA_STORAGE_ERROR, "no space left on device");
        try (LogLines lines = new LogLines(CoordinatedTransaction.class)) {
            transactions.broker.time.advance(Duration.ofSeconds(70));
            assertEquals(1, lines.records().size());
        }
        assertEquals(TransactionState.ONGOING, transactions.state("exhausted"));
        assertEquals(TransactionState.COMPLETE_ABORT, transactions.state("fresh"));
        transactions.producerIdFailure = null;
        transactions.broker.time.advance(Duration.ofSeconds(10));
        assertEquals(TransactionState.COMPLETE_ABORT, transactions.state("exhausted"));
    }

    private static Transaction ongoing(String id, short epoch) {
        return new Transaction(
                id,
                new TransactionProducer(7, epoch, 7, -1, (short) -1),
                TransactionState.ONGOING,
                Transactions.TIMEOUT_MS,
                Set.of(ORDERS_0),
                ManualTime.START_MILLIS,
                ManualTime.START_MILLIS,
                TransactionVersion.V2);
    }

    @Test
    void whateverFailsAtOneLookThereIsANextOne() {
        transactions.version = TransactionVersion.V1;
        ProducerIdentity producer = transactions.init("t");
        transactions.add("t", producer, ORDERS_0);
        transactions.broker.time.advance(Duration.ofSeconds(60));
        transactions.clockFailure = new IllegalStateException("a bug");
        assertThrows(IllegalStateException.class, () -> transactions.broker.time.advance(Duration.ofSeconds(10)));
        assertEquals(TransactionState.ONGOING, transactions.state("t"));
        transactions.broker.time.advance(Duration.ofSeconds(10));
        assertEquals(TransactionState.COMPLETE_ABORT, transactions.state("t"));

        transactions.broker.time.advance(Duration.ofDays(7).minusHours(1));
        transactions.clockFailure = new IllegalStateException("a bug");
        assertThrows(IllegalStateException.class, () -> transactions.broker.time.advance(Duration.ofHours(2)));
        assertEquals(TransactionState.COMPLETE_ABORT, transactions.state("t"));
        transactions.broker.time.advance(Duration.ofHours(1));
        assertNull(transactions.state("t"));
    }

    @Test
    void markersAreWrittenAgainWhereTheyWereNotTakenAndNowhereElse() {
        ProducerIdentity producer = transactions.init("t");
        transactions.add("t", producer, ORDERS_0);
        transactions.add("t", producer, ORDERS_1);
        try (LogLines lines = new LogLines(MarkerWriting.class)) {
            transactions.markers.fail(ORDERS_1, ErrorCode.KAFKA_STORAGE_ERROR);
            ProducerIdentity after =
                    transactions.end("t", producer, Outcome.COMMIT).producer();
            assertEquals(TransactionState.PREPARE_COMMIT, transactions.state("t"));
            assertEquals(ErrorCode.CONCURRENT_TRANSACTIONS, transactions.add("t", after, ORDERS_0));
            transactions.broker.time.advance(Duration.ofSeconds(5));
            transactions.markers.repair();
            transactions.broker.time.advance(Duration.ofSeconds(10));
            assertEquals(6, lines.records().size(), "the wait doubles");
        }
        assertEquals(
                List.of(ORDERS_0, ORDERS_1),
                transactions.markers.written.stream().map(Written::partition).toList());
        assertEquals(TransactionState.COMPLETE_COMMIT, transactions.state("t"));
    }

    @Test
    void nothingKeepsMarkersFromBeingWrittenInTheEnd() {
        ProducerIdentity producer = transactions.init("t");
        transactions.add("t", producer, ORDERS_0);
        try (LogLines markers = new LogLines(MarkerWriting.class);
                LogLines log = new LogLines(CoordinatedTransaction.class)) {
            transactions.markers.breakWith(new IllegalStateException("a bug"));
            transactions.end("t", producer, Outcome.ABORT);
            transactions.markers.repair();
            transactions.log.failWith(ErrorCode.KAFKA_STORAGE_ERROR);
            transactions.broker.time.advance(Duration.ofMillis(100));
            assertEquals(TransactionState.PREPARE_ABORT, transactions.state("t"));
            transactions.log.failWith(ErrorCode.NONE);
            transactions.broker.time.advance(Duration.ofSeconds(1));
            assertEquals(1, markers.records().size());
            assertEquals(1, log.records().size());
        }
        assertEquals(TransactionState.COMPLETE_ABORT, transactions.state("t"));
        assertEquals(1, transactions.markers.written.size());
    }

    @Test
    void whatFailsOnceTheMarkersAreWrittenIsToldAndDoneAgain() {
        ProducerIdentity producer = transactions.init("t");
        transactions.add("t", producer, ORDERS_0);
        CompletableFuture<Void> opening = transactions.markers.later();
        transactions.end("t", producer, Outcome.COMMIT);
        try (LogLines lines = new LogLines(MarkerWriting.class)) {
            transactions.clockFailure = new IllegalStateException("a bug");
            opening.complete(null);
            assertEquals(1, lines.records().size());
            transactions.clockFailure = new IllegalStateException("the same again");
            transactions.broker.time.advance(Duration.ofMillis(100));
            assertEquals(2, lines.records().size());
        }
        assertEquals(TransactionState.PREPARE_COMMIT, transactions.state("t"));
        transactions.broker.time.advance(Duration.ofMillis(200));
        assertEquals(TransactionState.COMPLETE_COMMIT, transactions.state("t"));
        assertEquals(1, transactions.markers.written.size());
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {"UNKNOWN_TOPIC_OR_PARTITION", "INVALID_PRODUCER_EPOCH", "TRANSACTION_COORDINATOR_FENCED"})
    void aPartitionThatIsGoneOrHasNewerMarkersHoldsUpNothing(ErrorCode error) {
        ProducerIdentity producer = transactions.init("t");
        transactions.add("t", producer, ORDERS_0);
        transactions.add("t", producer, ORDERS_1);
        try (LogLines lines = new LogLines(MarkerWriting.class)) {
            transactions.markers.fail(ORDERS_0, error);
            transactions.end("t", producer, Outcome.COMMIT);
            assertEquals(
                    error == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION ? 0 : 1,
                    lines.records().size());
        }
        assertEquals(TransactionState.COMPLETE_COMMIT, transactions.state("t"));
        assertEquals(1, transactions.markers.written.size());
    }

    @Test
    void theEndIsAnsweredWhenItIsCertainAndDoesNotWaitForMarkers() {
        ProducerIdentity producer = transactions.init("t");
        transactions.add("t", producer, ORDERS_0);
        CompletableFuture<Void> opening = transactions.markers.later();
        assertEquals(
                ErrorCode.NONE, transactions.end("t", producer, Outcome.COMMIT).error());
        assertEquals(TransactionState.PREPARE_COMMIT, transactions.state("t"));
        assertEquals(ErrorCode.CONCURRENT_TRANSACTIONS, transactions.refusedInit("t", ProducerIdentity.NONE));
        opening.complete(null);
        assertEquals(TransactionState.COMPLETE_COMMIT, transactions.state("t"));
    }

    @Test
    void whatWasDecidedBeforeARestartIsFinishedAfterIt() {
        ProducerIdentity producer = transactions.init("t");
        transactions.add("t", producer, ORDERS_0);
        transactions.markers.later();
        transactions.end("t", producer, Outcome.COMMIT);
        transactions.all.close();
        transactions.markers.later().complete(null);
        transactions.broker.time.advance(Duration.ofSeconds(60));
        assertEquals(List.of(), transactions.markers.written, "a coordinator that was closed writes nothing");
        transactions.restart();
        assertEquals(TransactionState.COMPLETE_COMMIT, transactions.state("t"));
        assertEquals(1, transactions.markers.written.size());
    }

    @Test
    void anOpenTransactionGoesOnAfterARestartAndTimesOutAsWithoutOne() {
        ProducerIdentity producer = transactions.init("t");
        transactions.add("t", producer, ORDERS_0);
        transactions.broker.time.advance(Duration.ofSeconds(50));
        transactions.restart();
        assertEquals(ErrorCode.NONE, transactions.add("t", producer, ORDERS_1));
        transactions.broker.time.advance(Duration.ofSeconds(20));
        assertEquals(TransactionState.COMPLETE_ABORT, transactions.state("t"));
        assertEquals(2, transactions.markers.written.size());
    }

    @Test
    void partitionsAskWhetherTheyArePartOfATransaction() {
        ProducerIdentity producer = transactions.init("t");
        assertEquals(ErrorCode.TRANSACTION_ABORTABLE, transactions.verify("t", producer, ORDERS_0, Purpose.VERIFY));
        assertEquals(ErrorCode.NONE, transactions.verify("t", producer, ORDERS_0, Purpose.ADD));
        assertEquals(ErrorCode.NONE, transactions.verify("t", producer, ORDERS_0, Purpose.VERIFY));
        assertEquals(
                ErrorCode.INVALID_PRODUCER_ID_MAPPING, transactions.verify("u", producer, ORDERS_0, Purpose.VERIFY));
        assertEquals(ErrorCode.INVALID_PRODUCER_ID_MAPPING, transactions.verify("u", producer, ORDERS_0, Purpose.ADD));
        assertEquals(ErrorCode.INVALID_REQUEST, transactions.verify("", producer, ORDERS_0, Purpose.VERIFY));
        ProducerIdentity stale = new ProducerIdentity(producer.id(), (short) 9);
        assertEquals(ErrorCode.PRODUCER_FENCED, transactions.verify("t", stale, ORDERS_0, Purpose.ADD));
    }

    @Test
    void onePartitionThatIsNotThereKeepsTheOthersOut() {
        ProducerIdentity producer = transactions.init("t");
        TopicPartition missing = new TopicPartition("orders", 2);
        for (Purpose purpose : Purpose.values()) {
            var command =
                    new AddPartitionsCommand("t", producer, List.of(ORDERS_0, missing), TransactionVersion.V0, purpose);
            assertEquals(
                    Map.of(ORDERS_0, ErrorCode.OPERATION_NOT_ATTEMPTED, missing, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION),
                    transactions.coordinator.addPartitions(OneBroker.CLIENT, command));
        }
        assertEquals(TransactionState.EMPTY, transactions.state("t"));
    }

    @Test
    void partitionsStayInTheOrderInWhichTheyCame() {
        transactions.broker.topic("wide", 20);
        List<TopicPartition> backwards = new ArrayList<>();
        for (int i = 19; i >= 0; i--) {
            backwards.add(new TopicPartition("wide", i));
        }
        ProducerIdentity producer = transactions.init("t");
        transactions.coordinator.addPartitions(
                OneBroker.CLIENT,
                new AddPartitionsCommand("t", producer, backwards, TransactionVersion.V2, Purpose.ADD));
        transactions.end("t", producer, Outcome.COMMIT);
        assertEquals(
                backwards,
                transactions.markers.written.stream().map(Written::partition).toList());
    }

    @Test
    void aGroupsOffsetsTakePartThroughTheirPartition() {
        ProducerIdentity producer = transactions.init("t");
        assertEquals(ErrorCode.NONE, transactions.coordinator.addOffsets(OneBroker.CLIENT, "t", producer, "my-group"));
        transactions.end("t", producer, Outcome.COMMIT);
        int partition = Math.abs("my-group".hashCode()) % 50;
        assertEquals(
                new TopicPartition("__consumer_offsets", partition),
                transactions.markers.written.get(0).partition());
    }

    @Test
    void aTimeoutMustBeOneThatTheBrokerAllows() {
        for (int timeoutMs : List.of(0, -1, 900_001, Integer.MAX_VALUE)) {
            BrokerException refusal = assertThrows(
                    BrokerException.class,
                    () -> transactions.coordinator.initialize("t", timeoutMs, ProducerIdentity.NONE));
            assertEquals(ErrorCode.INVALID_TRANSACTION_TIMEOUT, refusal.error());
        }
        transactions.coordinator.initialize("t", 900_000, ProducerIdentity.NONE);
        transactions.coordinator.initialize("t", 1, ProducerIdentity.NONE);
        assertEquals(ErrorCode.INVALID_REQUEST, transactions.refusedInit("", ProducerIdentity.NONE));
    }
}
