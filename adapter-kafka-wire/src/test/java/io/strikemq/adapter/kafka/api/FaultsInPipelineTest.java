package io.strikemq.adapter.kafka.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.FetchRequest;
import io.strikemq.adapter.kafka.message.FetchResponse;
import io.strikemq.adapter.kafka.message.FindCoordinatorResponse;
import io.strikemq.adapter.kafka.message.ProduceRequest;
import io.strikemq.adapter.kafka.message.ProduceResponse;
import io.strikemq.adapter.kafka.message.ProduceResponse.PartitionProduceResponse;
import io.strikemq.adapter.kafka.wire.ResponseMessage;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fault.FaultRule;
import io.strikemq.domain.fault.InjectedFaults;
import io.strikemq.domain.fetch.FetchQuery;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.fetch.PartitionFetched;
import io.strikemq.domain.intercept.Outcome;
import io.strikemq.domain.intercept.Outcome.Fate;
import io.strikemq.domain.intercept.RowError;
import io.strikemq.domain.log.LogSlice;
import io.strikemq.domain.port.in.FetchRecords;
import io.strikemq.domain.port.in.ProduceRecords;
import io.strikemq.domain.produce.PartitionProduced;
import io.strikemq.domain.produce.PartitionRecords;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What faults make of requests and answers, byte by byte. */
class FaultsInPipelineTest {
    private static final ErrorCode ERROR = ErrorCode.NOT_LEADER_OR_FOLLOWER;

    private final List<Integer> produced = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final ProduceRecords produce = (context, command) -> CompletableFuture.completedFuture(
            command.partitions().stream().map(this::appended).toList());
    private final Conversation client = new Conversation(TestPorts.with(produce));

    static Stream<ApiKey> served() {
        return EveryApiTest.asking().filter(key -> key != ApiKey.FETCH);
    }

    /** Ports that fail with another error are not even asked. */
    @ParameterizedTest
    @MethodSource("served")
    void everyApiCarriesAnErrorAtEveryVersion(ApiKey key) {
        Conversation refusing = new Conversation(
                TestPorts.failing(() -> new BrokerException(ErrorCode.POLICY_VIOLATION, "it was asked")));
        inject(refusing, FaultRule.on(key.displayName()).answer(ErrorCode.CLUSTER_AUTHORIZATION_FAILED));

        for (int version : IntStream.rangeClosed(key.lowestVersion(), key.highestStableVersion())
                .toArray()) {
            outcomes.clear();
            refusing.ask(ResponseMessage.class, SampleRequests.of(key, version), version);
            assertEquals(
                    Set.of(ErrorCode.CLUSTER_AUTHORIZATION_FAILED),
                    outcomes.get(0).errors().stream().map(RowError::error).collect(Collectors.toSet()),
                    "version " + version);
        }
    }

    @Test
    void onlyTheRowThatMatchesIsRefusedAndTheRestIsDone() {
        inject(client, FaultRule.on("Produce").topic("t").partition(1).answer(ERROR));

        ProduceResponse answer = client.ask(ProduceResponse.class, produce(0, 1, 2), 9);

        assertEquals(List.of(0, 2), produced);
        List<PartitionProduceResponse> rows = answer.responses().get(0).partitionResponses();
        assertEquals(1, answer.responses().size());
        assertEquals(
                List.of("0:0", "2:0", "1:" + ERROR.code()),
                rows.stream().map(row -> row.index() + ":" + row.errorCode()).toList());
        assertEquals(-1, rows.get(2).baseOffset(), "as Kafka says it of a partition that it refuses");
        assertEquals(1, outcomes.get(0).errors().get(0).row().partition());
    }

    @Test
    void anErrorAfterHandlingTellsOfAFailureThatWasNone() {
        inject(
                client,
                FaultRule.on("Produce").topic("t").partition(1).answer(ERROR).afterHandling());

        ProduceResponse answer = client.ask(ProduceResponse.class, produce(0, 1), 9);

        assertEquals(List.of(0, 1), produced);
        List<PartitionProduceResponse> rows = answer.responses().get(0).partitionResponses();
        assertEquals(ERROR.code(), rows.get(1).errorCode());
        assertEquals(0, rows.get(0).errorCode());
    }

    @Test
    void severalErrorsGoEachToItsRows() {
        inject(
                client,
                FaultRule.on("Produce").partition(1).answer(ERROR),
                FaultRule.on("Produce").topic("t").answer(ErrorCode.KAFKA_STORAGE_ERROR));

        ProduceResponse answer = client.ask(ProduceResponse.class, produce(0, 1), 9);

        assertEquals(List.of(), produced);
        assertEquals(
                Set.of("0:" + ErrorCode.KAFKA_STORAGE_ERROR.code(), "1:" + ERROR.code()),
                answer.responses().get(0).partitionResponses().stream()
                        .map(row -> row.index() + ":" + row.errorCode())
                        .collect(Collectors.toSet()));
    }

    @Test
    void whereTheAnswersRowsHaveNoNamesTheWholeIsRefused() {
        inject(client, FaultRule.on("FindCoordinator").group("h").answer(ErrorCode.COORDINATOR_NOT_AVAILABLE));

        FindCoordinatorResponse answer =
                client.ask(FindCoordinatorResponse.class, SampleRequests.findCoordinator(0, 4), 4);

        assertEquals(2, answer.coordinators().size());
        answer.coordinators()
                .forEach(each -> assertEquals(ErrorCode.COORDINATOR_NOT_AVAILABLE.code(), each.errorCode()));
    }

    @Test
    void aRequestThatAsksForNoAnswerIsRefusedByClosing() {
        inject(client, FaultRule.on("Produce").answer(ERROR));

        client.send(SampleRequests.produce(9, 0), 9);

        assertEquals(List.of(), produced);
        assertEquals("its Produce request failed with a fault and asks for no answer", client.closedBecause());
        assertEquals(List.of(Outcome.of(Fate.CLOSED)), outcomes);
    }

    @Test
    void answersAreWithheldAndConnectionsClosedOrResetAfterTheRequestWasDone() {
        for (FaultRule rule : List.of(
                FaultRule.on("Produce").withhold(),
                FaultRule.on("Produce").close(),
                FaultRule.on("Produce").reset())) {
            inject(client, rule);
            client.send(produce(0), 9);
            client.send(SampleRequests.produce(9, 0), 9);
        }

        assertEquals(List.of(0, 0, 0, 0, 0, 0), produced);
        assertEquals(List.of("withheld", "withheld", "hung up", "hung up", "reset", "reset"), client.endings());
        assertEquals(
                List.of(Fate.WITHHELD, Fate.WITHHELD, Fate.CLOSED, Fate.CLOSED, Fate.CLOSED, Fate.CLOSED),
                outcomes.stream().map(Outcome::fate).toList());
        assertNull(client.response());
    }

    @Test
    void beforeHandlingNothingIsDone() {
        inject(client, FaultRule.on("Produce").close().beforeHandling());

        client.send(produce(0), 9);

        assertEquals(List.of(), produced);
        assertEquals(List.of("hung up"), client.endings());
    }

    @Test
    void aLateAnswerIsReleasedWhenItsClientGoesAway() {
        inject(client, FaultRule.on("Produce").delay(Duration.ofSeconds(3)));
        client.send(produce(0), 9);
        assertEquals(List.of(0), produced);
        assertNull(client.response());

        client.time().advance(Duration.ofSeconds(2));
        assertNull(client.response());
        client.time().advance(Duration.ofSeconds(1));
        assertNotNull(client.response());

        client.send(produce(1), 9);
        client.cancellation().run();
        assertTrue(client.isUnanswered());
        assertEquals(Fate.ABANDONED, outcomes.get(1).fate());
        assertEquals(0, client.time().pendingDeadlines());
    }

    /** The bytes of the frame are overwritten as soon as the request was handed over. */
    @Test
    void aRequestThatIsHandledLaterIsKept() {
        inject(client, FaultRule.on("Produce").delay(Duration.ofSeconds(3)).beforeHandling());
        ProduceRequest request = produce(0, 1);
        client.send(request, 9);
        assertEquals(List.of(), produced);
        assertTrue(client.held() > 0, "its memory is counted");

        client.time().advance(Duration.ofSeconds(3));

        assertEquals(List.of(0, 1), produced);
        assertEquals(
                2,
                client.answer(ProduceResponse.class, request, 9)
                        .responses()
                        .get(0)
                        .partitionResponses()
                        .size());
    }

    @Test
    void anAnswerTellsToWaitWhereItsVersionCan() {
        inject(client, FaultRule.on("Produce").throttle(Duration.ofMillis(700)));

        assertEquals(700, client.ask(ProduceResponse.class, produce(0), 9).throttleTimeMs());
        client.ask(ProduceResponse.class, produce(0), 0);
    }

    @Test
    void slowBytesAreTheSameBytes() {
        ProduceRequest request = produce(0);
        client.send(request, 9);
        ByteBuffer whole = joined(client.response().buffers());
        inject(client, FaultRule.on("Produce").slow(100));
        client.send(request, 9);
        assertNull(client.response());

        int steps = 0;
        while (client.response() == null) {
            client.time().advance(Duration.ofMillis(50));
            steps++;
        }

        assertEquals((whole.remaining() + 4) / 5, steps, "5 bytes in each 50 ms");
        List<ByteBuffer> all = new ArrayList<>(client.parts());
        all.addAll(client.response().buffers());
        assertEquals(whole, joined(all));
    }

    @Test
    void theRestOfASlowAnswerComesAtOnceWhenAllIsLetGo() {
        ProduceRequest request = produce(0);
        client.send(request, 9);
        ByteBuffer whole = joined(client.response().buffers());
        inject(client, FaultRule.on("Produce").slow(100));
        client.send(request, 9);
        client.time().advance(Duration.ofMillis(50));
        assertNull(client.response());

        client.letGo();

        List<ByteBuffer> all = new ArrayList<>(client.parts());
        all.addAll(client.response().buffers());
        assertEquals(whole, joined(all));
        assertEquals(1, client.parts().size());
        assertEquals(0, client.time().pendingDeadlines());
    }

    @Test
    void nothingIsKeptOfALateAnswerThatWasLetGo() {
        inject(client, FaultRule.on("Produce").delay(Duration.ofHours(24)));
        client.send(produce(0), 9);
        assertNull(client.response());

        client.letGo();

        assertNotNull(client.response());
        assertEquals(0, client.time().pendingDeadlines());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsLetGoBetweenTheDecisionAndTheWaitDoesNotWait(boolean isAfter) {
        FaultRule rule = FaultRule.on("Produce").delay(Duration.ofHours(24));
        InjectedFaults late = InjectedFaults.NONE.with(isAfter ? rule.afterHandling() : rule.beforeHandling(), 1);
        client.interceptors().inject(request -> {
            client.letGo();
            return late;
        });

        client.send(produce(0), 9);

        assertNotNull(client.response());
        assertEquals(0, client.time().pendingDeadlines());
    }

    @Test
    void corruptRecordsAreCopiesAndOnlyThoseThatMatch() {
        ByteBuffer log = ByteBuffer.allocateDirect(5000).putInt(8, 4000);
        ByteBuffer before = joined(List.of(log));
        FetchRecords fetch = (context, query) -> CompletableFuture.completedFuture(fetched(query, log));
        Conversation reader = new Conversation(TestPorts.with(fetch));
        FetchRequest request = SampleRequests.fetch(12);
        ByteBuffer clean = only(reader.ask(FetchResponse.class, request, 12));
        inject(reader, FaultRule.on("Fetch").topic("u").corruptRecords());
        assertEquals(clean, only(reader.ask(FetchResponse.class, request, 12)));

        inject(reader, FaultRule.on("Fetch").topic("t").corruptRecords());
        ByteBuffer corrupt = only(reader.ask(FetchResponse.class, request, 12));

        assertNotEquals(clean, corrupt);
        assertEquals(clean.remaining(), corrupt.remaining());
        assertEquals(4012 - 1, clean.mismatch(corrupt), "the last byte of the first batch");
        assertEquals(clean.slice(4012, 988), corrupt.slice(4012, 988));
        assertEquals(before, joined(List.of(log)), "what lies in the log is as it was");
    }

    @Test
    void aBugOfTheRulesIsNoneOfTheRequest() {
        client.interceptors().inject(request -> {
            throw new IllegalStateException("a bug that this test provokes");
        });

        client.ask(ProduceResponse.class, produce(0), 9);

        assertEquals(List.of(0), produced);
        assertEquals(1, client.failures());
    }

    @Test
    void aFetchOfWhichSomeIsRefusedWaitsForNothing() {
        List<FetchQuery> queries = new ArrayList<>();
        FetchRecords fetch = (context, query) -> {
            queries.add(query);
            return CompletableFuture.completedFuture(fetched(query, ByteBuffer.allocate(0)));
        };
        Conversation reader = new Conversation(TestPorts.with(fetch));
        FetchRequest sample = SampleRequests.fetch(12);
        FetchRequest.FetchTopic topic = sample.topics().get(0);
        FetchRequest.FetchPartition row = topic.partitions().get(0);
        FetchRequest request = sample.toBuilder()
                .topics(List.of(topic.toBuilder()
                        .partitions(List.of(row, row.toBuilder().partition(1).build()))
                        .build()))
                .build();
        inject(reader, FaultRule.on("Fetch").partition(1).answer(ERROR));

        FetchResponse answer = reader.ask(FetchResponse.class, request, 12);

        assertEquals(Duration.ZERO, queries.get(0).maxWait());
        assertEquals(
                List.of("0:0", "1:" + ERROR.code()),
                answer.responses().get(0).partitions().stream()
                        .map(each -> each.partitionIndex() + ":" + each.errorCode())
                        .toList());

        inject(reader, FaultRule.on("Fetch").answer(ErrorCode.FETCH_SESSION_ID_NOT_FOUND));
        assertEquals(
                ErrorCode.FETCH_SESSION_ID_NOT_FOUND.code(),
                reader.ask(FetchResponse.class, request, 12).errorCode(),
                "a rule that names no rows is about the whole");
        assertEquals(1, queries.size());
    }

    private static FetchResult fetched(FetchQuery query, ByteBuffer records) {
        LogSlice slice = mock();
        when(slice.buffers()).thenReturn(List.of(records.duplicate()));
        when(slice.sizeInBytes()).thenReturn(records.remaining());
        List<PartitionFetched> rows = query.partitions().stream()
                .map(asked -> new PartitionFetched(
                        asked.topic(), asked.partition(), ErrorCode.NONE, 10, 9, 1, null, null, slice))
                .toList();
        return new FetchResult(ErrorCode.NONE, 0, rows);
    }

    private void inject(Conversation conversation, FaultRule... rules) {
        conversation.interceptors().observe(request -> outcomes::add);
        conversation.interceptors().inject(request -> {
            InjectedFaults faults = InjectedFaults.NONE;
            for (FaultRule rule : rules) {
                faults = rule.match().matches(request) ? faults.with(rule, 1) : faults;
            }
            return faults;
        });
    }

    private PartitionProduced appended(PartitionRecords records) {
        produced.add(records.partition());
        return PartitionProduced.refused(records.topic(), records.partition(), ErrorCode.NONE, null);
    }

    private static ProduceRequest produce(int... partitions) {
        ProduceRequest sample = SampleRequests.produce(9, 1);
        ProduceRequest.TopicProduceData topic = sample.topicData().get(0);
        ProduceRequest.PartitionProduceData row = topic.partitionData().get(0);
        return sample.toBuilder()
                .topicData(List.of(topic.toBuilder()
                        .partitionData(IntStream.of(partitions)
                                .mapToObj(partition ->
                                        row.toBuilder().index(partition).build())
                                .toList())
                        .build()))
                .build();
    }

    private static ByteBuffer only(FetchResponse answer) {
        return joined(answer.responses().get(0).partitions().get(0).records());
    }

    private static ByteBuffer joined(List<ByteBuffer> buffers) {
        ByteBuffer all = ByteBuffer.allocate(
                buffers.stream().mapToInt(ByteBuffer::remaining).sum());
        buffers.forEach(buffer -> all.put(buffer.duplicate()));
        return all.flip();
    }
}
