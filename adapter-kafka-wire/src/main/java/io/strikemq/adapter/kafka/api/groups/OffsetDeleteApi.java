package io.strikemq.adapter.kafka.api.groups;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.OffsetDeleteRequest;
import io.strikemq.adapter.kafka.message.OffsetDeleteRequest.OffsetDeleteRequestPartition;
import io.strikemq.adapter.kafka.message.OffsetDeleteRequest.OffsetDeleteRequestTopic;
import io.strikemq.adapter.kafka.message.OffsetDeleteResponse;
import io.strikemq.adapter.kafka.message.OffsetDeleteResponse.OffsetDeleteResponsePartition;
import io.strikemq.adapter.kafka.message.OffsetDeleteResponse.OffsetDeleteResponseTopic;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.offset.OffsetCommitted;
import io.strikemq.domain.offset.OffsetsDeleted;
import io.strikemq.domain.port.in.CommitOffsets;
import io.strikemq.domain.topic.TopicPartition;
import java.util.ArrayList;
import java.util.List;

/**
 * OffsetDelete, version 0 (KIP-496). An error of the group as a whole comes without topics.
 */
public final class OffsetDeleteApi extends Api<OffsetDeleteRequest> {
    private final CommitOffsets commitOffsets;

    public OffsetDeleteApi(CommitOffsets commitOffsets) {
        super(ApiKey.OFFSET_DELETE, OffsetDeleteRequest::read);
        this.commitOffsets = commitOffsets;
    }

    @Override
    public void handle(ApiCall<OffsetDeleteRequest> call) {
        OffsetDeleteRequest request = call.request();
        List<TopicPartition> partitions = new ArrayList<>();
        for (OffsetDeleteRequestTopic topic : request.topics()) {
            for (OffsetDeleteRequestPartition partition : topic.partitions()) {
                partitions.add(new TopicPartition(topic.name(), partition.partitionIndex()));
            }
        }
        OffsetsDeleted deleted = commitOffsets.delete(call.context(), request.groupId(), partitions);
        call.reply(deleted.error() == ErrorCode.NONE ? response(request, deleted.rows()) : refused(deleted.error()));
    }

    private static OffsetDeleteResponse response(OffsetDeleteRequest request, List<OffsetCommitted> rows) {
        List<List<OffsetCommitted>> topics = OutcomesByTopic.of(
                request.topics().stream().mapToInt(topic -> topic.partitions().size()), rows);
        return OffsetDeleteResponse.builder()
                .topics(each(
                        topics,
                        topic -> OffsetDeleteResponseTopic.builder()
                                .name(topic.get(0).topic().name())
                                .partitions(each(topic, OffsetDeleteApi::partition))
                                .build()))
                .build();
    }

    private static OffsetDeleteResponsePartition partition(OffsetCommitted row) {
        return OffsetDeleteResponsePartition.builder()
                .partitionIndex(row.partition())
                .errorCode(row.error().code())
                .build();
    }

    private static OffsetDeleteResponse refused(ErrorCode error) {
        return OffsetDeleteResponse.builder().errorCode(error.code()).build();
    }

    @Override
    public OffsetDeleteResponse refusal(OffsetDeleteRequest request, short version, ErrorCode error, String message) {
        return refused(error);
    }
}
