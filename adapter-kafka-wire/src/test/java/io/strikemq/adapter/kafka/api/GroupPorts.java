package io.strikemq.adapter.kafka.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.domain.cluster.ClusterDescription;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupListing;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.group.classic.GroupDescription;
import io.strikemq.domain.group.classic.JoinCommand;
import io.strikemq.domain.group.classic.JoinResult;
import io.strikemq.domain.group.classic.LeaveResult;
import io.strikemq.domain.group.classic.LeaveResult.Left;
import io.strikemq.domain.group.classic.LeavingMember;
import io.strikemq.domain.group.classic.SyncCommand;
import io.strikemq.domain.group.classic.SyncResult;
import io.strikemq.domain.group.consumer.ConsumerGroupDescription;
import io.strikemq.domain.group.consumer.ConsumerHeartbeat;
import io.strikemq.domain.group.consumer.HeartbeatResult;
import io.strikemq.domain.offset.GroupOffsets;
import io.strikemq.domain.offset.GroupOffsetsQuery;
import io.strikemq.domain.offset.OffsetCommit;
import io.strikemq.domain.offset.OffsetCommitted;
import io.strikemq.domain.offset.OffsetsDeleted;
import io.strikemq.domain.offset.OffsetsInTransaction;
import io.strikemq.domain.port.in.CommitOffsets;
import io.strikemq.domain.port.in.CommitOffsetsInTransaction;
import io.strikemq.domain.port.in.DescribeCluster;
import io.strikemq.domain.port.in.DescribeTopics;
import io.strikemq.domain.port.in.InspectGroups;
import io.strikemq.domain.port.in.JoinConsumerGroup;
import io.strikemq.domain.port.in.ParticipateInGroup;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicListing;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicRef;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A group g with a member, and an offset of topic t and of one that is gone. */
final class GroupPorts
        implements DescribeCluster,
                DescribeTopics,
                ParticipateInGroup,
                JoinConsumerGroup,
                CommitOffsets,
                CommitOffsetsInTransaction,
                InspectGroups {
    JoinCommand join;
    ConsumerHeartbeat consumerHeartbeat;
    MemberNaming memberNaming;
    boolean isServed = true;
    SyncCommand sync;
    GroupMember committer;
    List<OffsetCommit> commits;
    OffsetsInTransaction inTransaction;
    ErrorCode offsetsError = ErrorCode.NONE;
    ErrorCode commitError = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    JoinResult joinResult = new JoinResult(
            ErrorCode.NONE,
            3,
            "consumer",
            "range",
            "m",
            false,
            "m",
            List.of(new JoinResult.Joined("m", null, ByteBuffer.wrap(SampleRequests.BYTES))));

    @Override
    public ClusterDescription describe() {
        return new ClusterDescription("cluster", Conversation.BROKER_ID, List.of(Conversation.BROKER_ID));
    }

    @Override
    public CompletionStage<JoinResult> join(RequestContext context, JoinCommand command) {
        join = command;
        return CompletableFuture.completedFuture(joinResult);
    }

    @Override
    public CompletionStage<SyncResult> sync(RequestContext context, SyncCommand command) {
        sync = command;
        return CompletableFuture.completedFuture(
                new SyncResult(ErrorCode.NONE, "consumer", "range", ByteBuffer.wrap(SampleRequests.BYTES)));
    }

    @Override
    public ErrorCode heartbeat(RequestContext context, GroupMember member) {
        return member.equals(new GroupMember("g", 3, "m", null)) ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE;
    }

    @Override
    public LeaveResult leave(RequestContext context, String groupId, List<LeavingMember> members) {
        return new LeaveResult(
                ErrorCode.NONE,
                members.stream()
                        .map(member ->
                                new Left(member.memberId(), member.groupInstanceId(), ErrorCode.UNKNOWN_MEMBER_ID))
                        .toList());
    }

    @Override
    public CompletionStage<List<OffsetCommitted>> commit(
            RequestContext context, GroupMember member, boolean knowsEpochs, List<OffsetCommit> offsets) {
        committer = member;
        commits = offsets;
        return CompletableFuture.completedFuture(offsets.stream()
                .map(offset -> new OffsetCommitted(offset.topic(), offset.partition(), commitError))
                .toList());
    }

    @Override
    public CompletionStage<List<OffsetCommitted>> commit(RequestContext context, OffsetsInTransaction offsets) {
        inTransaction = offsets;
        return commit(context, offsets.member(), true, offsets.offsets());
    }

    @Override
    public boolean isServed() {
        return isServed;
    }

    @Override
    public CompletionStage<HeartbeatResult> heartbeat(
            RequestContext context, ConsumerHeartbeat heartbeat, MemberNaming naming) {
        consumerHeartbeat = heartbeat;
        memberNaming = naming;
        return CompletableFuture.completedFuture(new HeartbeatResult(
                ErrorCode.NONE,
                null,
                "m",
                3,
                Duration.ofSeconds(5),
                Map.of(SampleRequests.TOPIC_ID, new LinkedHashSet<>(List.of(1, 0)))));
    }

    @Override
    public ConsumerGroupDescription describeConsumerGroup(RequestContext context, String groupId) {
        if (!groupId.equals("g")) {
            return ConsumerGroupDescription.failed(groupId, ErrorCode.GROUP_ID_NOT_FOUND, "Group is not here.");
        }
        List<ConsumerGroupDescription.Topic> assigned =
                List.of(new ConsumerGroupDescription.Topic(SampleRequests.TOPIC_ID, "t", List.of(0, 1)));
        return new ConsumerGroupDescription(
                ErrorCode.NONE,
                null,
                "g",
                "Stable",
                4,
                4,
                "uniform",
                List.of(new ConsumerGroupDescription.Member(
                        "m", "i", "r", 4, "c", "/127.0.0.1", Set.of("t"), "x.*", assigned, List.of(), true)));
    }

    @Override
    public OffsetsDeleted delete(RequestContext context, String groupId, List<TopicPartition> partitions) {
        return new OffsetsDeleted(
                ErrorCode.NONE,
                partitions.stream()
                        .map(partition -> new OffsetCommitted(
                                TopicRef.byName(partition.topic()),
                                partition.partition(),
                                partition.partition() == 0 ? ErrorCode.NONE : ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC))
                        .toList());
    }

    @Override
    public GroupOffsets committed(RequestContext context, GroupOffsetsQuery query) {
        if (offsetsError != ErrorCode.NONE) {
            return new GroupOffsets(query.groupId(), offsetsError, List.of());
        }
        List<TopicRef> topics = query.partitions() == null
                ? List.of(TopicRef.byName("gone"), TopicRef.byName("t"))
                : query.partitions().stream()
                        .map(GroupOffsetsQuery.Partition::topic)
                        .toList();
        return new GroupOffsets(
                query.groupId(),
                ErrorCode.NONE,
                topics.stream()
                        .map(topic -> new GroupOffsets.Row(topic, 0, 42, 6, "note", ErrorCode.NONE))
                        .toList());
    }

    @Override
    public CompletionStage<List<TopicListing>> named(RequestContext context, List<TopicRef> topics, Creation creation) {
        assertEquals(Creation.FORBIDDEN, creation);
        return CompletableFuture.completedFuture(topics.stream()
                .map(ref -> (ref.isById()
                                ? ref.id().equals(SampleRequests.TOPIC_ID)
                                : ref.name().equals("t"))
                        ? new TopicListing(
                                ref,
                                ErrorCode.NONE,
                                new Topic("t", SampleRequests.TOPIC_ID, 1, (short) 1, Map.of()),
                                List.of())
                        : new TopicListing(ref, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, null, List.of()))
                .toList());
    }

    @Override
    public boolean exists(String groupId) {
        return groupId.equals("g");
    }

    @Override
    public GroupDescription describe(RequestContext context, String groupId) {
        ByteBuffer bytes = ByteBuffer.wrap(SampleRequests.BYTES);
        return exists(groupId)
                ? new GroupDescription(
                        ErrorCode.NONE,
                        null,
                        groupId,
                        "Stable",
                        3,
                        "consumer",
                        "range",
                        "m",
                        List.of(new GroupDescription.Member(
                                "m",
                                null,
                                "client",
                                "/127.0.0.2",
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(60),
                                bytes,
                                bytes)))
                : new GroupDescription(
                        ErrorCode.GROUP_ID_NOT_FOUND, "Not here.", groupId, "Dead", 0, null, null, null, List.of());
    }

    @Override
    public List<TopicListing> all(RequestContext context) {
        throw new UnsupportedOperationException("no test asks for all topics");
    }

    @Override
    public List<GroupListing> list(RequestContext context, List<String> states, List<String> types) {
        throw new UnsupportedOperationException("no test lists groups");
    }

    @Override
    public ErrorCode delete(RequestContext context, String groupId) {
        throw new UnsupportedOperationException("no test deletes a group");
    }
}
