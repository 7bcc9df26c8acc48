package io.strikemq.adapter.kafka.api;

import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;

import io.strikemq.adapter.kafka.InboundPorts;
import io.strikemq.domain.port.in.AlterReplicaLogDirs;
import io.strikemq.domain.port.in.CommitOffsets;
import io.strikemq.domain.port.in.CommitOffsetsInTransaction;
import io.strikemq.domain.port.in.CreatePartitions;
import io.strikemq.domain.port.in.CreateTopics;
import io.strikemq.domain.port.in.DeleteRecords;
import io.strikemq.domain.port.in.DeleteTopics;
import io.strikemq.domain.port.in.DescribeCluster;
import io.strikemq.domain.port.in.DescribeLogDirs;
import io.strikemq.domain.port.in.DescribeProducers;
import io.strikemq.domain.port.in.DescribeQuorum;
import io.strikemq.domain.port.in.DescribeTopicPartitions;
import io.strikemq.domain.port.in.DescribeTopics;
import io.strikemq.domain.port.in.ElectLeaders;
import io.strikemq.domain.port.in.FetchRecords;
import io.strikemq.domain.port.in.InitProducer;
import io.strikemq.domain.port.in.InspectGroups;
import io.strikemq.domain.port.in.InspectTransactions;
import io.strikemq.domain.port.in.JoinConsumerGroup;
import io.strikemq.domain.port.in.LookUpOffsets;
import io.strikemq.domain.port.in.ManageConfigs;
import io.strikemq.domain.port.in.ManageFeatures;
import io.strikemq.domain.port.in.ParticipateInGroup;
import io.strikemq.domain.port.in.ProduceRecords;
import io.strikemq.domain.port.in.ReassignPartitions;
import io.strikemq.domain.port.in.RunTransactions;
import io.strikemq.domain.port.in.WriteTransactionMarkers;
import java.util.List;
import java.util.function.Supplier;
import org.mockito.stubbing.Answer;

/** All inbound ports: those that a test brings, and stubs for the others, of which every call fails. */
final class TestPorts {
    private final Answer<Object> failing;
    private final List<Object> given;

    private TestPorts(Supplier<? extends Throwable> failure, Object... given) {
        this.failing = call -> {
            throw failure.get();
        };
        this.given = List.of(given);
    }

    /** These ports, each object for all that it implements; every other call is one that no test expects. */
    static InboundPorts with(Object... ports) {
        return new TestPorts(() -> new UnsupportedOperationException("this test expects no such call"), ports).all();
    }

    /** Ports that fail with these. */
    static InboundPorts failing(Supplier<? extends Throwable> failure) {
        return new TestPorts(failure).all();
    }

    private InboundPorts all() {
        return new InboundPorts(
                new InboundPorts.Records(
                        port(ProduceRecords.class),
                        port(FetchRecords.class),
                        port(LookUpOffsets.class),
                        port(DeleteRecords.class),
                        port(DescribeProducers.class),
                        port(WriteTransactionMarkers.class)),
                new InboundPorts.Groups(
                        port(ParticipateInGroup.class),
                        joinConsumerGroup(),
                        port(CommitOffsets.class),
                        port(CommitOffsetsInTransaction.class),
                        port(InspectGroups.class)),
                new InboundPorts.Transactions(
                        port(InitProducer.class), port(RunTransactions.class), port(InspectTransactions.class)),
                new InboundPorts.Topics(
                        port(DescribeTopics.class),
                        port(DescribeTopicPartitions.class),
                        port(CreateTopics.class),
                        port(DeleteTopics.class),
                        port(CreatePartitions.class),
                        port(ManageConfigs.class),
                        port(ElectLeaders.class),
                        port(ReassignPartitions.class)),
                new InboundPorts.Cluster(
                        port(DescribeCluster.class),
                        port(DescribeLogDirs.class),
                        port(AlterReplicaLogDirs.class),
                        port(DescribeQuorum.class),
                        port(ManageFeatures.class)));
    }

    /** ApiVersions asks of it whether it is served. */
    private JoinConsumerGroup joinConsumerGroup() {
        JoinConsumerGroup port = port(JoinConsumerGroup.class);
        if (!given.contains(port)) {
            doReturn(true).when(port).isServed();
        }
        return port;
    }

    private <P> P port(Class<P> type) {
        return given.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseGet(() -> mock(type, failing));
    }
}
