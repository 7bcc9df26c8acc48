package io.strikemq.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strikemq.bootstrap.config.ConfigurationLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.apache.kafka.clients.admin.RaftVoterEndpoint;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.TopicPartitionReplica;
import org.apache.kafka.common.errors.ElectionNotNeededException;
import org.apache.kafka.common.errors.InvalidReplicaAssignmentException;
import org.apache.kafka.common.errors.LogDirNotFoundException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What admin clients ask of the cluster as such, through all layers, with Kafka's own client. */
class OneNodeClusterTest {
    private static final TopicPartition T0 = new TopicPartition("t", 0);

    @TempDir
    Path folder;

    private Broker broker;
    private Admin admin;

    @BeforeEach
    void start() throws Exception {
        broker = Broker.start(new ConfigurationLoader(Set.of())
                .load(
                        null,
                        Map.of(),
                        Map.of(
                                "http_port", "0",
                                "port", "0",
                                "log_dir", folder.toString(),
                                "node.id", "5",
                                "broker.rack", "r1",
                                "controller.listener.names", "CTRL",
                                "max.request.partition.size.limit", "2")));
        admin = Admin.create(Map.of("bootstrap.servers", address()));
        done(admin.createTopics(List.of(new NewTopic("t", 5, (short) 1))).all());
    }

    @AfterEach
    void stop() {
        admin.close();
        broker.close();
    }

    private String address() {
        return "127.0.0.1:" + broker.listeners().get(0).port();
    }

    @Test
    void theBrokersRackIsTold() throws Exception {
        assertEquals("r1", done(admin.describeCluster().controller()).rack());
    }

    @Test
    void aTopicThatTakesSeveralPagesIsToldWhole() throws Exception {
        List<TopicPartitionInfo> partitions = done(admin.describeTopics(List.of("t"))
                        .allTopicNames())
                .get("t")
                .partitions();

        assertEquals(
                List.of(0, 1, 2, 3, 4),
                partitions.stream().map(TopicPartitionInfo::partition).toList());
        assertEquals(List.of(), partitions.get(4).elr());
    }

    @Test
    void theQuorumHasOneVoter() throws Exception {
        QuorumInfo quorum = done(admin.describeMetadataQuorum().quorumInfo());

        assertEquals(5, quorum.leaderId());
        assertEquals(
                List.of(5),
                quorum.voters().stream().map(QuorumInfo.ReplicaState::replicaId).toList());
        RaftVoterEndpoint endpoint = quorum.nodes().get(5).endpoints().get(0);
        assertEquals("CTRL " + address(), endpoint.listener() + " " + endpoint.host() + ":" + endpoint.port());
    }

    @Test
    void aPartitionStaysWhereItIs() throws Exception {
        assertEquals(null, done(reassigned(5)));
        assertInstanceOf(InvalidReplicaAssignmentException.class, failure(reassigned(0)));
        assertEquals(Map.of(), done(admin.listPartitionReassignments().reassignments()));
        Optional<Throwable> elected = done(admin.electLeaders(ElectionType.PREFERRED, Set.of(T0))
                        .partitions())
                .get(T0);
        assertInstanceOf(ElectionNotNeededException.class, elected.orElseThrow());
    }

    private KafkaFuture<Void> reassigned(int broker) {
        return admin.alterPartitionReassignments(Map.of(T0, Optional.of(new NewPartitionReassignment(List.of(broker)))))
                .all();
    }

    @Test
    void aLogStaysInItsDirectory() throws Exception {
        assertEquals(null, done(moved(folder.toRealPath().toString())));
        assertInstanceOf(LogDirNotFoundException.class, failure(moved("/elsewhere")));
    }

    private KafkaFuture<Void> moved(String directory) {
        return admin.alterReplicaLogDirs(Map.of(new TopicPartitionReplica("t", 0, 5), directory))
                .all();
    }

    @Test
    void idempotentProducersAreTold() throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", address()), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("t", 0, 4711L, "k", "v")).get(30, TimeUnit.SECONDS);
        }

        List<ProducerState> producers =
                done(admin.describeProducers(List.of(T0)).partitionResult(T0)).activeProducers();

        assertEquals(1, producers.size());
        assertEquals(0, producers.get(0).lastSequence());
        assertEquals(4711, producers.get(0).lastTimestamp());
        assertEquals(true, producers.get(0).currentTransactionStartOffset().isEmpty());
    }

    private static <T> T done(KafkaFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    private static Throwable failure(KafkaFuture<?> future) {
        return assertThrows(ExecutionException.class, () -> done(future)).getCause();
    }
}
