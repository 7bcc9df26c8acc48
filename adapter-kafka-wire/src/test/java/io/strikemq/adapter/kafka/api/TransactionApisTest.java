package io.strikemq.adapter.kafka.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.strikemq.adapter.kafka.message.AddOffsetsToTxnRequest;
import io.strikemq.adapter.kafka.message.AddOffsetsToTxnResponse;
import io.strikemq.adapter.kafka.message.AddPartitionsToTxnResponse;
import io.strikemq.adapter.kafka.message.DescribeTransactionsRequest;
import io.strikemq.adapter.kafka.message.DescribeTransactionsResponse;
import io.strikemq.adapter.kafka.message.DescribeTransactionsResponse.TopicData;
import io.strikemq.adapter.kafka.message.EndTxnRequest;
import io.strikemq.adapter.kafka.message.EndTxnResponse;
import io.strikemq.adapter.kafka.message.ListTransactionsRequest;
import io.strikemq.adapter.kafka.message.ListTransactionsResponse;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.InspectTransactions;
import io.strikemq.domain.port.in.RunTransactions;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.transaction.AddPartitionsCommand;
import io.strikemq.domain.transaction.AddPartitionsCommand.Purpose;
import io.strikemq.domain.transaction.EndTransactionCommand;
import io.strikemq.domain.transaction.Transaction;
import io.strikemq.domain.transaction.TransactionEnded;
import io.strikemq.domain.transaction.TransactionFilter;
import io.strikemq.domain.transaction.TransactionListing;
import io.strikemq.domain.transaction.TransactionProducer;
import io.strikemq.domain.transaction.TransactionState;
import io.strikemq.domain.transaction.TransactionVersion;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TransactionApisTest {
    private static final ProducerIdentity PRODUCER = new ProducerIdentity(7, (short) 3);
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    private final RunTransactions run = mock(RunTransactions.class);
    private final InspectTransactions inspect = mock(InspectTransactions.class);
    private final Conversation client = new Conversation(TestPorts.with(run, inspect));

    /** Who is fenced is told so by the versions that know the word. */
    private static short fenced(int version) {
        return (version < 2 ? ErrorCode.INVALID_PRODUCER_EPOCH : ErrorCode.PRODUCER_FENCED).code();
    }

    @Test
    void partitionsAreAddedOneTransactionAtATimeAndFromVersion4OnSeveral() {
        when(run.addPartitions(any(), any())).thenReturn(Map.of(PARTITION, ErrorCode.PRODUCER_FENCED));
        for (int version = 0; version <= 5; version++) {
            AddPartitionsToTxnResponse answer =
                    client.ask(AddPartitionsToTxnResponse.class, SampleRequests.addPartitionsToTxn(version), version);
            var topics = version < 4
                    ? answer.resultsByTopicV3AndBelow()
                    : answer.resultsByTransaction().get(0).topicResults();
            assertEquals("t", topics.get(0).name());
            assertEquals(0, topics.get(0).resultsByPartition().get(0).partitionIndex());
            assertEquals(
                    fenced(version), topics.get(0).resultsByPartition().get(0).partitionErrorCode());
        }
        verify(run, times(4))
                .addPartitions(
                        any(),
                        eq(new AddPartitionsCommand(
                                "x", PRODUCER, List.of(PARTITION), TransactionVersion.V0, Purpose.ADD)));
        verify(run, times(2))
                .addPartitions(
                        any(),
                        eq(new AddPartitionsCommand(
                                "x", PRODUCER, List.of(PARTITION), TransactionVersion.V2, Purpose.VERIFY)));
    }

    @Test
    void aGroupsOffsetsAreAdded() {
        when(run.addOffsets(any(), eq("x"), eq(PRODUCER), eq("g"))).thenReturn(ErrorCode.PRODUCER_FENCED);
        AddOffsetsToTxnRequest request = AddOffsetsToTxnRequest.builder()
                .transactionalId("x")
                .producerId(7)
                .producerEpoch((short) 3)
                .groupId("g")
                .build();
        for (int version = 0; version <= 4; version++) {
            assertEquals(
                    fenced(version),
                    client.ask(AddOffsetsToTxnResponse.class, request, version).errorCode());
        }
    }

    @Test
    void version5OfAnEndSaysByWhichEpochTheProducerGoesOn() {
        for (int version = 0; version <= 5; version++) {
            TransactionVersion rules = version < 5 ? TransactionVersion.V0 : TransactionVersion.V2;
            Outcome outcome = version % 2 == 0 ? Outcome.COMMIT : Outcome.ABORT;
            when(run.end(any(), eq(new EndTransactionCommand("x", PRODUCER, outcome, rules))))
                    .thenReturn(CompletableFuture.completedFuture(
                            new TransactionEnded(ErrorCode.NONE, new ProducerIdentity(7, (short) 4))));
            EndTxnRequest request = EndTxnRequest.builder()
                    .transactionalId("x")
                    .producerId(7)
                    .producerEpoch((short) 3)
                    .committed(outcome == Outcome.COMMIT)
                    .build();
            EndTxnResponse answer = client.ask(EndTxnResponse.class, request, version);
            assertEquals(ErrorCode.NONE.code(), answer.errorCode());
            assertEquals(version < 5 ? -1 : 7, answer.producerId());
            assertEquals(version < 5 ? -1 : 4, answer.producerEpoch());

            when(run.end(any(), any()))
                    .thenReturn(CompletableFuture.completedFuture(
                            new TransactionEnded(ErrorCode.PRODUCER_FENCED, ProducerIdentity.NONE)));
            assertEquals(
                    fenced(version),
                    client.ask(EndTxnResponse.class, request, version).errorCode());
        }
    }

    @Test
    void transactionsAreDescribedEachForItself() {
        when(inspect.describe(any(), eq("x"))).thenReturn(Optional.of(ongoing()));
        when(inspect.describe(any(), eq("none"))).thenReturn(Optional.empty());
        DescribeTransactionsRequest request = DescribeTransactionsRequest.builder()
                .transactionalIds(List.of("x", "none", ""))
                .build();
        var states = client.ask(DescribeTransactionsResponse.class, request, 0).transactionStates();
        assertEquals("Ongoing", states.get(0).transactionState());
        assertEquals(1000, states.get(0).transactionStartTimeMs());
        assertEquals(
                List.of(List.of(0, 2), List.of(1)),
                states.get(0).topics().stream().map(TopicData::partitions).toList());
        assertEquals(ErrorCode.TRANSACTIONAL_ID_NOT_FOUND.code(), states.get(1).errorCode());
        assertEquals(ErrorCode.INVALID_REQUEST.code(), states.get(2).errorCode());
    }

    @Test
    void eachVersionFiltersByWhatItKnows() {
        when(inspect.list(any(), any())).thenReturn(new TransactionListing(List.of(ongoing()), List.of("nonsense")));
        for (int version = 0; version <= 2; version++) {
            ListTransactionsRequest.Builder request = ListTransactionsRequest.builder()
                    .stateFilters(List.of("Ongoing", "nonsense"))
                    .producerIdFilters(List.of(7L));
            if (version >= 1) {
                request.durationFilter(5);
            }
            if (version >= 2) {
                request.transactionalIdPattern("x.*");
            }
            ListTransactionsResponse answer = client.ask(ListTransactionsResponse.class, request.build(), version);
            assertEquals(List.of("nonsense"), answer.unknownStateFilters());
            assertEquals("x", answer.transactionStates().get(0).transactionalId());
            assertEquals("Ongoing", answer.transactionStates().get(0).transactionState());
            verify(inspect)
                    .list(
                            any(),
                            eq(new TransactionFilter(
                                    Set.of("Ongoing", "nonsense"),
                                    Set.of(7L),
                                    version < 1 ? -1 : 5,
                                    version < 2 ? null : "x.*")));
        }
    }

    private static Transaction ongoing() {
        return new Transaction(
                "x",
                new TransactionProducer(7, (short) 3, 7, -1, (short) 2),
                TransactionState.ONGOING,
                60_000,
                new LinkedHashSet<>(
                        List.of(new TopicPartition("a", 0), new TopicPartition("b", 1), new TopicPartition("a", 2))),
                1000,
                2000,
                TransactionVersion.V2);
    }
}
