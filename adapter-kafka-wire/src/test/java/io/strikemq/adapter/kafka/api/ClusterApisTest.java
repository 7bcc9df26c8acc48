package io.strikemq.adapter.kafka.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.ApiVersionsRequest;
import io.strikemq.adapter.kafka.message.ApiVersionsResponse;
import io.strikemq.adapter.kafka.message.ApiVersionsResponse.ApiVersion;
import io.strikemq.adapter.kafka.message.DescribeClusterRequest;
import io.strikemq.adapter.kafka.message.DescribeClusterResponse;
import io.strikemq.adapter.kafka.message.DescribeLogDirsRequest;
import io.strikemq.adapter.kafka.message.DescribeLogDirsResponse;
import io.strikemq.adapter.kafka.message.DescribeLogDirsResponse.DescribeLogDirsResult;
import io.strikemq.adapter.kafka.message.UpdateFeaturesResponse;
import io.strikemq.domain.cluster.ClusterDescription;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.feature.Feature;
import io.strikemq.domain.feature.FeatureUpdate;
import io.strikemq.domain.feature.FinalizedFeatures;
import io.strikemq.domain.log.LogDir;
import io.strikemq.domain.log.LogDir.LogSize;
import io.strikemq.domain.log.LogVolume;
import io.strikemq.domain.port.in.DescribeCluster;
import io.strikemq.domain.port.in.DescribeLogDirs;
import io.strikemq.domain.port.in.ManageFeatures;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.admin.Mode;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterApisTest {
    private static final ManageFeatures FEATURES = mock();

    static {
        when(FEATURES.finalized())
                .thenReturn(new FinalizedFeatures(
                        5,
                        Map.of(Feature.METADATA_VERSION, (short) 30, Feature.ELIGIBLE_LEADER_REPLICAS_VERSION, (short)
                                0)));
    }

    private static final DescribeCluster CLUSTER = () -> new ClusterDescription(
            "cluster", Conversation.BROKER_ID, List.of(Conversation.BROKER_ID), Map.of(Conversation.BROKER_ID, "r1"));

    private final Conversation client = new Conversation(TestPorts.with(CLUSTER, FEATURES));

    @Test
    void apiVersionsAdvertisesWhatIsServedAtAllStableVersions() {
        for (int version = 0; version <= 5; version++) {
            ApiVersionsResponse answer =
                    client.ask(ApiVersionsResponse.class, SampleRequests.of(ApiKey.API_VERSIONS, version), version);
            assertEquals(ErrorCode.NONE.code(), answer.errorCode());
            assertEquals(EveryApiTest.served().count(), answer.apiKeys().size());
            for (ApiVersion api : answer.apiKeys()) {
                assertEquals(0, api.minVersion());
                assertEquals(ApiKey.forId(api.apiKey()).highestStableVersion(), api.maxVersion());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(shorts = {6, 99, Short.MAX_VALUE, -1})
    void anUnknownVersionOfApiVersionsIsAnsweredInVersion0(short version) {
        client.sendBytes(ByteBuffer.allocate(30)
                .putShort(ApiKey.API_VERSIONS.id())
                .putShort(version)
                .putInt(4711)
                .position(0));

        ApiVersionsResponse answer = client.answer(
                ApiVersionsResponse.class, ApiVersionsRequest.builder().build(), 0);

        assertEquals(ErrorCode.UNSUPPORTED_VERSION.code(), answer.errorCode());
        assertEquals(
                List.of(new ApiVersion(ApiKey.API_VERSIONS.id(), (short) 0, (short) 5, List.of())), answer.apiKeys());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-x", "x-", "bad name", "é"})
    void aClientThatNamesItselfIllegallyIsRefusedFromVersion3On(String name) {
        ApiVersionsRequest request = ApiVersionsRequest.builder()
                .clientSoftwareName(name)
                .clientSoftwareVersion("1")
                .build();

        assertEquals(
                ErrorCode.INVALID_REQUEST.code(),
                client.ask(ApiVersionsResponse.class, request, 3).errorCode());
        assertEquals(
                ErrorCode.NONE.code(),
                client.ask(ApiVersionsResponse.class, request, 2).errorCode());
    }

    @Test
    void featuresThatBeginWithLevel0AreNotToldToClientsThatCannotReadThem() {
        assertEquals(List.of(), supported(2));
        assertEquals(List.of("metadata.version 7-33"), supported(3));
        assertEquals(
                List.of(
                        "metadata.version 7-33",
                        "transaction.version 0-2",
                        "group.version 0-1",
                        "eligible.leader.replicas.version 0-1"),
                supported(4));
        ApiVersionsResponse answer =
                client.ask(ApiVersionsResponse.class, SampleRequests.of(ApiKey.API_VERSIONS, 4), 4);
        assertEquals(5, answer.finalizedFeaturesEpoch());
        assertEquals(
                List.of("metadata.version 30-30", "transaction.version 2-2", "group.version 1-1"),
                answer.finalizedFeatures().stream()
                        .map(feature ->
                                feature.name() + " " + feature.minVersionLevel() + "-" + feature.maxVersionLevel())
                        .toList(),
                "one of level 0 is not in use");
    }

    private List<String> supported(int version) {
        return client
                .ask(ApiVersionsResponse.class, SampleRequests.of(ApiKey.API_VERSIONS, version), version)
                .supportedFeatures()
                .stream()
                .map(feature -> feature.name() + " " + feature.minVersion() + "-" + feature.maxVersion())
                .toList();
    }

    @Test
    void eachUpdateOfAFeatureIsToldAsDoneUpToVersion1() {
        ManageFeatures features = mock();
        Conversation updating = new Conversation(TestPorts.with(features));
        for (int version = 0; version <= 2; version++) {
            UpdateFeaturesResponse answer = updating.ask(
                    UpdateFeaturesResponse.class, SampleRequests.of(ApiKey.UPDATE_FEATURES, version), version);

            assertEquals(ErrorCode.NONE.code(), answer.errorCode());
            assertEquals(null, answer.errorMessage());
            assertEquals(
                    version <= 1 ? List.of("f NONE") : List.of(),
                    answer.results().stream()
                            .map(result -> result.feature() + " " + result.errorMessage())
                            .toList());
        }
        verify(features, times(3))
                .update(any(), eq(List.of(new FeatureUpdate("f", (short) 1, FeatureUpdate.UPGRADE))), eq(Mode.APPLY));
    }

    @Test
    void aClientThatWantsAnotherClusterOrBrokerShallBootstrapAgain() {
        assertEquals(ErrorCode.NONE.code(), wanting("cluster", Conversation.BROKER_ID));
        assertEquals(ErrorCode.REBOOTSTRAP_REQUIRED.code(), wanting("another", Conversation.BROKER_ID));
        assertEquals(ErrorCode.REBOOTSTRAP_REQUIRED.code(), wanting("cluster", 99));
        assertEquals(ErrorCode.INVALID_REQUEST.code(), wanting(null, Conversation.BROKER_ID));
        assertEquals(ErrorCode.INVALID_REQUEST.code(), wanting("cluster", -1));
    }

    private short wanting(String cluster, int node) {
        ApiVersionsRequest request = ApiVersionsRequest.builder()
                .clientSoftwareName("test")
                .clientSoftwareVersion("1")
                .clusterId(cluster)
                .nodeId(node)
                .build();
        return client.ask(ApiVersionsResponse.class, request, 5).errorCode();
    }

    @Test
    void theClusterIsDescribedToWhoAsksForBrokers() {
        for (int version = 0; version <= 2; version++) {
            DescribeClusterResponse answer = client.ask(
                    DescribeClusterResponse.class,
                    DescribeClusterRequest.builder()
                            .includeClusterAuthorizedOperations(true)
                            .build(),
                    version);
            assertEquals("cluster", answer.clusterId());
            assertEquals(9092, answer.brokers().get(0).port());
            assertEquals("r1", answer.brokers().get(0).rack());
            assertEquals(8096, answer.clusterAuthorizedOperations());
        }
        assertEquals(ErrorCode.MISMATCHED_ENDPOINT_TYPE.code(), ofType(2));
        assertEquals(ErrorCode.UNSUPPORTED_ENDPOINT_TYPE.code(), ofType(3));
    }

    private short ofType(int type) {
        DescribeClusterRequest request =
                DescribeClusterRequest.builder().endpointType((byte) type).build();
        return client.ask(DescribeClusterResponse.class, request, 1).errorCode();
    }

    @Test
    void logDirsAreToldByTopicAndTheirVolumeFromVersion4On() {
        CompletionStage<LogDir> logs = CompletableFuture.completedFuture(new LogDir(
                new LogVolume("/data", 1000, 400), List.of(size("t", 0, 70), size("t", 1, 0), size("u", 0, 5))));
        DescribeLogDirs logDirs = mock();
        when(logDirs.allLogs(any())).thenReturn(logs);
        when(logDirs.logsOf(any(), any())).thenReturn(logs);
        Conversation client = new Conversation(TestPorts.with(logDirs));
        for (int version = 0; version <= 5; version++) {
            DescribeLogDirsResult dir = client.ask(
                            DescribeLogDirsResponse.class, SampleRequests.describeLogDirs(), version)
                    .results()
                    .get(0);

            assertEquals("/data", dir.logDir());
            assertEquals(
                    List.of("t: 0 70, 1 0", "u: 0 5"),
                    dir.topics().stream()
                            .map(topic -> topic.name() + ": "
                                    + topic.partitions().stream()
                                            .map(log -> log.partitionIndex() + " " + log.partitionSize())
                                            .collect(Collectors.joining(", ")))
                            .toList());
            assertEquals(version < 4 ? -1 : 1000, dir.totalBytes());
            assertEquals(version < 4 ? -1 : 400, dir.usableBytes());
        }
        verify(logDirs, times(6)).logsOf(any(), eq(List.of(new TopicPartition("t", 0), new TopicPartition("t", 1))));
        DescribeLogDirsRequest all =
                DescribeLogDirsRequest.builder().topics(null).build();
        assertEquals(
                2,
                client.ask(DescribeLogDirsResponse.class, all, 1)
                        .results()
                        .get(0)
                        .topics()
                        .size());
        verify(logDirs).allLogs(any());
    }

    private static LogSize size(String topic, int partition, long bytes) {
        return new LogSize(new TopicPartition(topic, partition), bytes);
    }

    @Test
    void otherApisAndVersionsThatAreNotServedCloseTheConnectionWithAReason() {
        client.sendBytes(ByteBuffer.allocate(20)
                .putShort((short) 999)
                .putShort((short) 0)
                .position(0));
        assertTrue(client.closedBecause().contains("API 999"), client.closedBecause());
        client.sendBytes(ByteBuffer.allocate(20)
                .putShort(ApiKey.PRODUCE.id())
                .putShort((short) 14)
                .position(0));
        assertTrue(client.closedBecause().contains("Produce version 14"), client.closedBecause());
        client.sendBytes(ByteBuffer.allocate(20)
                .putShort(ApiKey.INIT_PRODUCER_ID.id())
                .putShort((short) 6)
                .position(0));
        assertTrue(client.closedBecause().contains("InitProducerId version 6"), client.closedBecause());
        assertNull(client.response());
    }

    @Test
    void aMalformedBodyClosesTheConnectionWithAReason() {
        client.sendBytes(ByteBuffer.allocate(14)
                .putShort(ApiKey.HEARTBEAT.id())
                .putShort((short) 0)
                .putInt(1)
                .putShort((short) -1)
                .putShort((short) 100)
                .position(0));

        String reason = client.closedBecause();
        assertTrue(reason.contains("Heartbeat request, version 0, is malformed"), reason);
        assertEquals(0, client.failures());
    }
}
