package io.strikemq.adapter.kafka.api.topics;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.api.AuthorizedOperations;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.DescribeTopicPartitionsRequest;
import io.strikemq.adapter.kafka.message.DescribeTopicPartitionsRequest.TopicRequest;
import io.strikemq.adapter.kafka.message.DescribeTopicPartitionsResponse;
import io.strikemq.adapter.kafka.message.DescribeTopicPartitionsResponse.Cursor;
import io.strikemq.adapter.kafka.message.DescribeTopicPartitionsResponse.DescribeTopicPartitionsResponsePartition;
import io.strikemq.adapter.kafka.message.DescribeTopicPartitionsResponse.DescribeTopicPartitionsResponseTopic;
import io.strikemq.adapter.kafka.wire.WireDefaults;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.DescribeTopicPartitions;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicListing;
import io.strikemq.domain.topic.TopicListing.PartitionListing;
import io.strikemq.domain.topic.TopicPage;
import io.strikemq.domain.topic.TopicPageQuery;
import io.strikemq.domain.topic.TopicPartition;
import java.util.List;

/**
 * DescribeTopicPartitions, version 0 (KIP-966): metadata of topics in pages. All replicas are in sync here, so none is
 * eligible to lead without being so.
 */
public final class DescribeTopicPartitionsApi extends Api<DescribeTopicPartitionsRequest> {
    private final DescribeTopicPartitions describe;

    public DescribeTopicPartitionsApi(DescribeTopicPartitions describe) {
        super(ApiKey.DESCRIBE_TOPIC_PARTITIONS, DescribeTopicPartitionsRequest::read);
        this.describe = describe;
    }

    @Override
    public void handle(ApiCall<DescribeTopicPartitionsRequest> call) {
        DescribeTopicPartitionsRequest request = call.request();
        TopicPartition from = request.cursor() == null
                ? null
                : new TopicPartition(
                        request.cursor().topicName(), request.cursor().partitionIndex());
        TopicPage page = describe.page(
                call.context(),
                new TopicPageQuery(each(request.topics(), TopicRequest::name), request.responsePartitionLimit(), from));
        call.reply(DescribeTopicPartitionsResponse.builder()
                .topics(each(page.topics(), DescribeTopicPartitionsApi::topic))
                .nextCursor(page.next() == null ? null : cursor(page.next()))
                .build());
    }

    private static Cursor cursor(TopicPartition next) {
        return Cursor.builder()
                .topicName(next.topic())
                .partitionIndex(next.partition())
                .build();
    }

    /** As in Kafka, the operations are told without being asked for, also of topics that are not there. */
    private static DescribeTopicPartitionsResponseTopic topic(TopicListing listing) {
        String name = listing.ref().name();
        return DescribeTopicPartitionsResponseTopic.builder()
                .errorCode(listing.error().code())
                .name(name)
                .topicId(
                        listing.topic() == null
                                ? WireDefaults.ZERO_UUID
                                : listing.topic().id())
                .isInternal(Topic.isInternal(name))
                .partitions(each(listing.partitions(), DescribeTopicPartitionsApi::partition))
                .topicAuthorizedOperations(AuthorizedOperations.TOPIC)
                .build();
    }

    private static DescribeTopicPartitionsResponsePartition partition(PartitionListing partition) {
        return DescribeTopicPartitionsResponsePartition.builder()
                .partitionIndex(partition.partition())
                .leaderId(partition.leaderId())
                .leaderEpoch(partition.leaderEpoch())
                .replicaNodes(partition.replicas())
                .isrNodes(partition.replicas())
                .eligibleLeaderReplicas(List.of())
                .lastKnownElr(List.of())
                .build();
    }

    @Override
    public DescribeTopicPartitionsResponse refusal(
            DescribeTopicPartitionsRequest request, short version, ErrorCode error, String message) {
        return DescribeTopicPartitionsResponse.builder()
                .topics(each(
                        request.topics(),
                        topic -> DescribeTopicPartitionsResponseTopic.builder()
                                .errorCode(error.code())
                                .name(topic.name())
                                .topicAuthorizedOperations(AuthorizedOperations.NOT_ASKED)
                                .build()))
                .nextCursor(null)
                .build();
    }
}
