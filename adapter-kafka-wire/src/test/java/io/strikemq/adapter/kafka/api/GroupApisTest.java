package io.strikemq.adapter.kafka.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.DescribeGroupsRequest;
import io.strikemq.adapter.kafka.message.DescribeGroupsResponse;
import io.strikemq.adapter.kafka.message.FindCoordinatorResponse;
import io.strikemq.adapter.kafka.message.HeartbeatResponse;
import io.strikemq.adapter.kafka.message.JoinGroupRequest;
import io.strikemq.adapter.kafka.message.JoinGroupResponse;
import io.strikemq.adapter.kafka.message.LeaveGroupResponse;
import io.strikemq.adapter.kafka.message.OffsetCommitRequest;
import io.strikemq.adapter.kafka.message.OffsetCommitResponse;
import io.strikemq.adapter.kafka.message.OffsetDeleteResponse;
import io.strikemq.adapter.kafka.message.OffsetFetchRequest;
import io.strikemq.adapter.kafka.message.OffsetFetchResponse;
import io.strikemq.adapter.kafka.message.SyncGroupRequest;
import io.strikemq.adapter.kafka.message.SyncGroupResponse;
import io.strikemq.domain.cluster.ClusterDescription;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupDescription;
import io.strikemq.domain.group.GroupListing;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.group.JoinCommand;
import io.strikemq.domain.group.JoinCommand.AssignmentSkipping;
import io.strikemq.domain.group.JoinCommand.MemberIdPolicy;
import io.strikemq.domain.group.JoinResult;
import io.strikemq.domain.group.LeaveResult;
import io.strikemq.domain.group.LeaveResult.Left;
import io.strikemq.domain.group.LeavingMember;
import io.strikemq.domain.group.SyncCommand;
import io.strikemq.domain.group.SyncResult;
import io.strikemq.domain.offset.GroupOffsets;
import io.strikemq.domain.offset.GroupOffsetsQuery;
import io.strikemq.domain.offset.OffsetCommit;
import io.strikemq.domain.offset.OffsetCommitted;
import io.strikemq.domain.offset.OffsetsDeleted;
import io.strikemq.domain.port.in.CommitOffsets;
import io.strikemq.domain.port.in.DescribeCluster;
import io.strikemq.domain.port.in.DescribeTopics;
import io.strikemq.domain.port.in.InspectGroups;
import io.strikemq.domain.port.in.ParticipateInGroup;
import io.strikemq.domain.producer.NoTransactions;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicListing;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicRef;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class GroupApisTest {
    private final Groups groups = new Groups();
    private final Conversation client = new Conversation(TestPorts.with(groups));

    @Test
    void aJoinIsTranslatedAtEveryVersionAndItsBytesOutliveTheFrame() {
        for (int version = 0; version <= 9; version++) {
            JoinGroupRequest request = SampleRequests.joinGroup().toBuilder()
                    .rebalanceTimeoutMs(version == 0 ? -1 : 60_000)
                    .build();
            JoinGroupResponse answer = client.ask(JoinGroupResponse.class, request, version);

            assertEquals(Duration.ofMillis(version == 0 ? -1 : 60_000), groups.join.rebalanceTimeout());
            assertEquals(version < 4 ? MemberIdPolicy.JOIN_AT_ONCE : MemberIdPolicy.ID_FIRST, groups.join.idPolicy());
            assertEquals(
                    version < 9 ? AssignmentSkipping.UNSUPPORTED : AssignmentSkipping.SUPPORTED,
                    groups.join.skipping());
            assertEquals(
                    ByteBuffer.wrap(SampleRequests.BYTES),
                    groups.join.protocols().get(0).metadata());
            assertEquals(3, answer.generationId());
            assertEquals(version < 7 ? null : "consumer", answer.protocolType());
            assertEquals(
                    ByteBuffer.wrap(SampleRequests.BYTES),
                    answer.members().get(0).metadata());
            assertNotNull(client.cancellation(), "a client that goes away is not waited for");
        }
    }

    @Test
    void aRefusedJoinNamesNoProtocolInTheWayOfTheVersion() {
        groups.joinResult = JoinResult.refused(ErrorCode.MEMBER_ID_REQUIRED, "given");

        for (int version = 0; version <= 9; version++) {
            JoinGroupResponse answer = client.ask(JoinGroupResponse.class, SampleRequests.joinGroup(), version);
            assertEquals(79, answer.errorCode());
            assertEquals("given", answer.memberId());
            assertEquals(version < 7 ? "" : null, answer.protocolName());
        }
    }

    @Test
    void aSyncMustSayItsProtocolFromVersion5On() {
        SyncGroupRequest silent =
                SyncGroupRequest.builder().groupId("g").memberId("m").build();

        assertEquals(0, client.ask(SyncGroupResponse.class, silent, 4).errorCode());
        assertEquals(23, client.ask(SyncGroupResponse.class, silent, 5).errorCode());
        for (int version = 0; version <= 5; version++) {
            SyncGroupResponse answer =
                    client.ask(SyncGroupResponse.class, SampleRequests.of(ApiKey.SYNC_GROUP, version), version);
            assertEquals(ByteBuffer.wrap(SampleRequests.BYTES), answer.assignment());
            assertEquals(
                    ByteBuffer.wrap(SampleRequests.BYTES),
                    groups.sync.assignments().get(0).assignment());
            assertEquals(version < 5 ? null : "range", answer.protocolName());
        }
    }

    @Test
    void aHeartbeatTellsTheGroupsWord() {
        for (int version = 0; version <= 4; version++) {
            HeartbeatResponse answer =
                    client.ask(HeartbeatResponse.class, SampleRequests.of(ApiKey.HEARTBEAT, version), version);
            assertEquals(27, answer.errorCode());
        }
    }

    @Test
    void aLeavingMembersErrorIsTheAnswersBeforeVersion3() {
        for (int version = 0; version <= 5; version++) {
            LeaveGroupResponse answer =
                    client.ask(LeaveGroupResponse.class, SampleRequests.of(ApiKey.LEAVE_GROUP, version), version);
            assertEquals(version < 3 ? 25 : 0, answer.errorCode());
            assertEquals(version < 3 ? 0 : 2, answer.members().size());
        }
    }

    @Test
    void aCoordinatorIsFoundForGroupsAlone() {
        for (int version = 0; version <= 6; version++) {
            FindCoordinatorResponse group =
                    client.ask(FindCoordinatorResponse.class, SampleRequests.findCoordinator(0, version), version);
            if (version < 4) {
                assertEquals(Conversation.BROKER_ID, group.nodeId());
                assertEquals("127.0.0.1", group.host());
                assertEquals(9092, group.port());
            } else {
                assertEquals(
                        List.of("g", "h"),
                        group.coordinators().stream()
                                .map(FindCoordinatorResponse.Coordinator::key)
                                .toList());
                assertEquals(9092, group.coordinators().get(1).port());
            }
        }
        assertEquals(
                42,
                client.ask(FindCoordinatorResponse.class, SampleRequests.findCoordinator(9, 3), 3)
                        .errorCode());
    }

    @Test
    void whoAsksForTransactionsIsToldAtOnceThatThereAreNone() {
        FindCoordinatorResponse one =
                client.ask(FindCoordinatorResponse.class, SampleRequests.findCoordinator(1, 3), 3);
        assertEquals(NoTransactions.ERROR.code(), one.errorCode());
        assertEquals(NoTransactions.MESSAGE, one.errorMessage());

        FindCoordinatorResponse.Coordinator ofMany = client.ask(
                        FindCoordinatorResponse.class, SampleRequests.findCoordinator(1, 6), 6)
                .coordinators()
                .get(0);
        assertEquals(NoTransactions.ERROR.code(), ofMany.errorCode());
        assertEquals(NoTransactions.MESSAGE, ofMany.errorMessage());
        assertEquals(-1, ofMany.nodeId());
    }

    @Test
    void aCommitIsTranslatedAtEveryVersion() {
        for (int version = 0; version <= 10; version++) {
            OffsetCommitRequest request = SampleRequests.offsetCommit(version);
            OffsetCommitResponse answer = client.ask(OffsetCommitResponse.class, request, version);

            assertEquals(version == 0 ? -1 : 3, groups.committer.generationId());
            OffsetCommit commit = groups.commits.get(0);
            assertEquals(42, commit.offset());
            assertEquals("note", commit.metadata());
            assertEquals(-1, commit.commitTimestamp());
            assertEquals(-1, commit.retentionMs());
            assertEquals(-1, commit.leaderEpoch());
            assertEquals(version >= 10, commit.topic().isById());
            assertEquals(3, answer.topics().get(0).partitions().get(0).errorCode());
        }
    }

    @Test
    void aMissingGroupIsToldAsAWrongGenerationToClientsThatKnowNoOther() {
        groups.commitError = ErrorCode.GROUP_ID_NOT_FOUND;
        for (int version = 0; version <= 10; version++) {
            OffsetCommitResponse answer =
                    client.ask(OffsetCommitResponse.class, SampleRequests.offsetCommit(version), version);

            assertEquals(
                    version < 9 ? 22 : 69,
                    answer.topics().get(0).partitions().get(0).errorCode());
        }
    }

    @Test
    void eachPartitionIsToldWhetherItsOffsetIsForgotten() {
        OffsetDeleteResponse answer = client.ask(OffsetDeleteResponse.class, SampleRequests.offsetDelete(), 0);

        assertEquals(0, answer.errorCode());
        assertEquals("t", answer.topics().get(0).name());
        assertEquals(
                List.of("0: 0", "1: 86"),
                answer.topics().get(0).partitions().stream()
                        .map(partition -> partition.partitionIndex() + ": " + partition.errorCode())
                        .toList());
    }

    @Test
    void committedOffsetsAreToldAtEveryVersion() {
        for (int version = 0; version <= 10; version++) {
            OffsetFetchResponse answer =
                    client.ask(OffsetFetchResponse.class, SampleRequests.offsetFetch(version), version);
            if (version < 8) {
                OffsetFetchResponse.OffsetFetchResponsePartition partition =
                        answer.topics().get(0).partitions().get(0);
                assertEquals(42, partition.committedOffset());
                assertEquals(version < 5 ? -1 : 6, partition.committedLeaderEpoch());
            } else {
                OffsetFetchResponse.OffsetFetchResponseTopics topic =
                        answer.groups().get(0).topics().get(0);
                assertEquals(42, topic.partitions().get(0).committedOffset());
                assertEquals("note", topic.partitions().get(0).metadata());
                assertEquals(version < 10 ? "t" : "", topic.name());
                assertEquals(version < 10 ? new java.util.UUID(0, 0) : SampleRequests.TOPIC_ID, topic.topicId());
            }
        }
    }

    @Test
    void aGroupsErrorStandsWhereTheVersionHasAPlaceForIt() {
        groups.offsetsError = ErrorCode.UNKNOWN_MEMBER_ID;

        for (int version = 0; version <= 10; version++) {
            OffsetFetchResponse answer =
                    client.ask(OffsetFetchResponse.class, SampleRequests.offsetFetch(version), version);
            if (version < 2) {
                assertEquals(25, answer.topics().get(0).partitions().get(0).errorCode());
                assertEquals(-1, answer.topics().get(0).partitions().get(0).committedOffset());
            } else {
                assertEquals(
                        25,
                        version < 8
                                ? answer.errorCode()
                                : answer.groups().get(0).errorCode());
            }
        }
    }

    @Test
    void nullTopicsAskForAllAndVersion10NamesThemById() {
        OffsetFetchRequest all =
                OffsetFetchRequest.builder().groupId("g").topics(null).build();
        OffsetFetchRequest allOfMany = OffsetFetchRequest.builder()
                .groups(List.of(OffsetFetchRequest.OffsetFetchRequestGroup.builder()
                        .groupId("g")
                        .topics(null)
                        .build()))
                .build();

        OffsetFetchResponse seven = client.ask(OffsetFetchResponse.class, all, 7);
        assertEquals(
                List.of("gone", "t"),
                seven.topics().stream()
                        .map(OffsetFetchResponse.OffsetFetchResponseTopic::name)
                        .toList());
        OffsetFetchResponse ten = client.ask(OffsetFetchResponse.class, allOfMany, 10);
        assertEquals(
                List.of(SampleRequests.TOPIC_ID),
                ten.groups().get(0).topics().stream()
                        .map(OffsetFetchResponse.OffsetFetchResponseTopics::topicId)
                        .toList());
    }

    @Test
    void aGroupThatIsNotThereIsDeadAndFromVersion6OnAnError() {
        for (int version = 0; version <= 6; version++) {
            DescribeGroupsRequest request = DescribeGroupsRequest.builder()
                    .groups(List.of("g", "absent"))
                    .includeAuthorizedOperations(version >= 3)
                    .build();
            DescribeGroupsResponse answer = client.ask(DescribeGroupsResponse.class, request, version);

            DescribeGroupsResponse.DescribedGroup there = answer.groups().get(0);
            assertEquals("Stable", there.groupState());
            assertEquals(version < 3 ? Integer.MIN_VALUE : AuthorizedOperations.GROUP, there.authorizedOperations());
            assertEquals(
                    ByteBuffer.wrap(SampleRequests.BYTES),
                    there.members().get(0).memberMetadata());
            DescribeGroupsResponse.DescribedGroup absent = answer.groups().get(1);
            assertEquals("Dead", absent.groupState());
            assertEquals(version < 6 ? 0 : 69, absent.errorCode());
            assertFalse(version >= 6 && absent.errorMessage() == null);
        }
    }

    /** A group g with a member, and an offset of topic t and of one that is gone. */
    private static final class Groups
            implements DescribeCluster, DescribeTopics, ParticipateInGroup, CommitOffsets, InspectGroups {
        private JoinCommand join;
        private SyncCommand sync;
        private GroupMember committer;
        private List<OffsetCommit> commits;
        private ErrorCode offsetsError = ErrorCode.NONE;
        private ErrorCode commitError = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
        private JoinResult joinResult = new JoinResult(
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
                RequestContext context, GroupMember member, List<OffsetCommit> offsets) {
            committer = member;
            commits = offsets;
            return CompletableFuture.completedFuture(offsets.stream()
                    .map(offset -> new OffsetCommitted(offset.topic(), offset.partition(), commitError))
                    .toList());
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
        public CompletionStage<List<TopicListing>> named(
                RequestContext context, List<TopicRef> topics, Creation creation) {
            assertEquals(Creation.FORBIDDEN, creation);
            return CompletableFuture.completedFuture(topics.stream()
                    .map(ref -> ref.name().equals("t")
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
                    : new GroupDescription(ErrorCode.NONE, null, groupId, "Dead", 0, null, null, null, List.of());
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
}
