package io.strikemq.adapter.kafka.api;

import io.strikemq.adapter.kafka.InboundPorts;
import io.strikemq.domain.cluster.ClusterDescription;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.FetchQuery;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.fetch.IsolationLevel;
import io.strikemq.domain.group.GroupDescription;
import io.strikemq.domain.group.GroupListing;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.group.JoinCommand;
import io.strikemq.domain.group.JoinResult;
import io.strikemq.domain.group.LeaveResult;
import io.strikemq.domain.group.LeavingMember;
import io.strikemq.domain.group.SyncCommand;
import io.strikemq.domain.group.SyncResult;
import io.strikemq.domain.log.LogDir;
import io.strikemq.domain.log.RecordDeletion;
import io.strikemq.domain.log.RecordsDeleted;
import io.strikemq.domain.offset.EpochEndOffset;
import io.strikemq.domain.offset.EpochQuery;
import io.strikemq.domain.offset.GroupOffsets;
import io.strikemq.domain.offset.GroupOffsetsQuery;
import io.strikemq.domain.offset.OffsetCommit;
import io.strikemq.domain.offset.OffsetCommitted;
import io.strikemq.domain.offset.OffsetFound;
import io.strikemq.domain.offset.OffsetQuery;
import io.strikemq.domain.offset.OffsetsDeleted;
import io.strikemq.domain.port.in.CommitOffsets;
import io.strikemq.domain.port.in.DeleteRecords;
import io.strikemq.domain.port.in.DescribeCluster;
import io.strikemq.domain.port.in.DescribeLogDirs;
import io.strikemq.domain.port.in.DescribeTopics;
import io.strikemq.domain.port.in.FetchRecords;
import io.strikemq.domain.port.in.InitProducer;
import io.strikemq.domain.port.in.InspectGroups;
import io.strikemq.domain.port.in.LookUpOffsets;
import io.strikemq.domain.port.in.ManageConfigs;
import io.strikemq.domain.port.in.ManageTopics;
import io.strikemq.domain.port.in.ParticipateInGroup;
import io.strikemq.domain.port.in.ProduceRecords;
import io.strikemq.domain.produce.PartitionProduced;
import io.strikemq.domain.produce.ProduceCommand;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.TopicListing;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicRef;
import io.strikemq.domain.topic.admin.ConfigChange;
import io.strikemq.domain.topic.admin.ConfigOutcome;
import io.strikemq.domain.topic.admin.ConfigResource;
import io.strikemq.domain.topic.admin.Mode;
import io.strikemq.domain.topic.admin.MorePartitions;
import io.strikemq.domain.topic.admin.NewTopic;
import io.strikemq.domain.topic.admin.TopicCreated;
import io.strikemq.domain.topic.admin.TopicOutcome;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** All inbound ports, failing in the way that a test gives, unless the test says what they do. */
public class FakeBroker
        implements ProduceRecords,
                FetchRecords,
                LookUpOffsets,
                DeleteRecords,
                InitProducer,
                DescribeTopics,
                ManageTopics,
                ManageConfigs,
                DescribeCluster,
                DescribeLogDirs,
                ParticipateInGroup,
                CommitOffsets,
                InspectGroups {

    private final Supplier<RuntimeException> failure;

    /** Fails with an exception that nobody expects. */
    public FakeBroker() {
        this(() -> new UnsupportedOperationException("this test expects no such call"));
    }

    /** Fails with these. */
    public FakeBroker(Supplier<RuntimeException> failure) {
        this.failure = failure;
    }

    InboundPorts ports() {
        return new InboundPorts(this, this, this, this, this, this, this, this, this, this, this, this, this);
    }

    @Override
    public CompletionStage<List<PartitionProduced>> produce(RequestContext context, ProduceCommand command) {
        throw failure.get();
    }

    @Override
    public CompletionStage<FetchResult> fetch(RequestContext context, FetchQuery query) {
        throw failure.get();
    }

    @Override
    public List<OffsetFound> lookUp(RequestContext context, IsolationLevel isolation, List<OffsetQuery> queries) {
        throw failure.get();
    }

    @Override
    public List<EpochEndOffset> endOfEpochs(RequestContext context, List<EpochQuery> queries) {
        throw failure.get();
    }

    @Override
    public CompletionStage<List<RecordsDeleted>> deleteRecords(RequestContext context, List<RecordDeletion> deletions) {
        throw failure.get();
    }

    @Override
    public ProducerIdentity initIdempotent(RequestContext context, ProducerIdentity current) {
        throw failure.get();
    }

    @Override
    public List<TopicListing> all(RequestContext context) {
        throw failure.get();
    }

    @Override
    public List<TopicListing> named(RequestContext context, List<TopicRef> topics, Creation creation) {
        throw failure.get();
    }

    @Override
    public List<TopicCreated> create(RequestContext context, List<NewTopic> topics, Mode mode) {
        throw failure.get();
    }

    @Override
    public List<TopicOutcome> delete(RequestContext context, List<TopicRef> topics) {
        throw failure.get();
    }

    @Override
    public List<TopicOutcome> addPartitions(RequestContext context, List<MorePartitions> topics, Mode mode) {
        throw failure.get();
    }

    @Override
    public ConfigOutcome describe(RequestContext context, ConfigResource resource, List<String> names) {
        throw failure.get();
    }

    @Override
    public ConfigOutcome replace(
            RequestContext context, ConfigResource resource, Map<String, String> configs, Mode mode) {
        throw failure.get();
    }

    @Override
    public ConfigOutcome change(
            RequestContext context, ConfigResource resource, List<ConfigChange> changes, Mode mode) {
        throw failure.get();
    }

    @Override
    public ClusterDescription describe() {
        throw failure.get();
    }

    @Override
    public CompletionStage<LogDir> allLogs(RequestContext context) {
        throw failure.get();
    }

    @Override
    public CompletionStage<LogDir> logsOf(RequestContext context, List<TopicPartition> partitions) {
        throw failure.get();
    }

    @Override
    public CompletionStage<JoinResult> join(RequestContext context, JoinCommand command) {
        throw failure.get();
    }

    @Override
    public CompletionStage<SyncResult> sync(RequestContext context, SyncCommand command) {
        throw failure.get();
    }

    @Override
    public ErrorCode heartbeat(RequestContext context, GroupMember member) {
        throw failure.get();
    }

    @Override
    public LeaveResult leave(RequestContext context, String groupId, List<LeavingMember> members) {
        throw failure.get();
    }

    @Override
    public CompletionStage<List<OffsetCommitted>> commit(
            RequestContext context, GroupMember member, List<OffsetCommit> offsets) {
        throw failure.get();
    }

    @Override
    public GroupOffsets committed(RequestContext context, GroupOffsetsQuery query) {
        throw failure.get();
    }

    @Override
    public OffsetsDeleted delete(RequestContext context, String groupId, List<TopicPartition> partitions) {
        throw failure.get();
    }

    @Override
    public List<GroupListing> list(RequestContext context, List<String> states, List<String> types) {
        throw failure.get();
    }

    @Override
    public GroupDescription describe(RequestContext context, String groupId) {
        throw failure.get();
    }

    @Override
    public boolean exists(String groupId) {
        throw failure.get();
    }

    @Override
    public ErrorCode delete(RequestContext context, String groupId) {
        throw failure.get();
    }
}
