package io.strikemq.adapter.kafka;

import io.strikemq.adapter.kafka.api.AdvertisedAddresses;
import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiRegistry;
import io.strikemq.adapter.kafka.api.acls.CreateAclsApi;
import io.strikemq.adapter.kafka.api.acls.DeleteAclsApi;
import io.strikemq.adapter.kafka.api.acls.DescribeAclsApi;
import io.strikemq.adapter.kafka.api.cluster.ApiVersionsApi;
import io.strikemq.adapter.kafka.api.cluster.DescribeClusterApi;
import io.strikemq.adapter.kafka.api.cluster.DescribeLogDirsApi;
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
import io.strikemq.adapter.kafka.api.records.DeleteRecordsApi;
import io.strikemq.adapter.kafka.api.records.FetchApi;
import io.strikemq.adapter.kafka.api.records.InitProducerIdApi;
import io.strikemq.adapter.kafka.api.records.ListOffsetsApi;
import io.strikemq.adapter.kafka.api.records.OffsetForLeaderEpochApi;
import io.strikemq.adapter.kafka.api.records.ProduceApi;
import io.strikemq.adapter.kafka.api.topics.AlterConfigsApi;
import io.strikemq.adapter.kafka.api.topics.CreatePartitionsApi;
import io.strikemq.adapter.kafka.api.topics.CreateTopicsApi;
import io.strikemq.adapter.kafka.api.topics.DeleteTopicsApi;
import io.strikemq.adapter.kafka.api.topics.DescribeConfigsApi;
import io.strikemq.adapter.kafka.api.topics.IncrementalAlterConfigsApi;
import io.strikemq.adapter.kafka.api.topics.MetadataApi;
import io.strikemq.adapter.kafka.message.ApiKey;
import java.util.ArrayList;
import java.util.List;

/** Puts together the APIs that a broker serves. A new API is one more line here, and nowhere else. */
public final class KafkaApis {
    private KafkaApis() {}

    /** All APIs on top of these ports. */
    public static ApiRegistry on(InboundPorts ports, AdvertisedAddresses addresses) {
        List<Api<?>> apis = new ArrayList<>();
        apis.addAll(records(ports, addresses));
        apis.addAll(groups(ports, addresses));
        apis.addAll(topics(ports, addresses));
        apis.add(new DescribeClusterApi(ports.describeCluster(), addresses));
        apis.add(new DescribeLogDirsApi(ports.describeLogDirs()));
        apis.addAll(List.of(new DescribeAclsApi(), new CreateAclsApi(), new DeleteAclsApi()));
        List<ApiKey> served = new ArrayList<>();
        apis.add(new ApiVersionsApi(() -> served, ports.describeCluster()));
        ApiRegistry registry = new ApiRegistry(apis);
        served.addAll(registry.keys());
        return registry;
    }

    private static List<Api<?>> records(InboundPorts ports, AdvertisedAddresses addresses) {
        return List.of(
                new ProduceApi(ports.produceRecords()),
                new FetchApi(ports.fetchRecords(), addresses),
                new ListOffsetsApi(ports.lookUpOffsets()),
                new OffsetForLeaderEpochApi(ports.lookUpOffsets()),
                new DeleteRecordsApi(ports.deleteRecords()),
                new InitProducerIdApi(ports.initProducer()));
    }

    private static List<Api<?>> groups(InboundPorts ports, AdvertisedAddresses addresses) {
        return List.of(
                new FindCoordinatorApi(ports.describeCluster(), addresses),
                new JoinGroupApi(ports.participateInGroup()),
                new SyncGroupApi(ports.participateInGroup()),
                new HeartbeatApi(ports.participateInGroup()),
                new LeaveGroupApi(ports.participateInGroup()),
                new OffsetCommitApi(ports.commitOffsets()),
                new OffsetFetchApi(ports.commitOffsets(), ports.describeTopics()),
                new DescribeGroupsApi(ports.inspectGroups()),
                new ListGroupsApi(ports.inspectGroups()),
                new DeleteGroupsApi(ports.inspectGroups()),
                new OffsetDeleteApi(ports.commitOffsets()));
    }

    private static List<Api<?>> topics(InboundPorts ports, AdvertisedAddresses addresses) {
        return List.of(
                new MetadataApi(ports.describeTopics(), ports.describeCluster(), addresses),
                new CreateTopicsApi(ports.manageTopics()),
                new DeleteTopicsApi(ports.manageTopics()),
                new CreatePartitionsApi(ports.manageTopics()),
                new DescribeConfigsApi(ports.manageConfigs()),
                new AlterConfigsApi(ports.manageConfigs()),
                new IncrementalAlterConfigsApi(ports.manageConfigs()));
    }
}
