package io.strikemq.adapter.kafka.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.strikemq.adapter.kafka.message.DeleteGroupsRequest;
import io.strikemq.adapter.kafka.message.DeleteGroupsResponse;
import io.strikemq.adapter.kafka.message.OffsetCommitRequest;
import io.strikemq.adapter.kafka.message.OffsetCommitRequest.OffsetCommitRequestPartition;
import io.strikemq.adapter.kafka.message.OffsetCommitRequest.OffsetCommitRequestTopic;
import io.strikemq.adapter.kafka.message.OffsetCommitResponse;
import io.strikemq.adapter.kafka.message.OffsetDeleteRequest;
import io.strikemq.adapter.kafka.message.OffsetDeleteRequest.OffsetDeleteRequestPartition;
import io.strikemq.adapter.kafka.message.OffsetDeleteRequest.OffsetDeleteRequestTopic;
import io.strikemq.adapter.kafka.message.OffsetDeleteResponse;
import io.strikemq.adapter.kafka.message.OffsetFetchRequest;
import io.strikemq.adapter.kafka.message.OffsetFetchRequest.OffsetFetchRequestTopic;
import io.strikemq.adapter.kafka.message.OffsetFetchResponse;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.offset.GroupOffsets;
import io.strikemq.domain.offset.GroupOffsetsQuery;
import io.strikemq.domain.offset.OffsetCommit;
import io.strikemq.domain.offset.OffsetCommitted;
import io.strikemq.domain.offset.OffsetsDeleted;
import io.strikemq.domain.port.in.CommitOffsets;
import io.strikemq.domain.port.in.DescribeTopics;
import io.strikemq.domain.port.in.InspectGroups;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicRef;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Kafka 4.4 was seen to answer to whoever names the same thing twice in one request. */
class RepeatedInGroupRequestsTest {
    private final CommitOffsets offsets = mock(CommitOffsets.class);
    private final InspectGroups groups = mock(InspectGroups.class);
    private final Conversation client = new Conversation(TestPorts.with(offsets, groups, mock(DescribeTopics.class)));

    /** There is a topic t with the partitions 0 and 1. */
    @BeforeEach
    void answer() {
        when(offsets.commit(any(), any(), anyBoolean(), any())).thenAnswer(call -> {
            List<OffsetCommit> commits = call.getArgument(3);
            return CompletableFuture.completedFuture(commits.stream()
                    .map(each -> outcome(each.topic(), each.partition()))
                    .toList());
        });
        when(offsets.delete(any(), any(), any())).thenAnswer(call -> {
            List<TopicPartition> partitions = call.getArgument(2);
            return new OffsetsDeleted(
                    ErrorCode.NONE,
                    partitions.stream()
                            .map(each -> outcome(TopicRef.byName(each.topic()), each.partition()))
                            .toList());
        });
        when(offsets.committed(any(), any())).thenAnswer(call -> {
            GroupOffsetsQuery query = call.getArgument(1);
            return new GroupOffsets(
                    "g",
                    ErrorCode.NONE,
                    query.partitions().stream()
                            .map(each ->
                                    new GroupOffsets.Row(each.topic(), each.partition(), 1, -1, "", ErrorCode.NONE))
                            .toList());
        });
        when(groups.delete(any(), any())).thenReturn(ErrorCode.NONE);
    }

    private static OffsetCommitted outcome(TopicRef topic, int partition) {
        boolean isThere = topic.name().equals("t") && partition < 2;
        return new OffsetCommitted(topic, partition, isThere ? ErrorCode.NONE : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    }

    @Test
    void eachCommitIsAnsweredWhereItStood() {
        assertEquals(List.of("t 0 NONE, 0 NONE, 1 NONE", "t 0 NONE"), commit(topic("t", 0, 0, 1), topic("t", 0)));
        assertEquals(List.of(), commit(topic("t")));
    }

    @Test
    void partitionsThatDoNotExistComeFirstAndThenEachTopicIsThereOnce() {
        assertEquals(
                List.of(
                        "u 0 UNKNOWN_TOPIC_OR_PARTITION",
                        "t 9 UNKNOWN_TOPIC_OR_PARTITION, 8 UNKNOWN_TOPIC_OR_PARTITION, 0 NONE, 1 NONE"),
                commit(topic("u", 0), topic("t", 9, 0), topic("t", 8, 1)));
    }

    @Test
    void eachDeletedOffsetIsAnsweredWhereItStoodUnlessOneDoesNotExist() {
        assertEquals(List.of("t [0, 0]", "t [1]"), delete(deleted("t", 0, 0), deleted("t", 1)));
        assertEquals(
                List.of("t [9, 0, 0, 1]", "u [0]"), delete(deleted("t", 0, 0, 9), deleted("u", 0), deleted("t", 1)));
    }

    private List<String> delete(OffsetDeleteRequestTopic... topics) {
        OffsetDeleteRequest request = OffsetDeleteRequest.builder()
                .groupId("g")
                .topics(List.of(topics))
                .build();
        return client.ask(OffsetDeleteResponse.class, request, 0).topics().stream()
                .map(topic -> topic.name() + " "
                        + topic.partitions().stream()
                                .map(each -> each.partitionIndex())
                                .toList())
                .toList();
    }

    @Test
    void whatIsFetchedTwiceIsAnsweredTwiceAndNothingWithNothing() {
        OffsetFetchRequest request = OffsetFetchRequest.builder()
                .groupId("g")
                .topics(List.of(fetched("t", 0, 0), fetched("t", 0), fetched("t")))
                .build();
        OffsetFetchResponse answer = client.ask(OffsetFetchResponse.class, request, 5);
        assertEquals(
                List.of(2, 1, 0),
                answer.topics().stream().map(topic -> topic.partitions().size()).toList());
    }

    @Test
    void aGroupIsDeletedAndAnsweredOnce() {
        DeleteGroupsRequest request = DeleteGroupsRequest.builder()
                .groupsNames(List.of("g", "g", "h"))
                .build();
        DeleteGroupsResponse answer = client.ask(DeleteGroupsResponse.class, request, 2);
        assertEquals(
                List.of("g NONE", "h NONE"),
                answer.results().stream()
                        .map(each -> each.groupId() + " " + Errors.forCode(each.errorCode()))
                        .toList());
        verify(groups, times(1)).delete(any(), eq("g"));
    }

    private List<String> commit(OffsetCommitRequestTopic... topics) {
        OffsetCommitRequest request = OffsetCommitRequest.builder()
                .groupId("g")
                .topics(List.of(topics))
                .build();
        return client.ask(OffsetCommitResponse.class, request, 7).topics().stream()
                .map(topic -> topic.name() + " "
                        + String.join(
                                ", ",
                                topic.partitions().stream()
                                        .map(each -> each.partitionIndex() + " " + Errors.forCode(each.errorCode()))
                                        .toList()))
                .toList();
    }

    private static OffsetCommitRequestTopic topic(String name, int... partitions) {
        return OffsetCommitRequestTopic.builder()
                .name(name)
                .partitions(IntStream.of(partitions)
                        .mapToObj(each -> OffsetCommitRequestPartition.builder()
                                .partitionIndex(each)
                                .build())
                        .toList())
                .build();
    }

    private static OffsetDeleteRequestTopic deleted(String name, int... partitions) {
        return OffsetDeleteRequestTopic.builder()
                .name(name)
                .partitions(IntStream.of(partitions)
                        .mapToObj(each -> OffsetDeleteRequestPartition.builder()
                                .partitionIndex(each)
                                .build())
                        .toList())
                .build();
    }

    private static OffsetFetchRequestTopic fetched(String name, Integer... partitions) {
        return OffsetFetchRequestTopic.builder()
                .name(name)
                .partitionIndexes(List.of(partitions))
                .build();
    }
}
