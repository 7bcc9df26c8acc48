package io.strikemq.application.produce;

import static io.strikemq.application.OneBroker.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.application.Batch;
import io.strikemq.application.OneBroker;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.produce.PartitionProduced;
import io.strikemq.domain.produce.PartitionRecords;
import io.strikemq.domain.produce.ProduceCommand;
import io.strikemq.domain.produce.ProduceCommand.Acks;
import io.strikemq.domain.produce.ProduceCommand.Formats;
import io.strikemq.domain.produce.ProduceCommand.Transaction;
import io.strikemq.domain.produce.ProduceCommand.TransactionSupport;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionMarker;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicRef;
import io.strikemq.domain.transaction.AddPartitionsCommand;
import io.strikemq.domain.transaction.AddPartitionsCommand.Purpose;
import io.strikemq.domain.transaction.TransactionVersion;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Produce and the coordinator's word on it (KIP-890). */
class TransactionalProduceTest {
    private final OneBroker broker = new OneBroker();
    private final List<AddPartitionsCommand> questions = new ArrayList<>();
    private TransactionSupport support = TransactionSupport.PARTITIONS_ADDED_BY_PRODUCING;

    @BeforeEach
    void createTopic() {
        broker.topic("t", 2);
        answering(ErrorCode.NONE);
    }

    @Test
    void thePartitionsOfATransactionAreAskedForOnce() {
        List<PartitionProduced> answers = produce(records(0, batch(0)), records(1, batch(0)), records(7, batch(0)));
        assertEquals(
                List.of(ErrorCode.NONE, ErrorCode.NONE, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION),
                answers.stream().map(PartitionProduced::error).toList());
        produce(records(0, batch(1)), records(1, batch(1)));

        assertEquals(
                List.of(new AddPartitionsCommand(
                        "tx",
                        new ProducerIdentity(7, (short) 0),
                        List.of(new TopicPartition("t", 0), new TopicPartition("t", 1)),
                        TransactionVersion.V2,
                        Purpose.ADD)),
                questions);
        assertEquals(2, broker.partition("t", 0).end().highWatermark());
        assertEquals(0, broker.partition("t", 0).end().lastStableOffset());
    }

    @Test
    void olderProducersHaveTheirPartitionsVerifiedOnly() {
        support = TransactionSupport.ABORTABLE_ERRORS;
        produce(records(0, batch(0)));
        assertEquals(Purpose.VERIFY, questions.get(0).purpose());
    }

    @Test
    void recordsOutsideOfTransactionsAreNotAskedFor() {
        assertEquals(ErrorCode.NONE, broker.produce("t", 0, "plain").error());
        assertEquals(List.of(), questions);
    }

    @Test
    void clientsHearWhatTheirVersionKnows() {
        assertHeard(ErrorCode.INVALID_TXN_STATE, ErrorCode.INVALID_TXN_STATE);
        assertHeard(ErrorCode.PRODUCER_FENCED, ErrorCode.INVALID_PRODUCER_EPOCH);
        assertHeard(ErrorCode.INVALID_PRODUCER_ID_MAPPING, ErrorCode.INVALID_PRODUCER_ID_MAPPING);
        assertHeard(ErrorCode.TRANSACTION_ABORTABLE, ErrorCode.TRANSACTION_ABORTABLE);
        assertHeard(ErrorCode.CONCURRENT_TRANSACTIONS, ErrorCode.CONCURRENT_TRANSACTIONS);
        assertHeard(ErrorCode.NOT_COORDINATOR, ErrorCode.NOT_ENOUGH_REPLICAS);
        assertHeard(ErrorCode.COORDINATOR_NOT_AVAILABLE, ErrorCode.NOT_ENOUGH_REPLICAS);
        assertHeard(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS, ErrorCode.NOT_ENOUGH_REPLICAS);
        support = TransactionSupport.ABORTABLE_ERRORS;
        assertHeard(ErrorCode.TRANSACTION_ABORTABLE, ErrorCode.TRANSACTION_ABORTABLE);
        assertHeard(ErrorCode.CONCURRENT_TRANSACTIONS, ErrorCode.NOT_ENOUGH_REPLICAS);
        support = TransactionSupport.PARTITIONS_ADDED_BEFORE;
        assertHeard(ErrorCode.TRANSACTION_ABORTABLE, ErrorCode.INVALID_TXN_STATE);
        assertEquals(0, broker.partition("t", 0).end().highWatermark());
    }

    private void assertHeard(ErrorCode answered, ErrorCode heard) {
        answering(answered);
        assertEquals(heard, produce(records(0, batch(0))).get(0).error());
    }

    @Test
    void whatIsRefusedForOnePartitionIsAppendedToTheOther() {
        broker.verification(question -> {
            Map<TopicPartition, ErrorCode> answers = new HashMap<>();
            question.partitions()
                    .forEach(name ->
                            answers.put(name, name.partition() == 0 ? ErrorCode.INVALID_TXN_STATE : ErrorCode.NONE));
            return CompletableFuture.completedFuture(answers);
        });
        List<PartitionProduced> answers = produce(records(0, batch(0)), records(1, batch(0)));
        assertEquals(ErrorCode.INVALID_TXN_STATE, answers.get(0).error());
        assertEquals(
                "Partition was not added to the transaction", answers.get(0).message());
        assertEquals(ErrorCode.NONE, answers.get(1).error());
    }

    @Test
    void withoutATransactionalIdTheWholeRequestIsRefused() {
        List<PartitionProduced> answers = produceAs(null, records(0, batch(0)), records(1, plain()));
        assertEquals(
                List.of(
                        ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
                        ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED),
                answers.stream().map(PartitionProduced::error).toList());
    }

    @Test
    void twoProducersInOneRequestAreRefused() {
        List<PartitionProduced> answers = produce(records(0, batch(0)), records(1, batch(8, 0)));
        assertEquals(ErrorCode.INVALID_PRODUCER_ID_MAPPING, answers.get(0).error());
        assertEquals(ErrorCode.INVALID_PRODUCER_ID_MAPPING, answers.get(1).error());
    }

    @Test
    void anAnswerThatComesLateFindsTheRecordsAsTheyWere() {
        CompletableFuture<Map<TopicPartition, ErrorCode>> late = new CompletableFuture<>();
        broker.verification(question -> late);
        ByteBuffer batch = batch(0);
        CompletableFuture<List<PartitionProduced>> answer = begin(records(0, batch));
        assertFalse(answer.isDone());
        // The frame that the request came in serves the next one now.
        batch.put(batch.position(), new byte[batch.remaining()]);

        late.complete(Map.of(new TopicPartition("t", 0), ErrorCode.NONE));

        assertEquals(ErrorCode.NONE, answer.join().get(0).error());
        assertEquals(1, broker.partition("t", 0).end().highWatermark());
    }

    @Test
    void recordsThatTheMarkerOvertookBeginNoNewTransaction() {
        support = TransactionSupport.ABORTABLE_ERRORS;
        CompletableFuture<Map<TopicPartition, ErrorCode>> late = new CompletableFuture<>();
        broker.verification(question -> late);
        CompletableFuture<List<PartitionProduced>> answer = begin(records(0, batch(0)));
        broker.partition("t", 0)
                .appendMarker(new TransactionMarker(new ProducerIdentity(7, (short) 0), Outcome.ABORT, 0, (short) 1));

        late.complete(Map.of(new TopicPartition("t", 0), ErrorCode.NONE));

        assertEquals(ErrorCode.INVALID_TXN_STATE, answer.join().get(0).error());
        assertEquals(1, broker.partition("t", 0).end().lastStableOffset());
    }

    @Test
    void aVerificationThatFailsIsAnErrorOfItsPartitionsAlone() {
        broker.verification(question -> CompletableFuture.failedFuture(new IllegalStateException("a test's")));
        List<PartitionProduced> answers = produce(records(0, batch(0)), records(1, plain()));
        assertEquals(ErrorCode.UNKNOWN_SERVER_ERROR, answers.get(0).error());
        assertEquals(ErrorCode.NONE, answers.get(1).error());
    }

    @Test
    void aTransactionThatIsJustEndingIsWaitedForAMoment() {
        PatientVerification patient = new PatientVerification(this::ask, broker.time);
        AddPartitionsCommand question = question(TransactionSupport.PARTITIONS_ADDED_BY_PRODUCING);
        answering(ErrorCode.CONCURRENT_TRANSACTIONS);

        CompletableFuture<Map<TopicPartition, ErrorCode>> answer =
                patient.verify(question).toCompletableFuture();
        broker.time.advance(Duration.ofMillis(40));
        assertEquals(3, questions.size());
        assertFalse(answer.isDone());
        answering(ErrorCode.NONE);
        broker.time.advance(Duration.ofMillis(20));
        assertEquals(Map.of(name(0), ErrorCode.NONE), answer.join());
    }

    @Test
    void patienceEnds() {
        PatientVerification patient = new PatientVerification(this::ask, broker.time);
        answering(ErrorCode.CONCURRENT_TRANSACTIONS);
        AddPartitionsCommand adding = question(TransactionSupport.PARTITIONS_ADDED_BY_PRODUCING);
        CompletableFuture<Map<TopicPartition, ErrorCode>> answer =
                patient.verify(adding).toCompletableFuture();
        for (int i = 0; i < 10; i++) {
            broker.time.advance(Duration.ofMillis(20));
        }
        assertEquals(Map.of(name(0), ErrorCode.CONCURRENT_TRANSACTIONS), answer.join());
        assertEquals(6, questions.size());

        AddPartitionsCommand verifying = question(TransactionSupport.PARTITIONS_ADDED_BEFORE);
        assertTrue(patient.verify(verifying).toCompletableFuture().isDone());
    }

    private static AddPartitionsCommand question(TransactionSupport support) {
        return new Transaction("tx", support).question(new ProducerIdentity(7, (short) 0), List.of(name(0)));
    }

    private ErrorCode answer;

    private void answering(ErrorCode error) {
        answer = error;
        broker.verification(this::ask);
    }

    private CompletableFuture<Map<TopicPartition, ErrorCode>> ask(AddPartitionsCommand question) {
        questions.add(question);
        Map<TopicPartition, ErrorCode> answers = new HashMap<>();
        question.partitions().forEach(each -> answers.put(each, answer));
        return CompletableFuture.completedFuture(answers);
    }

    private List<PartitionProduced> produce(PartitionRecords... records) {
        return produceAs("tx", records);
    }

    private CompletableFuture<List<PartitionProduced>> begin(PartitionRecords... records) {
        return beginAs("tx", records);
    }

    private List<PartitionProduced> produceAs(String transactionalId, PartitionRecords... records) {
        return beginAs(transactionalId, records).join();
    }

    private CompletableFuture<List<PartitionProduced>> beginAs(String transactionalId, PartitionRecords... records) {
        Transaction transaction = transactionalId == null ? null : new Transaction(transactionalId, support);
        ProduceCommand command =
                new ProduceCommand(Acks.ALL, Duration.ofSeconds(30), transaction, Formats.V2, List.of(records));
        return broker.produce.produce(CLIENT, command).toCompletableFuture();
    }

    private static TopicPartition name(int partition) {
        return new TopicPartition("t", partition);
    }

    private static PartitionRecords records(int partition, ByteBuffer batch) {
        return new PartitionRecords(TopicRef.byName("t"), partition, batch);
    }

    private ByteBuffer batch(int sequence) {
        return batch(7, sequence);
    }

    private ByteBuffer batch(long producer, int sequence) {
        return new Batch(broker.time.wallClockMillis())
                .producer(producer, 0, sequence)
                .transactional()
                .records("s")
                .build(broker.codecs);
    }

    private ByteBuffer plain() {
        return new Batch(broker.time.wallClockMillis()).records("s").build(broker.codecs);
    }
}
