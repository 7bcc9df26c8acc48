package io.strikemq.adapter.kafka.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.strikemq.adapter.kafka.message.AlterReplicaLogDirsRequest;
import io.strikemq.adapter.kafka.message.AlterReplicaLogDirsRequest.AlterReplicaLogDir;
import io.strikemq.adapter.kafka.message.AlterReplicaLogDirsRequest.AlterReplicaLogDirTopic;
import io.strikemq.adapter.kafka.message.AlterReplicaLogDirsResponse;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.DescribeProducersRequest;
import io.strikemq.adapter.kafka.message.DescribeProducersResponse;
import io.strikemq.adapter.kafka.message.DescribeProducersResponse.PartitionResponse;
import io.strikemq.adapter.kafka.message.DescribeQuorumRequest;
import io.strikemq.adapter.kafka.message.DescribeQuorumResponse;
import io.strikemq.adapter.kafka.message.DescribeQuorumResponse.Listener;
import io.strikemq.adapter.kafka.message.DescribeQuorumResponse.PartitionData;
import io.strikemq.domain.cluster.QuorumDescription;
import io.strikemq.domain.cluster.QuorumDescription.Voter;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.AlterReplicaLogDirs;
import io.strikemq.domain.port.in.DescribeProducers;
import io.strikemq.domain.port.in.DescribeQuorum;
import io.strikemq.domain.producer.ActiveProducer;
import io.strikemq.domain.producer.PartitionProducers;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.topic.TopicPartition;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What admin clients ask to see how it is inside: directories, the quorum, producers. */
class ClusterInsideApisTest {
    private static final TopicPartition T0 = new TopicPartition("t", 0);
    private static final TopicPartition T1 = new TopicPartition("t", 1);
    private static final TopicPartition U0 = new TopicPartition("u", 0);

    private final AlterReplicaLogDirs logDirs = mock();
    private final DescribeProducers producers = mock();
    private final Conversation client = new Conversation(TestPorts.with(logDirs, producers, (DescribeQuorum)
            () -> new QuorumDescription(Conversation.BROKER_ID, 4, 9, List.of(new Voter(7, 8, 70, 71)), "CTRL")));

    @Test
    void aLogThatIsToGoToTwoDirectoriesGoesToTheLast() {
        Map<TopicPartition, ErrorCode> outcomes = new LinkedHashMap<>();
        outcomes.put(T0, ErrorCode.LOG_DIR_NOT_FOUND);
        outcomes.put(U0, ErrorCode.NONE);
        outcomes.put(T1, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
        when(logDirs.move(any(), eq(Map.of(T0, "/b", U0, "/a", T1, "/b")))).thenReturn(outcomes);
        AlterReplicaLogDirsRequest request = AlterReplicaLogDirsRequest.builder()
                .dirs(List.of(
                        dir("/a", topic("t", 0), topic("u", 0)), dir("/b", topic("t", 1, 0)), dir("/b", topic("x"))))
                .build();
        for (int version = 0; version <= 2; version++) {
            AlterReplicaLogDirsResponse answer = client.ask(AlterReplicaLogDirsResponse.class, request, version);

            assertEquals(
                    List.of("t[0:57, 1:3]", "u[0:0]"),
                    answer.results().stream()
                            .map(topic -> topic.topicName()
                                    + topic.partitions().stream()
                                            .map(row -> row.partitionIndex() + ":" + row.errorCode())
                                            .toList())
                            .toList());
        }
    }

    private static AlterReplicaLogDir dir(String path, AlterReplicaLogDirTopic... topics) {
        return AlterReplicaLogDir.builder().path(path).topics(List.of(topics)).build();
    }

    private static AlterReplicaLogDirTopic topic(String name, Integer... partitions) {
        return AlterReplicaLogDirTopic.builder()
                .name(name)
                .partitions(List.of(partitions))
                .build();
    }

    @Test
    void theQuorumIsToldInTheWordsOfTheVersion() {
        for (int version = 0; version <= 2; version++) {
            DescribeQuorumResponse answer = client.ask(
                    DescribeQuorumResponse.class, SampleRequests.of(ApiKey.DESCRIBE_QUORUM, version), version);

            PartitionData partition = answer.topics().get(0).partitions().get(0);
            assertEquals(Conversation.BROKER_ID, partition.leaderId());
            assertEquals(4, partition.leaderEpoch());
            assertEquals(9, partition.highWatermark());
            assertEquals(8, partition.currentVoters().get(0).logEndOffset());
            assertEquals(version < 1 ? -1 : 70, partition.currentVoters().get(0).lastFetchTimestamp());
            assertEquals(version < 1 ? -1 : 71, partition.currentVoters().get(0).lastCaughtUpTimestamp());
            assertEquals(
                    version < 2 ? List.of() : List.of(new Listener("CTRL", "127.0.0.1", 9092, List.of())),
                    answer.nodes().stream()
                            .flatMap(node -> node.listeners().stream())
                            .toList());
        }
    }

    @Test
    void onePartitionOfMetadataIsAskedForAndNothingElse() {
        assertNotHere(metadata(1));
        assertNotHere(metadata(0, 0));
        assertNotHere(metadata(0), metadata(0));
        assertNotHere(quorumOf("t", 0));
    }

    private void assertNotHere(DescribeQuorumRequest.TopicData... topics) {
        DescribeQuorumResponse answer = client.ask(
                DescribeQuorumResponse.class,
                DescribeQuorumRequest.builder().topics(List.of(topics)).build(),
                2);

        assertEquals(0, answer.errorCode());
        assertEquals(List.of(), answer.nodes());
        assertEquals(topics.length, answer.topics().size());
        answer.topics()
                .forEach(topic -> topic.partitions().forEach(partition -> {
                    assertEquals(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code(), partition.errorCode());
                    assertEquals("This server does not host this topic-partition.", partition.errorMessage());
                }));
    }

    private static DescribeQuorumRequest.TopicData metadata(int... partitions) {
        return quorumOf("__cluster_metadata", partitions);
    }

    private static DescribeQuorumRequest.TopicData quorumOf(String topic, int... partitions) {
        return DescribeQuorumRequest.TopicData.builder()
                .topicName(topic)
                .partitions(Arrays.stream(partitions)
                        .mapToObj(partition -> DescribeQuorumRequest.PartitionData.builder()
                                .partitionIndex(partition)
                                .build())
                        .toList())
                .build();
    }

    @Test
    void producersAreToldOncePerMentionAndFoundOutOnce() {
        when(producers.describe(any(), eq(Set.of(T0, T1))))
                .thenReturn(CompletableFuture.completedFuture(Map.of(
                        T0,
                        PartitionProducers.of(
                                List.of(new ActiveProducer(new ProducerIdentity(5, (short) 3), 6, 7, 8, 9))),
                        T1,
                        PartitionProducers.refused(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "not here"))));

        List<PartitionResponse> rows = client.ask(
                        DescribeProducersResponse.class,
                        DescribeProducersRequest.builder()
                                .topics(List.of(DescribeProducersRequest.TopicRequest.builder()
                                        .name("t")
                                        .partitionIndexes(List.of(0, 1, 0))
                                        .build()))
                                .build(),
                        0)
                .topics()
                .get(0)
                .partitions();

        assertEquals(3, rows.size());
        assertEquals(rows.get(0), rows.get(2));
        DescribeProducersResponse.ProducerState producer =
                rows.get(0).activeProducers().get(0);
        assertEquals(5, producer.producerId());
        assertEquals(3, producer.producerEpoch());
        assertEquals(6, producer.lastSequence());
        assertEquals(7, producer.lastTimestamp());
        assertEquals(8, producer.coordinatorEpoch());
        assertEquals(9, producer.currentTxnStartOffset());
        assertEquals(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code(), rows.get(1).errorCode());
        assertEquals("not here", rows.get(1).errorMessage());
    }
}
