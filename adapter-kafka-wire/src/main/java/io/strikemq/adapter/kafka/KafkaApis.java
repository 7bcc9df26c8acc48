package io.strikemq.adapter.kafka;

import io.strikemq.adapter.kafka.api.AdvertisedAddresses;
import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiRegistry;
import io.strikemq.adapter.kafka.api.TopicNames;
import io.strikemq.adapter.kafka.api.acls.CreateAclsApi;
import io.strikemq.adapter.kafka.api.acls.DeleteAclsApi;
import io.strikemq.adapter.kafka.api.acls.DescribeAclsApi;
import io.strikemq.adapter.kafka.api.cluster.AlterReplicaLogDirsApi;
import io.strikemq.adapter.kafka.api.cluster.ApiVersionsApi;
import io.strikemq.adapter.kafka.api.cluster.DescribeClusterApi;
import io.strikemq.adapter.kafka.api.cluster.DescribeLogDirsApi;
import io.strikemq.adapter.kafka.api.cluster.DescribeQuorumApi;
import io.strikemq.adapter.kafka.api.cluster.UpdateFeaturesApi;
import io.strikemq.adapter.kafka.api.groups.ConsumerGroupDescribeApi;
import io.strikemq.adapter.kafka.api.groups.ConsumerGroupHeartbeatApi;
import io.strikemq.adapter.kafka.api.groups.DeleteGroupsApi;
import io.strikemq.adapter.kafka.api.groups.DescribeGroupsApi;
import io.strikemq.adapter.kafka.api.groups.FindCoordinatorApi;
import io.strikemq.adapter.kafka.api.groups.HeartbeatApi;
import io.strikemq.adapter.kafka.api.groups.JoinGroupApi;
import io.strikemq.adapter.kafka.api.groups.LeaveGroupApi;
import io.strikemq.adapter.kafka.api.groups.ListGroupsApi;
import io.strikemq.adapter.kafka.api.groups.OffsetCommitApi;
import io.strikemq.adapter.kafka.api.groups.OffsetDeleteApi;
import io.strikemq.adapter.kafka.api.groups.OffsetFetchApi;
import io.strikemq.adapter.kafka.api.groups.SyncGroupApi;
import io.strikemq.adapter.kafka.api.groups.TxnOffsetCommitApi;
import io.strikemq.adapter.kafka.api.records.DeleteRecordsApi;
import io.strikemq.adapter.kafka.api.records.DescribeProducersApi;
import io.strikemq.adapter.kafka.api.records.FetchApi;
import io.strikemq.adapter.kafka.api.records.ListOffsetsApi;
import io.strikemq.adapter.kafka.api.records.OffsetForLeaderEpochApi;
import io.strikemq.adapter.kafka.api.records.ProduceApi;
import io.strikemq.adapter.kafka.api.records.WriteTxnMarkersApi;
import io.strikemq.adapter.kafka.api.topics.AlterConfigsApi;
import io.strikemq.adapter.kafka.api.topics.AlterPartitionReassignmentsApi;
import io.strikemq.adapter.kafka.api.topics.CreatePartitionsApi;
import io.strikemq.adapter.kafka.api.topics.CreateTopicsApi;
import io.strikemq.adapter.kafka.api.topics.DeleteTopicsApi;
import io.strikemq.adapter.kafka.api.topics.DescribeConfigsApi;
import io.strikemq.adapter.kafka.api.topics.DescribeTopicPartitionsApi;
import io.strikemq.adapter.kafka.api.topics.ElectLeadersApi;
import io.strikemq.adapter.kafka.api.topics.IncrementalAlterConfigsApi;
import io.strikemq.adapter.kafka.api.topics.ListConfigResourcesApi;
import io.strikemq.adapter.kafka.api.topics.ListPartitionReassignmentsApi;
import io.strikemq.adapter.kafka.api.topics.MetadataApi;
import io.strikemq.adapter.kafka.api.transactions.AddOffsetsToTxnApi;
import io.strikemq.adapter.kafka.api.transactions.AddPartitionsToTxnApi;
import io.strikemq.adapter.kafka.api.transactions.DescribeTransactionsApi;
import io.strikemq.adapter.kafka.api.transactions.EndTxnApi;
import io.strikemq.adapter.kafka.api.transactions.InitProducerIdApi;
import io.strikemq.adapter.kafka.api.transactions.ListTransactionsApi;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Puts together the APIs that a broker serves. A new API is one more line here. */
public final class KafkaApis {
    private KafkaApis() {}

    /** All APIs on top of these ports. */
    public static ApiRegistry on(InboundPorts ports, AdvertisedAddresses addresses) {
        List<Api<?>> apis = new ArrayList<>();
        apis.addAll(records(ports.records(), addresses));
        apis.addAll(groups(ports, addresses));
        apis.addAll(transactions(ports.transactions()));
        apis.addAll(topics(ports, addresses));
        apis.addAll(cluster(ports.cluster(), addresses));
        apis.addAll(acls());
        AtomicReference<ApiRegistry> registry = new AtomicReference<>();
        apis.add(new ApiVersionsApi(
                () -> registry.get().offered(),
                ports.cluster().describe(),
                ports.cluster().features()));
        registry.set(new ApiRegistry(apis, TopicNames.of(ports.topics().describe())));
        return registry.get();
    }

    private static List<Api<?>> records(InboundPorts.Records records, AdvertisedAddresses addresses) {
        return List.of(
                new ProduceApi(records.produce()),
                new FetchApi(records.fetch(), addresses),
                new ListOffsetsApi(records.lookUpOffsets()),
                new OffsetForLeaderEpochApi(records.lookUpOffsets()),
                new DeleteRecordsApi(records.delete()),
                new DescribeProducersApi(records.describeProducers()),
                new WriteTxnMarkersApi(records.writeMarkers()));
    }

    private static List<Api<?>> transactions(InboundPorts.Transactions transactions) {
        return List.of(
                new InitProducerIdApi(transactions.initProducer()),
                new AddPartitionsToTxnApi(transactions.run()),
                new AddOffsetsToTxnApi(transactions.run()),
                new EndTxnApi(transactions.run()),
                new DescribeTransactionsApi(transactions.inspect()),
                new ListTransactionsApi(transactions.inspect()));
    }

    private static List<Api<?>> groups(InboundPorts ports, AdvertisedAddresses addresses) {
        InboundPorts.Groups groups = ports.groups();
        return List.of(
                new FindCoordinatorApi(ports.cluster().describe(), addresses),
                new JoinGroupApi(groups.participate()),
                new SyncGroupApi(groups.participate()),
                new HeartbeatApi(groups.participate()),
                new LeaveGroupApi(groups.participate()),
                new OffsetCommitApi(groups.commitOffsets()),
                new OffsetFetchApi(groups.commitOffsets(), ports.topics().describe()),
                new ConsumerGroupHeartbeatApi(groups.joinConsumerGroup()),
                new ConsumerGroupDescribeApi(groups.inspect(), groups.joinConsumerGroup()::isServed),
                new DescribeGroupsApi(groups.inspect()),
                new ListGroupsApi(groups.inspect()),
                new DeleteGroupsApi(groups.inspect()),
                new OffsetDeleteApi(groups.commitOffsets()),
                new TxnOffsetCommitApi(groups.commitInTransaction()));
    }

    private static List<Api<?>> topics(InboundPorts ports, AdvertisedAddresses addresses) {
        InboundPorts.Topics topics = ports.topics();
        return List.of(
                new MetadataApi(topics.describe(), ports.cluster().describe(), addresses),
                new DescribeTopicPartitionsApi(topics.describePartitions()),
                new CreateTopicsApi(topics.create()),
                new DeleteTopicsApi(topics.delete()),
                new CreatePartitionsApi(topics.createPartitions()),
                new DescribeConfigsApi(topics.configs()),
                new AlterConfigsApi(topics.configs()),
                new IncrementalAlterConfigsApi(topics.configs()),
                new ElectLeadersApi(topics.electLeaders()),
                new AlterPartitionReassignmentsApi(topics.reassign()),
                new ListPartitionReassignmentsApi(),
                new ListConfigResourcesApi(topics.configs()));
    }

    private static List<Api<?>> cluster(InboundPorts.Cluster cluster, AdvertisedAddresses addresses) {
        return List.of(
                new DescribeClusterApi(cluster.describe(), addresses),
                new DescribeLogDirsApi(cluster.describeLogDirs()),
                new AlterReplicaLogDirsApi(cluster.alterReplicaLogDirs()),
                new DescribeQuorumApi(cluster.describeQuorum(), addresses),
                new UpdateFeaturesApi(cluster.features()));
    }

    private static List<Api<?>> acls() {
        return List.of(new DescribeAclsApi(), new CreateAclsApi(), new DeleteAclsApi());
    }
}
