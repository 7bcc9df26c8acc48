package io.strikemq.adapter.kafka.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.strikemq.adapter.kafka.message.AlterPartitionReassignmentsRequest;
import io.strikemq.adapter.kafka.message.AlterPartitionReassignmentsRequest.ReassignablePartition;
import io.strikemq.adapter.kafka.message.AlterPartitionReassignmentsRequest.ReassignableTopic;
import io.strikemq.adapter.kafka.message.AlterPartitionReassignmentsResponse;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.DescribeTopicPartitionsRequest;
import io.strikemq.adapter.kafka.message.DescribeTopicPartitionsResponse;
import io.strikemq.adapter.kafka.message.DescribeTopicPartitionsResponse.DescribeTopicPartitionsResponseTopic;
import io.strikemq.adapter.kafka.message.ElectLeadersRequest;
import io.strikemq.adapter.kafka.message.ElectLeadersRequest.TopicPartitions;
import io.strikemq.adapter.kafka.message.ElectLeadersResponse;
import io.strikemq.adapter.kafka.message.ListPartitionReassignmentsRequest;
import io.strikemq.adapter.kafka.message.ListPartitionReassignmentsResponse;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.DescribeTopicPartitions;
import io.strikemq.domain.port.in.ElectLeaders;
import io.strikemq.domain.port.in.ReassignPartitions;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicListing;
import io.strikemq.domain.topic.TopicListing.PartitionListing;
import io.strikemq.domain.topic.TopicPage;
import io.strikemq.domain.topic.TopicPageQuery;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicRef;
import io.strikemq.domain.topic.admin.PartitionOutcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where partitions are: pages of it, elections, reassignments. */
class PlacementApisTest {
    private final ElectLeaders elections = mock();
    private final ReassignPartitions reassignments = mock();
    private final DescribeTopicPartitions pages = mock();
    private final Conversation client = new Conversation(TestPorts.with(elections, reassignments, pages));

    @Test
    void aPageOfTopicsHasACursor() {
        Topic topic = new Topic("t", SampleRequests.TOPIC_ID, 3, (short) 1, Map.of());
        TopicListing there = new TopicListing(
                TopicRef.byName("t"), ErrorCode.NONE, topic, List.of(new PartitionListing(1, 7, 5, List.of(7))));
        TopicListing missing = new TopicListing(
                TopicRef.byName("__consumer_offsets"), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, null, List.of());
        when(pages.page(any(), eq(new TopicPageQuery(List.of("t"), 9, new TopicPartition("t", 1)))))
                .thenReturn(new TopicPage(List.of(missing, there), new TopicPartition("u", 0)));

        DescribeTopicPartitionsResponse answer = client.ask(
                DescribeTopicPartitionsResponse.class,
                DescribeTopicPartitionsRequest.builder()
                        .topics(List.of(DescribeTopicPartitionsRequest.TopicRequest.builder()
                                .name("t")
                                .build()))
                        .responsePartitionLimit(9)
                        .cursor(DescribeTopicPartitionsRequest.Cursor.builder()
                                .topicName("t")
                                .partitionIndex(1)
                                .build())
                        .build(),
                0);

        assertEquals("u", answer.nextCursor().topicName());
        DescribeTopicPartitionsResponseTopic first = answer.topics().get(0);
        assertEquals(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code(), first.errorCode());
        assertEquals(true, first.isInternal());
        DescribeTopicPartitionsResponseTopic second = answer.topics().get(1);
        assertEquals(SampleRequests.TOPIC_ID, second.topicId());
        assertEquals(AuthorizedOperations.TOPIC, second.topicAuthorizedOperations());
        assertEquals(List.of(7), second.partitions().get(0).isrNodes());
        assertEquals(List.of(), second.partitions().get(0).eligibleLeaderReplicas());
        assertEquals(5, second.partitions().get(0).leaderEpoch());
    }

    @Test
    void theLastPageHasNoCursor() {
        when(pages.page(any(), any())).thenReturn(new TopicPage(List.of(), null));

        assertNull(client.ask(
                        DescribeTopicPartitionsResponse.class,
                        SampleRequests.of(ApiKey.DESCRIBE_TOPIC_PARTITIONS, 0),
                        0)
                .nextCursor());
        verify(pages).page(any(), eq(new TopicPageQuery(List.of("t"), 2000, null)));
    }

    @Test
    void anElectionIsToldByPartition() {
        when(elections.elect(any(), eq(new TopicPartition("t", 0))))
                .thenReturn(new PartitionOutcome(ErrorCode.ELECTION_NOT_NEEDED, "not needed"));
        for (int version = 0; version <= 2; version++) {
            ElectLeadersResponse answer = client.ask(ElectLeadersResponse.class, election(0, 1), version);

            assertEquals(0, answer.errorCode());
            ElectLeadersResponse.PartitionResult partition =
                    answer.replicaElectionResults().get(0).partitionResult().get(0);
            assertEquals(ErrorCode.ELECTION_NOT_NEEDED.code(), partition.errorCode());
            assertEquals("not needed", partition.errorMessage());
        }
    }

    @Test
    void electionsOfAllNameTopicsOnly() {
        when(elections.electWhereNeeded(any())).thenReturn(List.of("t"));

        ElectLeadersResponse answer = client.ask(
                ElectLeadersResponse.class,
                ElectLeadersRequest.builder().topicPartitions(null).build(),
                2);

        assertEquals("t", answer.replicaElectionResults().get(0).topic());
        assertEquals(List.of(), answer.replicaElectionResults().get(0).partitionResult());
    }

    @Test
    void noTimeComesBeforeAnUnknownElection() {
        for (int version = 1; version <= 2; version++) {
            ElectLeadersResponse unknown = client.ask(ElectLeadersResponse.class, election(2, 1), version);
            assertEquals(ErrorCode.INVALID_REQUEST.code(), unknown.errorCode());
            assertEquals(
                    "Unknown election type 2",
                    unknown.replicaElectionResults()
                            .get(0)
                            .partitionResult()
                            .get(0)
                            .errorMessage());
            assertEquals(
                    ErrorCode.REQUEST_TIMED_OUT.code(),
                    client.ask(ElectLeadersResponse.class, election(2, 0), version)
                            .errorCode());
        }
        verifyNoInteractions(elections);
    }

    private static ElectLeadersRequest election(int type, int timeoutMs) {
        return ElectLeadersRequest.builder()
                .electionType((byte) type)
                .timeoutMs(timeoutMs)
                .topicPartitions(List.of(TopicPartitions.builder()
                        .topic("t")
                        .partitions(List.of(0))
                        .build()))
                .build();
    }

    @Test
    void aReassignmentWithoutReplicasIsACancellation() {
        when(reassignments.reassign(any(), eq(new TopicPartition("t", 0)), eq(List.of(3))))
                .thenReturn(PartitionOutcome.DONE);
        when(reassignments.cancel(any(), eq(new TopicPartition("t", 1))))
                .thenReturn(new PartitionOutcome(ErrorCode.NO_REASSIGNMENT_IN_PROGRESS, null));
        for (int version = 0; version <= 1; version++) {
            AlterPartitionReassignmentsResponse answer =
                    client.ask(AlterPartitionReassignmentsResponse.class, reassignment(version == 0, 1000), version);

            assertEquals(version == 0, answer.allowReplicationFactorChange());
            assertNull(answer.errorMessage());
            assertEquals(
                    List.of(ErrorCode.NONE.code(), ErrorCode.NO_REASSIGNMENT_IN_PROGRESS.code()),
                    answer.responses().get(0).partitions().stream()
                            .map(partition -> partition.errorCode())
                            .toList());
        }
    }

    @Test
    void aReassignmentThatIsGivenNoTimeIsNotBegun() {
        AlterPartitionReassignmentsResponse answer =
                client.ask(AlterPartitionReassignmentsResponse.class, reassignment(true, 0), 0);

        assertEquals(ErrorCode.REQUEST_TIMED_OUT.code(), answer.errorCode());
        verifyNoInteractions(reassignments);
    }

    private static AlterPartitionReassignmentsRequest reassignment(boolean allowChange, int timeoutMs) {
        return AlterPartitionReassignmentsRequest.builder()
                .timeoutMs(timeoutMs)
                .allowReplicationFactorChange(allowChange)
                .topics(List.of(ReassignableTopic.builder()
                        .name("t")
                        .partitions(List.of(
                                ReassignablePartition.builder()
                                        .partitionIndex(0)
                                        .replicas(List.of(3))
                                        .build(),
                                ReassignablePartition.builder()
                                        .partitionIndex(1)
                                        .replicas(null)
                                        .build()))
                        .build()))
                .build();
    }

    @Test
    void noReassignmentIsEverGoingOn() {
        ListPartitionReassignmentsResponse answer = client.ask(
                ListPartitionReassignmentsResponse.class,
                ListPartitionReassignmentsRequest.builder().build(),
                0);

        assertEquals(0, answer.errorCode());
        assertNull(answer.errorMessage());
        assertEquals(List.of(), answer.topics());
    }
}
