package io.strikemq.adapter.kafka.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.FetchRequest;
import io.strikemq.adapter.kafka.message.ListPartitionReassignmentsRequest;
import io.strikemq.adapter.kafka.message.ListPartitionReassignmentsResponse;
import io.strikemq.adapter.kafka.wire.RequestMessage;
import io.strikemq.adapter.kafka.wire.ResponseMessage;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.FetchQuery;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.intercept.NamedRow;
import io.strikemq.domain.intercept.Outcome;
import io.strikemq.domain.intercept.Outcome.Fate;
import io.strikemq.domain.intercept.RequestObserver;
import io.strikemq.domain.intercept.RowError;
import io.strikemq.domain.intercept.SeenRequest;
import io.strikemq.domain.port.in.DescribeTopics;
import io.strikemq.domain.port.in.FetchRecords;
import io.strikemq.domain.port.in.ProduceRecords;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicListing;
import io.strikemq.domain.topic.TopicRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What those who look on are shown of requests and answers. */
class SeenRequestsTest {
    /** The sample's topic id, which these ports do not know. */
    private static final String ID = "AAAAAAAAAAEAAAAAAAAAAg";

    /** What the samples name, at any version. */
    private static final String NAMED = """
            Produce=t-0
            ListOffsets=t-0
            Metadata=t
            OffsetCommit=group:g,t-0
            OffsetFetch=group:g,t-0
            FindCoordinator=group:g / group:g group:h
            JoinGroup=group:g
            Heartbeat=group:g
            LeaveGroup=group:g
            SyncGroup=group:g
            DescribeGroups=group:g
            ListGroups=
            ApiVersions=
            CreateTopics=t
            DeleteTopics=t
            DeleteRecords=t-0 u-0 t-1 t-0
            InitProducerId=
            OffsetForLeaderEpoch=t-0
            AddPartitionsToTxn=transaction:x,t-0
            AddOffsetsToTxn=group:g,transaction:x
            EndTxn=transaction:x
            WriteTxnMarkers=t-0
            TxnOffsetCommit=group:g,transaction:x,t-0
            DescribeConfigs=t
            AlterConfigs=t
            AlterReplicaLogDirs=t-0
            DescribeLogDirs=t-0 t-1
            CreatePartitions=t
            DeleteGroups=group:g
            ElectLeaders=t-0
            IncrementalAlterConfigs=t
            AlterPartitionReassignments=t-0
            OffsetDelete=group:g,t-0 group:g,t-1
            DescribeQuorum=__cluster_metadata-0
            UpdateFeatures=
            DescribeCluster=
            DescribeProducers=t-0
            DescribeTransactions=transaction:x
            ListTransactions=
            ConsumerGroupHeartbeat=group:g,t-1
            ConsumerGroupDescribe=group:g group:other
            ListConfigResources=
            DescribeTopicPartitions=t
            """;

    private final List<String> names = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final RequestObserver observer = request -> {
        names.add(text(request));
        return outcomes::add;
    };

    @Test
    void requestsShowWhatTheyName() {
        Map<String, String> shown = new LinkedHashMap<>();
        for (ApiKey key : asking().toList()) {
            names.clear();
            Conversation client = refusingClient();
            versions(key).forEach(version -> client.send(SampleRequests.of(key, version), version));
            shown.put(key.displayName(), String.join(" / ", new TreeSet<>(names)));
        }

        assertEquals(NAMED, shown.entrySet().stream().map(each -> each + "\n").collect(Collectors.joining()));
    }

    @Test
    void aFetchNamesWhatItsSessionReads() {
        FetchQuery.PartitionQuery read = new FetchQuery.PartitionQuery(TopicRef.byName("t"), 3, -1, 0, -1, -1, 1);
        FetchRecords fetch = new FetchRecords() {
            @Override
            public CompletionStage<FetchResult> fetch(RequestContext context, FetchQuery query) {
                return CompletableFuture.completedFuture(FetchResult.refused(ErrorCode.FETCH_SESSION_ID_NOT_FOUND));
            }

            @Override
            public List<FetchQuery.PartitionQuery> reads(FetchQuery query) {
                assertEquals(new FetchQuery.SessionRef(7, 2, FetchQuery.Naming.BY_NAME), query.session());
                return List.of(read);
            }
        };
        Conversation client = watched(new Conversation(TestPorts.with(fetch)));

        client.send(FetchRequest.builder().sessionId(7).sessionEpoch(2).build(), 12);

        assertEquals(List.of("t-3"), names);
        assertEquals(List.of(whole(ErrorCode.FETCH_SESSION_ID_NOT_FOUND)), outcomes);
    }

    @Test
    void idsAreShownAsNames() {
        Topic topic = new Topic("orders", SampleRequests.TOPIC_ID, 1, (short) 1, Map.of());
        DescribeTopics topics = mock();
        when(topics.named(any(), eq(List.of(TopicRef.byId(topic.id()))), eq(DescribeTopics.Creation.FORBIDDEN)))
                .thenReturn(CompletableFuture.completedFuture(
                        List.of(new TopicListing(TopicRef.byId(topic.id()), ErrorCode.NONE, topic, List.of()))));
        ProduceRecords produce = (context, command) -> {
            throw new BrokerException(ErrorCode.POLICY_VIOLATION, "no such luck");
        };
        Conversation client = watched(new Conversation(TestPorts.with(topics, produce)));

        client.send(SampleRequests.produce(13, 1), 13);

        assertEquals(List.of("orders-0"), names);
        assertEquals("orders", outcomes.get(0).errors().get(0).row().topic());
        assertEquals("no such luck", outcomes.get(0).errors().get(0).message());
    }

    @Test
    void aRequestThatIsNotAnsweredIsSettledToo() {
        ProduceRecords done = (context, command) -> CompletableFuture.completedFuture(List.of());
        Conversation client = watched(new Conversation(TestPorts.with(done)));
        client.send(SampleRequests.produce(9, 0), 9);
        assertEquals(List.of(Outcome.of(Fate.NOT_ASKED_FOR)), outcomes);

        outcomes.clear();
        Conversation refused = refusingClient();
        refused.send(SampleRequests.produce(9, 0), 9);
        assertEquals(List.of(Outcome.of(Fate.CLOSED)), outcomes);
    }

    @Test
    void aFailureOfTheObserverIsNoneOfTheRequest() {
        Conversation client = new Conversation(TestPorts.with());
        client.interceptors().observe(request -> {
            throw new IllegalStateException("a bug that this test provokes");
        });

        RequestMessage request = ListPartitionReassignmentsRequest.builder().build();
        assertEquals(
                0,
                client.ask(ListPartitionReassignmentsResponse.class, request, 0).errorCode());
        assertEquals(1, client.failures());
    }

    @Test
    void nothingIsShownWhenNobodyLooksAnyMore() {
        Conversation client = refusingClient();
        client.interceptors().observe(null);

        client.send(SampleRequests.of(ApiKey.METADATA, 1), 1);

        assertNull(client.interceptors().active());
        assertEquals(List.of(), names);
    }

    private static Outcome whole(ErrorCode error) {
        return new Outcome(Fate.ANSWERED, List.of(new RowError(NamedRow.WHOLE, error, null)));
    }

    /** Those whose ports can fail; what a fetch names is told by its port. */
    static Stream<ApiKey> asking() {
        return EveryApiTest.asking().filter(key -> key != ApiKey.FETCH);
    }

    @ParameterizedTest
    @MethodSource("asking")
    void answersShowTheirErrorsAtEveryVersion(ApiKey key) {
        Conversation client = refusingClient();

        for (int version : versions(key).toArray()) {
            outcomes.clear();
            client.ask(ResponseMessage.class, SampleRequests.of(key, version), version);
            assertEquals(1, outcomes.size());
            assertEquals(Fate.ANSWERED, outcomes.get(0).fate());
            Set<ErrorCode> errors =
                    outcomes.get(0).errors().stream().map(RowError::error).collect(Collectors.toSet());
            assertEquals(Set.of(ErrorCode.POLICY_VIOLATION), errors, "version " + version);
        }
    }

    private Conversation refusingClient() {
        return watched(new Conversation(
                TestPorts.failing(() -> new BrokerException(ErrorCode.POLICY_VIOLATION, "no such luck"))));
    }

    private Conversation watched(Conversation client) {
        client.interceptors().observe(observer);
        return client;
    }

    private static IntStream versions(ApiKey key) {
        return IntStream.rangeClosed(key.lowestVersion(), key.highestStableVersion());
    }

    private static String text(SeenRequest request) {
        return request.names().stream()
                .map(SeenRequestsTest::text)
                .collect(Collectors.joining(" "))
                .replace(ID, "t");
    }

    private static String text(NamedRow row) {
        List<String> parts = new ArrayList<>();
        if (row.group() != null) {
            parts.add("group:" + row.group());
        }
        if (row.transactionalId() != null) {
            parts.add("transaction:" + row.transactionalId());
        }
        if (row.topic() != null) {
            parts.add(row.topic() + (row.partition() == NamedRow.NO_PARTITION ? "" : "-" + row.partition()));
        }
        return String.join(",", parts);
    }
}
