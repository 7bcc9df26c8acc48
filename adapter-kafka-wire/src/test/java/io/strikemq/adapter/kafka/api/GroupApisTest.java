package io.strikemq.adapter.kafka.api;

import static io.strikemq.domain.error.ErrorCode.GROUP_ID_NOT_FOUND;
import static io.strikemq.domain.error.ErrorCode.ILLEGAL_GENERATION;
import static io.strikemq.domain.error.ErrorCode.INCONSISTENT_GROUP_PROTOCOL;
import static io.strikemq.domain.error.ErrorCode.INVALID_REQUEST;
import static io.strikemq.domain.error.ErrorCode.MEMBER_ID_REQUIRED;
import static io.strikemq.domain.error.ErrorCode.NONE;
import static io.strikemq.domain.error.ErrorCode.REBALANCE_IN_PROGRESS;
import static io.strikemq.domain.error.ErrorCode.UNKNOWN_MEMBER_ID;
import static io.strikemq.domain.error.ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
import static io.strikemq.domain.error.ErrorCode.UNSUPPORTED_VERSION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.ConsumerGroupDescribeRequest;
import io.strikemq.adapter.kafka.message.ConsumerGroupDescribeResponse;
import io.strikemq.adapter.kafka.message.ConsumerGroupHeartbeatRequest;
import io.strikemq.adapter.kafka.message.ConsumerGroupHeartbeatResponse;
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
import io.strikemq.adapter.kafka.message.TxnOffsetCommitResponse;
import io.strikemq.domain.group.GroupMember;
import io.strikemq.domain.group.classic.JoinCommand.AssignmentSkipping;
import io.strikemq.domain.group.classic.JoinCommand.MemberIdPolicy;
import io.strikemq.domain.group.classic.JoinResult;
import io.strikemq.domain.group.consumer.ConsumerHeartbeat;
import io.strikemq.domain.group.consumer.TopicPartitions;
import io.strikemq.domain.offset.OffsetCommit;
import io.strikemq.domain.port.in.JoinConsumerGroup.MemberNaming;
import io.strikemq.domain.produce.ProduceCommand.Transaction;
import io.strikemq.domain.produce.ProduceCommand.TransactionSupport;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.topic.TopicRef;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

class GroupApisTest {
    private final GroupPorts groups = new GroupPorts();
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
        groups.joinResult = JoinResult.refused(MEMBER_ID_REQUIRED, "given");

        for (int version = 0; version <= 9; version++) {
            JoinGroupResponse answer = client.ask(JoinGroupResponse.class, SampleRequests.joinGroup(), version);
            assertEquals(MEMBER_ID_REQUIRED.code(), answer.errorCode());
            assertEquals("given", answer.memberId());
            assertEquals(version < 7 ? "" : null, answer.protocolName());
        }
    }

    @Test
    void aSyncMustSayItsProtocolFromVersion5On() {
        SyncGroupRequest silent =
                SyncGroupRequest.builder().groupId("g").memberId("m").build();

        assertEquals(NONE.code(), client.ask(SyncGroupResponse.class, silent, 4).errorCode());
        assertEquals(
                INCONSISTENT_GROUP_PROTOCOL.code(),
                client.ask(SyncGroupResponse.class, silent, 5).errorCode());
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
            assertEquals(REBALANCE_IN_PROGRESS.code(), answer.errorCode());
        }
    }

    @Test
    void aLeavingMembersErrorIsTheAnswersBeforeVersion3() {
        for (int version = 0; version <= 5; version++) {
            LeaveGroupResponse answer =
                    client.ask(LeaveGroupResponse.class, SampleRequests.of(ApiKey.LEAVE_GROUP, version), version);
            assertEquals((version < 3 ? UNKNOWN_MEMBER_ID : NONE).code(), answer.errorCode());
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
                INVALID_REQUEST.code(),
                client.ask(FindCoordinatorResponse.class, SampleRequests.findCoordinator(9, 3), 3)
                        .errorCode());
    }

    @Test
    void transactionsHaveTheSameCoordinator() {
        FindCoordinatorResponse one =
                client.ask(FindCoordinatorResponse.class, SampleRequests.findCoordinator(1, 3), 3);
        assertEquals(9092, one.port());
        FindCoordinatorResponse many =
                client.ask(FindCoordinatorResponse.class, SampleRequests.findCoordinator(1, 6), 6);
        assertEquals(9092, many.coordinators().get(0).port());
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
            assertEquals(
                    UNKNOWN_TOPIC_OR_PARTITION.code(),
                    answer.topics().get(0).partitions().get(0).errorCode());
        }
    }

    @Test
    void aMissingGroupIsToldAsAWrongGenerationToClientsThatKnowNoOther() {
        groups.commitError = GROUP_ID_NOT_FOUND;
        for (int version = 0; version <= 10; version++) {
            OffsetCommitResponse answer =
                    client.ask(OffsetCommitResponse.class, SampleRequests.offsetCommit(version), version);

            assertEquals(
                    (version < 9 ? ILLEGAL_GENERATION : GROUP_ID_NOT_FOUND).code(),
                    answer.topics().get(0).partitions().get(0).errorCode());
        }
    }

    @Test
    void aCommitInATransactionIsTranslatedAtEveryVersion() {
        groups.commitError = GROUP_ID_NOT_FOUND;
        for (int version = 0; version <= 6; version++) {
            TxnOffsetCommitResponse answer =
                    client.ask(TxnOffsetCommitResponse.class, SampleRequests.txnOffsetCommit(version), version);

            assertEquals(new ProducerIdentity(7, (short) 3), groups.inTransaction.producer());
            assertEquals(new Transaction("x", support(version)), groups.inTransaction.transaction());
            assertEquals(
                    version < 3 ? new GroupMember("g", -1, "", null) : new GroupMember("g", 3, "m", null),
                    groups.committer);
            TopicRef topic = version < 6 ? TopicRef.byName("t") : TopicRef.byId(SampleRequests.TOPIC_ID);
            assertEquals(List.of(new OffsetCommit(topic, 0, 42, -1, "note", -1, -1)), groups.commits);
            assertEquals(version < 6 ? "t" : "", answer.topics().get(0).name());
            assertEquals(
                    (version < 6 ? ILLEGAL_GENERATION : GROUP_ID_NOT_FOUND).code(),
                    answer.topics().get(0).partitions().get(0).errorCode());
        }
    }

    private static TransactionSupport support(int version) {
        if (version < 4) {
            return TransactionSupport.PARTITIONS_ADDED_BEFORE;
        }
        return version == 4 ? TransactionSupport.ABORTABLE_ERRORS : TransactionSupport.PARTITIONS_ADDED_BY_PRODUCING;
    }

    @Test
    void eachPartitionIsToldWhetherItsOffsetIsForgotten() {
        OffsetDeleteResponse answer = client.ask(OffsetDeleteResponse.class, SampleRequests.offsetDelete(), 0);

        assertEquals(NONE.code(), answer.errorCode());
        assertEquals("t", answer.topics().get(0).name());
        assertEquals(
                List.of("0: NONE", "1: GROUP_SUBSCRIBED_TO_TOPIC"),
                answer.topics().get(0).partitions().stream()
                        .map(partition -> partition.partitionIndex() + ": " + Errors.forCode(partition.errorCode()))
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
        groups.offsetsError = UNKNOWN_MEMBER_ID;

        for (int version = 0; version <= 10; version++) {
            OffsetFetchResponse answer =
                    client.ask(OffsetFetchResponse.class, SampleRequests.offsetFetch(version), version);
            if (version < 2) {
                assertEquals(
                        UNKNOWN_MEMBER_ID.code(),
                        answer.topics().get(0).partitions().get(0).errorCode());
                assertEquals(-1, answer.topics().get(0).partitions().get(0).committedOffset());
            } else {
                assertEquals(
                        UNKNOWN_MEMBER_ID.code(),
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
            assertEquals((version < 6 ? NONE : GROUP_ID_NOT_FOUND).code(), absent.errorCode());
            assertFalse(version >= 6 && absent.errorMessage() == null);
        }
    }

    @Test
    void aHeartbeatSaysWhatTheMemberSays() {
        ConsumerGroupHeartbeatRequest request = ConsumerGroupHeartbeatRequest.builder()
                .groupId("g")
                .memberId("m")
                .memberEpoch(3)
                .instanceId("i")
                .rackId("r")
                .rebalanceTimeoutMs(7)
                .subscribedTopicNames(List.of("t"))
                .subscribedTopicRegex("x.*")
                .serverAssignor("range")
                .topicPartitions(List.of(ConsumerGroupHeartbeatRequest.TopicPartitions.builder()
                        .topicId(SampleRequests.TOPIC_ID)
                        .partitions(List.of(1))
                        .build()))
                .build();

        ConsumerGroupHeartbeatResponse answer = client.ask(ConsumerGroupHeartbeatResponse.class, request, 1);

        assertEquals(
                new ConsumerHeartbeat(
                        "g",
                        "m",
                        3,
                        "i",
                        "r",
                        7,
                        List.of("t"),
                        "x.*",
                        "range",
                        List.of(new TopicPartitions(SampleRequests.TOPIC_ID, List.of(1)))),
                groups.consumerHeartbeat);
        assertEquals(MemberNaming.BY_MEMBER, groups.memberNaming);
        assertEquals("m", answer.memberId());
        assertEquals(3, answer.memberEpoch());
        assertEquals(5000, answer.heartbeatIntervalMs());
        ConsumerGroupHeartbeatResponse.TopicPartitions assigned =
                answer.assignment().topicPartitions().get(0);
        assertEquals(SampleRequests.TOPIC_ID, assigned.topicId());
        assertEquals(List.of(0, 1), assigned.partitions());

        client.ask(ConsumerGroupHeartbeatResponse.class, SampleRequests.of(ApiKey.CONSUMER_GROUP_HEARTBEAT, 0), 0);
        assertEquals(MemberNaming.BY_BROKER, groups.memberNaming);
        assertNull(groups.consumerHeartbeat.topicRegex());
    }

    @Test
    void aGroupOfTheConsumerProtocolIsDescribed() {
        ConsumerGroupDescribeRequest request = ConsumerGroupDescribeRequest.builder()
                .groupIds(List.of("g", "absent"))
                .includeAuthorizedOperations(true)
                .build();

        ConsumerGroupDescribeResponse answer = client.ask(ConsumerGroupDescribeResponse.class, request, 1);

        ConsumerGroupDescribeResponse.DescribedGroup there = answer.groups().get(0);
        assertEquals("Stable", there.groupState());
        assertEquals(4, there.groupEpoch());
        assertEquals("uniform", there.assignorName());
        assertEquals(AuthorizedOperations.GROUP, there.authorizedOperations());
        ConsumerGroupDescribeResponse.Member member = there.members().get(0);
        assertEquals(List.of("t"), member.subscribedTopicNames());
        assertEquals("x.*", member.subscribedTopicRegex());
        assertEquals(0, member.memberType(), "it speaks the classic protocol");
        assertEquals(List.of(0, 1), member.assignment().topicPartitions().get(0).partitions());
        assertEquals(GROUP_ID_NOT_FOUND.code(), answer.groups().get(1).errorCode());
        assertEquals("Group is not here.", answer.groups().get(1).errorMessage());
    }

    @Test
    void aProtocolThatIsSwitchedOffIsNotAdvertisedAndRefused() {
        groups.isServed = false;

        ConsumerGroupHeartbeatResponse refused = client.ask(
                ConsumerGroupHeartbeatResponse.class, SampleRequests.of(ApiKey.CONSUMER_GROUP_HEARTBEAT, 1), 1);
        ConsumerGroupDescribeResponse described = client.ask(
                ConsumerGroupDescribeResponse.class, SampleRequests.of(ApiKey.CONSUMER_GROUP_DESCRIBE, 1), 1);

        assertEquals(UNSUPPORTED_VERSION.code(), refused.errorCode());
        assertNull(groups.consumerHeartbeat);
        assertEquals(UNSUPPORTED_VERSION.code(), described.groups().get(1).errorCode());
    }
}
