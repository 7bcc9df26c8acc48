package io.strikemq.adapter.kafka.api;

import io.strikemq.adapter.kafka.message.AddOffsetsToTxnRequest;
import io.strikemq.adapter.kafka.message.AddPartitionsToTxnRequest;
import io.strikemq.adapter.kafka.message.AlterConfigsRequest;
import io.strikemq.adapter.kafka.message.AlterPartitionReassignmentsRequest;
import io.strikemq.adapter.kafka.message.AlterReplicaLogDirsRequest;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.ApiVersionsRequest;
import io.strikemq.adapter.kafka.message.ConsumerGroupDescribeRequest;
import io.strikemq.adapter.kafka.message.ConsumerGroupHeartbeatRequest;
import io.strikemq.adapter.kafka.message.CreatePartitionsRequest;
import io.strikemq.adapter.kafka.message.CreateTopicsRequest;
import io.strikemq.adapter.kafka.message.DeleteGroupsRequest;
import io.strikemq.adapter.kafka.message.DeleteRecordsRequest;
import io.strikemq.adapter.kafka.message.DeleteTopicsRequest;
import io.strikemq.adapter.kafka.message.DescribeClusterRequest;
import io.strikemq.adapter.kafka.message.DescribeConfigsRequest;
import io.strikemq.adapter.kafka.message.DescribeGroupsRequest;
import io.strikemq.adapter.kafka.message.DescribeLogDirsRequest;
import io.strikemq.adapter.kafka.message.DescribeProducersRequest;
import io.strikemq.adapter.kafka.message.DescribeQuorumRequest;
import io.strikemq.adapter.kafka.message.DescribeTopicPartitionsRequest;
import io.strikemq.adapter.kafka.message.DescribeTransactionsRequest;
import io.strikemq.adapter.kafka.message.ElectLeadersRequest;
import io.strikemq.adapter.kafka.message.EndTxnRequest;
import io.strikemq.adapter.kafka.message.FetchRequest;
import io.strikemq.adapter.kafka.message.FindCoordinatorRequest;
import io.strikemq.adapter.kafka.message.HeartbeatRequest;
import io.strikemq.adapter.kafka.message.IncrementalAlterConfigsRequest;
import io.strikemq.adapter.kafka.message.InitProducerIdRequest;
import io.strikemq.adapter.kafka.message.JoinGroupRequest;
import io.strikemq.adapter.kafka.message.LeaveGroupRequest;
import io.strikemq.adapter.kafka.message.ListConfigResourcesRequest;
import io.strikemq.adapter.kafka.message.ListGroupsRequest;
import io.strikemq.adapter.kafka.message.ListOffsetsRequest;
import io.strikemq.adapter.kafka.message.ListTransactionsRequest;
import io.strikemq.adapter.kafka.message.MetadataRequest;
import io.strikemq.adapter.kafka.message.OffsetCommitRequest;
import io.strikemq.adapter.kafka.message.OffsetDeleteRequest;
import io.strikemq.adapter.kafka.message.OffsetFetchRequest;
import io.strikemq.adapter.kafka.message.OffsetForLeaderEpochRequest;
import io.strikemq.adapter.kafka.message.ProduceRequest;
import io.strikemq.adapter.kafka.message.SyncGroupRequest;
import io.strikemq.adapter.kafka.message.TxnOffsetCommitRequest;
import io.strikemq.adapter.kafka.message.UpdateFeaturesRequest;
import io.strikemq.adapter.kafka.message.WriteTxnMarkersRequest;
import io.strikemq.adapter.kafka.wire.RequestMessage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;

/** A plain request of each API: about topic {@code t} (or its id), partition 0, and group {@code g}. */
final class SampleRequests {
    static final UUID TOPIC_ID = new UUID(1, 2);
    static final byte[] BYTES = {1, 2, 3};

    private SampleRequests() {}

    static AddPartitionsToTxnRequest addPartitionsToTxn(int version) {
        List<AddPartitionsToTxnRequest.AddPartitionsToTxnTopic> topics =
                List.of(AddPartitionsToTxnRequest.AddPartitionsToTxnTopic.builder()
                        .name("t")
                        .partitions(List.of(0))
                        .build());
        if (version < 4) {
            return AddPartitionsToTxnRequest.builder()
                    .v3AndBelowTransactionalId("x")
                    .v3AndBelowProducerId(7)
                    .v3AndBelowProducerEpoch((short) 3)
                    .v3AndBelowTopics(topics)
                    .build();
        }
        return AddPartitionsToTxnRequest.builder()
                .transactions(List.of(AddPartitionsToTxnRequest.AddPartitionsToTxnTransaction.builder()
                        .transactionalId("x")
                        .producerId(7)
                        .producerEpoch((short) 3)
                        .verifyOnly(true)
                        .topics(topics)
                        .build()))
                .build();
    }

    static RequestMessage of(ApiKey key, int version) {
        return switch (key) {
            case PRODUCE -> produce(version, 1);
            case FETCH -> fetch(version);
            case LIST_OFFSETS -> listOffsets(-1, 1, version);
            case METADATA -> metadata("t");
            case OFFSET_COMMIT -> offsetCommit(version);
            case OFFSET_FETCH -> offsetFetch(version);
            case TXN_OFFSET_COMMIT -> txnOffsetCommit(version);
            case FIND_COORDINATOR -> findCoordinator(0, version);
            case JOIN_GROUP -> joinGroup();
            case HEARTBEAT ->
                HeartbeatRequest.builder()
                        .groupId("g")
                        .generationId(3)
                        .memberId("m")
                        .build();
            case LEAVE_GROUP -> leaveGroup(version);
            case SYNC_GROUP -> syncGroup(version);
            case DESCRIBE_GROUPS ->
                DescribeGroupsRequest.builder().groups(List.of("g")).build();
            case CONSUMER_GROUP_HEARTBEAT ->
                ConsumerGroupHeartbeatRequest.builder()
                        .groupId("g")
                        .memberId("m")
                        .memberEpoch(3)
                        .topicPartitions(List.of(ConsumerGroupHeartbeatRequest.TopicPartitions.builder()
                                .topicId(TOPIC_ID)
                                .partitions(List.of(1))
                                .build()))
                        .build();
            case CONSUMER_GROUP_DESCRIBE ->
                ConsumerGroupDescribeRequest.builder()
                        .groupIds(List.of("g", "other"))
                        .build();
            case LIST_GROUPS -> ListGroupsRequest.builder().build();
            case API_VERSIONS ->
                ApiVersionsRequest.builder()
                        .clientSoftwareName("test")
                        .clientSoftwareVersion("1.0")
                        .build();
            case INIT_PRODUCER_ID ->
                InitProducerIdRequest.builder().transactionalId(null).build();
            case OFFSET_FOR_LEADER_EPOCH -> offsetForLeaderEpoch();
            case DESCRIBE_LOG_DIRS -> describeLogDirs();
            case DELETE_RECORDS -> deleteRecords();
            case ADD_PARTITIONS_TO_TXN -> addPartitionsToTxn(version);
            case ADD_OFFSETS_TO_TXN ->
                AddOffsetsToTxnRequest.builder()
                        .transactionalId("x")
                        .groupId("g")
                        .build();
            case END_TXN -> EndTxnRequest.builder().transactionalId("x").build();
            case DESCRIBE_TRANSACTIONS ->
                DescribeTransactionsRequest.builder()
                        .transactionalIds(List.of("x"))
                        .build();
            case LIST_TRANSACTIONS -> ListTransactionsRequest.builder().build();
            case WRITE_TXN_MARKERS -> writeTxnMarkers();
            case DELETE_GROUPS ->
                DeleteGroupsRequest.builder().groupsNames(List.of("g")).build();
            case OFFSET_DELETE -> offsetDelete();
            case DESCRIBE_CLUSTER -> DescribeClusterRequest.builder().build();
            case DESCRIBE_TOPIC_PARTITIONS ->
                DescribeTopicPartitionsRequest.builder()
                        .topics(List.of(DescribeTopicPartitionsRequest.TopicRequest.builder()
                                .name("t")
                                .build()))
                        .build();
            default -> admin(key, version);
        };
    }

    private static RequestMessage admin(ApiKey key, int version) {
        return switch (key) {
            case CREATE_TOPICS ->
                CreateTopicsRequest.builder()
                        .topics(List.of(CreateTopicsRequest.CreatableTopic.builder()
                                .name("t")
                                .numPartitions(3)
                                .replicationFactor((short) 1)
                                .configs(List.of(CreateTopicsRequest.CreatableTopicConfig.builder()
                                        .name("retention.ms")
                                        .value("1")
                                        .build()))
                                .build()))
                        .build();
            case DELETE_TOPICS -> deleteTopics(version);
            case CREATE_PARTITIONS ->
                CreatePartitionsRequest.builder()
                        .topics(List.of(CreatePartitionsRequest.CreatePartitionsTopic.builder()
                                .name("t")
                                .count(5)
                                .assignments(null)
                                .build()))
                        .build();
            case ELECT_LEADERS ->
                ElectLeadersRequest.builder()
                        .topicPartitions(List.of(ElectLeadersRequest.TopicPartitions.builder()
                                .topic("t")
                                .partitions(List.of(0))
                                .build()))
                        .build();
            case ALTER_PARTITION_REASSIGNMENTS ->
                AlterPartitionReassignmentsRequest.builder()
                        .topics(List.of(AlterPartitionReassignmentsRequest.ReassignableTopic.builder()
                                .name("t")
                                .partitions(List.of(AlterPartitionReassignmentsRequest.ReassignablePartition.builder()
                                        .replicas(List.of(0))
                                        .build()))
                                .build()))
                        .build();
            case ALTER_REPLICA_LOG_DIRS ->
                AlterReplicaLogDirsRequest.builder()
                        .dirs(List.of(AlterReplicaLogDirsRequest.AlterReplicaLogDir.builder()
                                .path("/data")
                                .topics(List.of(AlterReplicaLogDirsRequest.AlterReplicaLogDirTopic.builder()
                                        .name("t")
                                        .partitions(List.of(0))
                                        .build()))
                                .build()))
                        .build();
            case DESCRIBE_QUORUM ->
                DescribeQuorumRequest.builder()
                        .topics(List.of(DescribeQuorumRequest.TopicData.builder()
                                .topicName("__cluster_metadata")
                                .partitions(List.of(DescribeQuorumRequest.PartitionData.builder()
                                        .build()))
                                .build()))
                        .build();
            case DESCRIBE_PRODUCERS ->
                DescribeProducersRequest.builder()
                        .topics(List.of(DescribeProducersRequest.TopicRequest.builder()
                                .name("t")
                                .partitionIndexes(List.of(0))
                                .build()))
                        .build();
            case DESCRIBE_CONFIGS ->
                DescribeConfigsRequest.builder()
                        .resources(List.of(DescribeConfigsRequest.DescribeConfigsResource.builder()
                                .resourceType((byte) 2)
                                .resourceName("t")
                                .configurationKeys(null)
                                .build()))
                        .build();
            case ALTER_CONFIGS ->
                AlterConfigsRequest.builder()
                        .resources(List.of(AlterConfigsRequest.AlterConfigsResource.builder()
                                .resourceType((byte) 2)
                                .resourceName("t")
                                .configs(List.of(AlterConfigsRequest.AlterableConfig.builder()
                                        .name("retention.ms")
                                        .value(null)
                                        .build()))
                                .build()))
                        .build();
            case INCREMENTAL_ALTER_CONFIGS -> incrementalAlterConfigs(2);
            case LIST_CONFIG_RESOURCES -> ListConfigResourcesRequest.builder().build();
            case UPDATE_FEATURES ->
                UpdateFeaturesRequest.builder()
                        .featureUpdates(List.of(UpdateFeaturesRequest.FeatureUpdateKey.builder()
                                .feature("f")
                                .maxVersionLevel((short) 1)
                                .build()))
                        .build();
            default -> throw new AssertionError("no sample for " + key);
        };
    }

    static ProduceRequest produce(int version, int acks) {
        return ProduceRequest.builder()
                .acks((short) acks)
                .timeoutMs(1000)
                .topicData(List.of(ProduceRequest.TopicProduceData.builder()
                        .name(version < 13 ? "t" : "")
                        .topicId(id(version, 13))
                        .partitionData(List.of(ProduceRequest.PartitionProduceData.builder()
                                .index(0)
                                .records(List.of(ByteBuffer.wrap(BYTES)))
                                .build()))
                        .build()))
                .build();
    }

    static FetchRequest fetch(int version) {
        return FetchRequest.builder()
                .maxWaitMs(500)
                .minBytes(1)
                .topics(List.of(FetchRequest.FetchTopic.builder()
                        .topic(version < 13 ? "t" : "")
                        .topicId(id(version, 13))
                        .partitions(List.of(FetchRequest.FetchPartition.builder()
                                .partition(0)
                                .fetchOffset(5)
                                .partitionMaxBytes(1 << 20)
                                .build()))
                        .build()))
                .build();
    }

    static ListOffsetsRequest listOffsets(long timestamp, int count, int version) {
        return ListOffsetsRequest.builder()
                .replicaId(-1)
                .topics(List.of(ListOffsetsRequest.ListOffsetsTopic.builder()
                        .name("t")
                        .partitions(List.of(ListOffsetsRequest.ListOffsetsPartition.builder()
                                .partitionIndex(0)
                                .timestamp(timestamp)
                                .maxNumOffsets(version == 0 ? count : 1)
                                .build()))
                        .build()))
                .build();
    }

    static MetadataRequest metadata(String... names) {
        return MetadataRequest.builder()
                .topics(List.of(names).stream()
                        .map(name -> MetadataRequest.MetadataRequestTopic.builder()
                                .name(name)
                                .build())
                        .toList())
                .build();
    }

    static OffsetCommitRequest offsetCommit(int version) {
        return OffsetCommitRequest.builder()
                .groupId("g")
                .memberId(version == 0 ? "" : "m")
                .generationIdOrMemberEpoch(version == 0 ? -1 : 3)
                .topics(List.of(OffsetCommitRequest.OffsetCommitRequestTopic.builder()
                        .name(version < 10 ? "t" : "")
                        .topicId(id(version, 10))
                        .partitions(List.of(OffsetCommitRequest.OffsetCommitRequestPartition.builder()
                                .partitionIndex(0)
                                .committedOffset(42)
                                .committedMetadata("note")
                                .build()))
                        .build()))
                .build();
    }

    static TxnOffsetCommitRequest txnOffsetCommit(int version) {
        return TxnOffsetCommitRequest.builder()
                .transactionalId("x")
                .groupId("g")
                .producerId(7)
                .producerEpoch((short) 3)
                .memberId(version < 3 ? "" : "m")
                .generationIdOrMemberEpoch(version < 3 ? -1 : 3)
                .topics(List.of(TxnOffsetCommitRequest.TxnOffsetCommitRequestTopic.builder()
                        .name(version < 6 ? "t" : "")
                        .topicId(id(version, 6))
                        .partitions(List.of(TxnOffsetCommitRequest.TxnOffsetCommitRequestPartition.builder()
                                .partitionIndex(0)
                                .committedOffset(42)
                                .committedMetadata("note")
                                .build()))
                        .build()))
                .build();
    }

    static OffsetFetchRequest offsetFetch(int version) {
        if (version < 8) {
            return OffsetFetchRequest.builder()
                    .groupId("g")
                    .topics(List.of(OffsetFetchRequest.OffsetFetchRequestTopic.builder()
                            .name("t")
                            .partitionIndexes(List.of(0))
                            .build()))
                    .build();
        }
        return OffsetFetchRequest.builder()
                .groups(List.of(OffsetFetchRequest.OffsetFetchRequestGroup.builder()
                        .groupId("g")
                        .topics(List.of(OffsetFetchRequest.OffsetFetchRequestTopics.builder()
                                .name(version < 10 ? "t" : "")
                                .topicId(id(version, 10))
                                .partitionIndexes(List.of(0))
                                .build()))
                        .build()))
                .build();
    }

    static FindCoordinatorRequest findCoordinator(int type, int version) {
        FindCoordinatorRequest.Builder request =
                FindCoordinatorRequest.builder().keyType((byte) type);
        return version < 4
                ? request.key("g").build()
                : request.coordinatorKeys(List.of("g", "h")).build();
    }

    static JoinGroupRequest joinGroup() {
        return JoinGroupRequest.builder()
                .groupId("g")
                .sessionTimeoutMs(10_000)
                .memberId("m")
                .protocolType("consumer")
                .protocols(List.of(JoinGroupRequest.JoinGroupRequestProtocol.builder()
                        .name("range")
                        .metadata(ByteBuffer.wrap(BYTES))
                        .build()))
                .build();
    }

    private static LeaveGroupRequest leaveGroup(int version) {
        LeaveGroupRequest.Builder request = LeaveGroupRequest.builder().groupId("g");
        return version < 3
                ? request.memberId("m").build()
                : request.members(List.of(
                                LeaveGroupRequest.MemberIdentity.builder()
                                        .memberId("m")
                                        .build(),
                                LeaveGroupRequest.MemberIdentity.builder()
                                        .memberId("")
                                        .groupInstanceId("i")
                                        .build()))
                        .build();
    }

    private static SyncGroupRequest syncGroup(int version) {
        return SyncGroupRequest.builder()
                .groupId("g")
                .generationId(3)
                .memberId("m")
                .protocolType(version < 5 ? null : "consumer")
                .protocolName(version < 5 ? null : "range")
                .assignments(List.of(SyncGroupRequest.SyncGroupRequestAssignment.builder()
                        .memberId("m")
                        .assignment(ByteBuffer.wrap(BYTES))
                        .build()))
                .build();
    }

    private static OffsetForLeaderEpochRequest offsetForLeaderEpoch() {
        return OffsetForLeaderEpochRequest.builder()
                .topics(List.of(OffsetForLeaderEpochRequest.OffsetForLeaderTopic.builder()
                        .topic("t")
                        .partitions(List.of(OffsetForLeaderEpochRequest.OffsetForLeaderPartition.builder()
                                .partition(0)
                                .leaderEpoch(2)
                                .build()))
                        .build()))
                .build();
    }

    static DescribeLogDirsRequest describeLogDirs() {
        return DescribeLogDirsRequest.builder()
                .topics(List.of(DescribeLogDirsRequest.DescribableLogDirTopic.builder()
                        .topic("t")
                        .partitions(List.of(0, 1))
                        .build()))
                .build();
    }

    private static WriteTxnMarkersRequest writeTxnMarkers() {
        return WriteTxnMarkersRequest.builder()
                .markers(List.of(WriteTxnMarkersRequest.WritableTxnMarker.builder()
                        .producerId(7)
                        .topics(List.of(WriteTxnMarkersRequest.WritableTxnMarkerTopic.builder()
                                .name("t")
                                .partitionIndexes(List.of(0))
                                .build()))
                        .build()))
                .build();
    }

    static DeleteRecordsRequest deleteRecords() {
        return DeleteRecordsRequest.builder()
                .topics(List.of(
                        deleteRecordsOf("t", 0, 5),
                        deleteRecordsOf("u", 0, -1),
                        deleteRecordsOf("t", 1, 7),
                        deleteRecordsOf("t", 0, 6)))
                .build();
    }

    private static DeleteRecordsRequest.DeleteRecordsTopic deleteRecordsOf(String topic, int partition, long offset) {
        return DeleteRecordsRequest.DeleteRecordsTopic.builder()
                .name(topic)
                .partitions(List.of(DeleteRecordsRequest.DeleteRecordsPartition.builder()
                        .partitionIndex(partition)
                        .offset(offset)
                        .build()))
                .build();
    }

    private static DeleteTopicsRequest deleteTopics(int version) {
        return version < 6
                ? DeleteTopicsRequest.builder().topicNames(List.of("t")).build()
                : DeleteTopicsRequest.builder()
                        .topics(List.of(DeleteTopicsRequest.DeleteTopicState.builder()
                                .name("t")
                                .build()))
                        .build();
    }

    static OffsetDeleteRequest offsetDelete() {
        return OffsetDeleteRequest.builder()
                .groupId("g")
                .topics(List.of(OffsetDeleteRequest.OffsetDeleteRequestTopic.builder()
                        .name("t")
                        .partitions(List.of(
                                OffsetDeleteRequest.OffsetDeleteRequestPartition.builder()
                                        .partitionIndex(0)
                                        .build(),
                                OffsetDeleteRequest.OffsetDeleteRequestPartition.builder()
                                        .partitionIndex(1)
                                        .build()))
                        .build()))
                .build();
    }

    static IncrementalAlterConfigsRequest incrementalAlterConfigs(int operation) {
        return IncrementalAlterConfigsRequest.builder()
                .resources(List.of(IncrementalAlterConfigsRequest.AlterConfigsResource.builder()
                        .resourceType((byte) 2)
                        .resourceName("t")
                        .configs(List.of(IncrementalAlterConfigsRequest.AlterableConfig.builder()
                                .name("cleanup.policy")
                                .configOperation((byte) operation)
                                .value("compact")
                                .build()))
                        .build()))
                .build();
    }

    private static UUID id(int version, int firstById) {
        return version < firstById ? new UUID(0, 0) : TOPIC_ID;
    }
}
