package io.strikemq.adapter.kafka.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.DeleteRecordsResponse;
import io.strikemq.adapter.kafka.message.InitProducerIdRequest;
import io.strikemq.adapter.kafka.message.InitProducerIdResponse;
import io.strikemq.adapter.kafka.message.ListOffsetsResponse;
import io.strikemq.adapter.kafka.message.ListOffsetsResponse.ListOffsetsPartitionResponse;
import io.strikemq.adapter.kafka.message.ProduceRequest;
import io.strikemq.adapter.kafka.message.ProduceResponse;
import io.strikemq.adapter.kafka.message.ProduceResponse.PartitionProduceResponse;
import io.strikemq.adapter.kafka.wire.RequestMessage;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.RecordDeletion;
import io.strikemq.domain.log.RecordsDeleted;
import io.strikemq.domain.offset.OffsetFound;
import io.strikemq.domain.offset.OffsetQuery;
import io.strikemq.domain.port.in.DeleteRecords;
import io.strikemq.domain.port.in.InitProducer;
import io.strikemq.domain.port.in.LookUpOffsets;
import io.strikemq.domain.port.in.ProduceRecords;
import io.strikemq.domain.produce.PartitionProduced;
import io.strikemq.domain.produce.PartitionProduced.RecordError;
import io.strikemq.domain.produce.ProduceCommand;
import io.strikemq.domain.produce.ProduceCommand.Acks;
import io.strikemq.domain.produce.ProduceCommand.Formats;
import io.strikemq.domain.producer.InitProducerCommand;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicRef;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordApisTest {
    static IntStream produceVersions() {
        return IntStream.rangeClosed(0, 13);
    }

    @ParameterizedTest
    @MethodSource("produceVersions")
    void producedRecordsAreHandedOnWithoutACopyAndAnsweredInTheWordsOfTheVersion(int version) {
        Partitions broker = new Partitions(ErrorCode.NONE);
        ProduceResponse answer = new Conversation(TestPorts.with(broker))
                .ask(ProduceResponse.class, SampleRequests.produce(version, -1), version);

        assertEquals(Acks.ALL, broker.command.acks());
        assertEquals(
                version < 3 ? Formats.ANY : version < 7 ? Formats.V2_WITHOUT_ZSTD : Formats.V2,
                broker.command.formats());
        assertEquals(ByteBuffer.wrap(SampleRequests.BYTES), broker.seen);
        assertTrue(broker.command.partitions().get(0).records().isDirect(), "a slice of the frame");
        assertEquals("client", broker.context.clientId());
        assertEquals("/127.0.0.2", broker.context.clientAddress());
        assertEquals(Conversation.BROKER_ID, broker.context.brokerId());
        assertEquals(version >= 13, broker.command.partitions().get(0).topic().isById());
        PartitionProduceResponse partition =
                answer.responses().get(0).partitionResponses().get(0);
        assertEquals(100, partition.baseOffset());
        assertEquals(version < 2 ? -1 : 123, partition.logAppendTimeMs());
        assertEquals(version < 5 ? -1 : 7, partition.logStartOffset());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aTopicsDeletionsAreAnsweredTogetherAndOfAPartitionTheLastOneCounts(int version) {
        List<RecordDeletion> asked = new ArrayList<>();
        DeleteRecords deleteRecords = (context, deletions) -> {
            asked.addAll(deletions);
            return CompletableFuture.completedFuture(deletions.stream()
                    .map(one -> one.beforeOffset() == RecordDeletion.ALL
                            ? RecordsDeleted.refused(one.partition(), ErrorCode.POLICY_VIOLATION)
                            : new RecordsDeleted(one.partition(), ErrorCode.NONE, one.beforeOffset()))
                    .toList());
        };
        DeleteRecordsResponse answer = new Conversation(TestPorts.with(deleteRecords))
                .ask(DeleteRecordsResponse.class, SampleRequests.deleteRecords(), version);

        assertEquals(List.of(deletion("t", 0, 6), deletion("t", 1, 7), deletion("u", 0, RecordDeletion.ALL)), asked);
        assertEquals(
                List.of("t 0: 6", "t 1: 7", "u 0: -1, POLICY_VIOLATION"),
                answer.topics().stream()
                        .flatMap(topic -> topic.partitions().stream()
                                .map(partition -> topic.name() + " " + partition.partitionIndex() + ": "
                                        + partition.lowWatermark()
                                        + (partition.errorCode() == ErrorCode.POLICY_VIOLATION.code()
                                                ? ", POLICY_VIOLATION"
                                                : "")))
                        .toList());
    }

    private static RecordDeletion deletion(String topic, int partition, long offset) {
        return new RecordDeletion(new TopicPartition(topic, partition), offset);
    }

    @ParameterizedTest
    @CsvSource({"3, NOT_LEADER_OR_FOLLOWER", "4, KAFKA_STORAGE_ERROR"})
    void aStorageErrorIsToldToOldProducersAsOneThatTheyKnow(int version, ErrorCode told) {
        ProduceResponse answer = new Conversation(TestPorts.with(new Partitions(ErrorCode.KAFKA_STORAGE_ERROR)))
                .ask(ProduceResponse.class, SampleRequests.produce(version, 1), version);

        assertEquals(
                told.code(),
                answer.responses().get(0).partitionResponses().get(0).errorCode());
    }

    @Test
    void refusedRecordsAreNamedFromVersion8On() {
        Conversation client = new Conversation(TestPorts.with(new Partitions(ErrorCode.INVALID_RECORD)));

        PartitionProduceResponse eight = client.ask(ProduceResponse.class, SampleRequests.produce(8, 1), 8)
                .responses()
                .get(0)
                .partitionResponses()
                .get(0);
        PartitionProduceResponse seven = client.ask(ProduceResponse.class, SampleRequests.produce(7, 1), 7)
                .responses()
                .get(0)
                .partitionResponses()
                .get(0);

        assertEquals(2, eight.recordErrors().get(0).batchIndex());
        assertEquals("no key", eight.recordErrors().get(0).batchIndexErrorMessage());
        assertEquals("refused", eight.errorMessage());
        assertEquals(List.of(), seven.recordErrors());
    }

    @Test
    void withoutAcksThereIsNoAnswerAndAFailureClosesTheConnection() {
        Conversation glad = new Conversation(TestPorts.with(new Partitions(ErrorCode.NONE)));
        glad.send(SampleRequests.produce(9, 0), 9);
        assertTrue(glad.isUnanswered());

        Conversation sad = new Conversation(TestPorts.with(new Partitions(ErrorCode.NOT_LEADER_OR_FOLLOWER)));
        sad.send(SampleRequests.produce(9, 0), 9);
        assertTrue(sad.closedBecause().contains("NOT_LEADER_OR_FOLLOWER"), sad.closedBecause());

        Conversation broken = new Conversation(TestPorts.with());
        broken.send(SampleRequests.produce(9, 0), 9);
        assertNotNull(broken.closedBecause());
    }

    @Test
    void acksThatDoNotExistAreRefusedPerPartition() {
        ProduceRequest request = SampleRequests.produce(9, 2);

        ProduceResponse answer = new Conversation(TestPorts.with()).ask(ProduceResponse.class, request, 9);

        assertEquals(
                ErrorCode.INVALID_REQUIRED_ACKS.code(),
                answer.responses().get(0).partitionResponses().get(0).errorCode());
    }

    @Test
    void specialTimestampsAreUnsupportedBeforeTheirVersion() {
        Conversation client = new Conversation(TestPorts.with(offsets()));
        List<long[]> firstVersions = List.of(
                new long[] {-1, 0},
                new long[] {-2, 0},
                new long[] {-3, 7},
                new long[] {-4, 8},
                new long[] {-5, 9},
                new long[] {-6, 11},
                new long[] {-7, 99});

        for (long[] special : firstVersions) {
            for (int version = 0; version <= 11; version++) {
                RequestMessage request = SampleRequests.listOffsets(special[0], 1, version);
                ListOffsetsPartitionResponse partition = client.ask(ListOffsetsResponse.class, request, version)
                        .topics()
                        .get(0)
                        .partitions()
                        .get(0);
                ErrorCode expected = version < special[1] ? ErrorCode.UNSUPPORTED_VERSION : ErrorCode.NONE;
                assertEquals(expected.code(), partition.errorCode(), special[0] + " in " + version);
            }
        }
    }

    @Test
    void version0ListsTheLogsEndAndStart() {
        Conversation client = new Conversation(TestPorts.with(offsets()));

        assertEquals(List.of(50L), oldOffsets(client, OffsetQuery.LATEST, 1));
        assertEquals(List.of(50L, 10L), oldOffsets(client, OffsetQuery.LATEST, 5));
        assertEquals(List.of(10L), oldOffsets(client, OffsetQuery.EARLIEST, 5));
        assertEquals(List.of(30L, 10L), oldOffsets(client, 1000, 2));
    }

    private static List<Long> oldOffsets(Conversation client, long timestamp, int count) {
        return client.ask(ListOffsetsResponse.class, SampleRequests.listOffsets(timestamp, count, 0), 0)
                .topics()
                .get(0)
                .partitions()
                .get(0)
                .oldStyleOffsets();
    }

    @Test
    void aProducerIsFencedInTheWordsOfItsVersion() {
        Conversation client = new Conversation(
                TestPorts.failing(() -> new BrokerException(ErrorCode.PRODUCER_FENCED, "older than the last")));
        InitProducerIdRequest request = InitProducerIdRequest.builder()
                .transactionalId(null)
                .producerId(5)
                .producerEpoch((short) 1)
                .build();

        assertEquals(
                ErrorCode.INVALID_PRODUCER_EPOCH.code(),
                client.ask(InitProducerIdResponse.class, request, 3).errorCode());
        assertEquals(
                ErrorCode.PRODUCER_FENCED.code(),
                client.ask(InitProducerIdResponse.class, request, 4).errorCode());
    }

    @Test
    void aProducerIsInitializedAsItSaysItIs() {
        InitProducer initProducer = mock();
        when(initProducer.init(any(), any())).thenReturn(new ProducerIdentity(8, (short) 2));
        Conversation client = new Conversation(TestPorts.with(initProducer));
        for (int version = 0; version <= 5; version++) {
            InitProducerIdRequest request = InitProducerIdRequest.builder()
                    .transactionalId("x")
                    .transactionTimeoutMs(1234)
                    .producerId(version < 3 ? -1 : 5)
                    .build();

            InitProducerIdResponse answer = client.ask(InitProducerIdResponse.class, request, version);

            assertEquals(ErrorCode.NONE.code(), answer.errorCode());
            assertEquals(8, answer.producerId());
            assertEquals(2, answer.producerEpoch());
            verify(initProducer, atLeastOnce())
                    .init(
                            any(),
                            eq(new InitProducerCommand(
                                    "x", 1234, new ProducerIdentity(version < 3 ? -1 : 5, (short) -1))));
        }
    }

    @Test
    void recordsThatWaitForALogAreCountedAsMemoryUntilTheyAreAppended() {
        CompletableFuture<List<PartitionProduced>> later = new CompletableFuture<>();
        ProduceRecords opening = (context, command) -> later;
        Conversation client = new Conversation(TestPorts.with(opening));
        ProduceRequest request = (ProduceRequest) SampleRequests.of(ApiKey.PRODUCE, 9);

        client.send(request, 9);
        assertTrue(client.held() > 0);
        assertNull(client.response());

        later.complete(List.of(PartitionProduced.appended(TopicRef.byName("t"), 0, 5, -1, 0)));
        ProduceResponse answer = client.answer(ProduceResponse.class, request, 9);
        assertEquals(5, answer.responses().get(0).partitionResponses().get(0).baseOffset());
    }

    /** Takes records, or refuses them. */
    private static final class Partitions implements ProduceRecords {
        private final ErrorCode error;
        private ProduceCommand command;
        private RequestContext context;
        private ByteBuffer seen;

        private Partitions(ErrorCode error) {
            this.error = error;
        }

        @Override
        public CompletionStage<List<PartitionProduced>> produce(RequestContext newContext, ProduceCommand newCommand) {
            command = newCommand;
            context = newContext;
            ByteBuffer records = command.partitions().get(0).records();
            seen = ByteBuffer.allocate(records.remaining())
                    .put(records.duplicate())
                    .flip();
            List<RecordError> errors = error == ErrorCode.NONE ? List.of() : List.of(new RecordError(2, "no key"));
            return CompletableFuture.completedFuture(List.of(
                    error == ErrorCode.NONE
                            ? PartitionProduced.appended(
                                    command.partitions().get(0).topic(), 0, 100, 123, 7)
                            : new PartitionProduced(
                                    command.partitions().get(0).topic(), 0, error, -1, -1, -1, errors, "refused")));
        }
    }

    /** A log from 10 to 50, in which timestamp 1000 is at 30. */
    private static LookUpOffsets offsets() {
        LookUpOffsets offsets = mock();
        when(offsets.lookUp(any(), any(), any()))
                .thenAnswer(call -> CompletableFuture.completedFuture(call.<List<OffsetQuery>>getArgument(2).stream()
                        .map(RecordApisTest::found)
                        .toList()));
        return offsets;
    }

    private static OffsetFound found(OffsetQuery query) {
        if (!query.isSupported()) {
            return OffsetFound.nothing(query.partition(), ErrorCode.UNSUPPORTED_VERSION);
        }
        long offset = query.timestamp() == OffsetQuery.LATEST ? 50 : query.timestamp() < 0 ? 10 : 30;
        return new OffsetFound(query.partition(), ErrorCode.NONE, -1, offset, 1);
    }
}
