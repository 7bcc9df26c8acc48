package io.strikemq.adapter.kafka;

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

/** All that this adapter asks of the broker, grouped as the folders of the APIs are. */
public record InboundPorts(Records records, Groups groups, Transactions transactions, Topics topics, Cluster cluster) {
    /** What the APIs in {@code api/records} ask. */
    public record Records(
            ProduceRecords produce,
            FetchRecords fetch,
            LookUpOffsets lookUpOffsets,
            DeleteRecords delete,
            DescribeProducers describeProducers,
            WriteTransactionMarkers writeMarkers) {}

    /** What the APIs in {@code api/groups} ask. */
    public record Groups(
            ParticipateInGroup participate,
            JoinConsumerGroup joinConsumerGroup,
            CommitOffsets commitOffsets,
            CommitOffsetsInTransaction commitInTransaction,
            InspectGroups inspect) {}

    /** What the APIs in {@code api/transactions} ask. */
    public record Transactions(InitProducer initProducer, RunTransactions run, InspectTransactions inspect) {}

    /** What the APIs in {@code api/topics} ask. */
    public record Topics(
            DescribeTopics describe,
            DescribeTopicPartitions describePartitions,
            CreateTopics create,
            DeleteTopics delete,
            CreatePartitions createPartitions,
            ManageConfigs configs,
            ElectLeaders electLeaders,
            ReassignPartitions reassign) {}

    /** What the APIs in {@code api/cluster} ask. */
    public record Cluster(
            DescribeCluster describe,
            DescribeLogDirs describeLogDirs,
            AlterReplicaLogDirs alterReplicaLogDirs,
            DescribeQuorum describeQuorum,
            ManageFeatures features) {}
}
