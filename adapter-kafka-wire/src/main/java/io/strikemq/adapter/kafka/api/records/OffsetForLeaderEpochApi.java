package io.strikemq.adapter.kafka.api.records;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.OffsetForLeaderEpochRequest;
import io.strikemq.adapter.kafka.message.OffsetForLeaderEpochRequest.OffsetForLeaderTopic;
import io.strikemq.adapter.kafka.message.OffsetForLeaderEpochResponse;
import io.strikemq.adapter.kafka.message.OffsetForLeaderEpochResponse.EpochEndOffset;
import io.strikemq.adapter.kafka.message.OffsetForLeaderEpochResponse.OffsetForLeaderTopicResult;
import io.strikemq.adapter.kafka.wire.ResponseMessage;
import io.strikemq.adapter.kafka.wire.WireReader;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.offset.EpochQuery;
import io.strikemq.domain.port.in.LookUpOffsets;
import io.strikemq.domain.topic.TopicPartition;
import java.util.List;

/**
 * OffsetForLeaderEpoch, versions 0 to 4: where the log of a leader epoch ended (KIP-101, KIP-279, KIP-320).
 *
 * <p>Version 1 tells the epoch found, 2 fences clients with old metadata. Kafka itself has dropped versions 0 and 1.
 */
public final class OffsetForLeaderEpochApi implements Api<OffsetForLeaderEpochRequest> {
    private final LookUpOffsets lookUpOffsets;

    public OffsetForLeaderEpochApi(LookUpOffsets lookUpOffsets) {
        this.lookUpOffsets = lookUpOffsets;
    }

    @Override
    public ApiKey key() {
        return ApiKey.OFFSET_FOR_LEADER_EPOCH;
    }

    @Override
    public OffsetForLeaderEpochRequest read(WireReader in, short version) {
        return OffsetForLeaderEpochRequest.read(in, version);
    }

    @Override
    public void handle(ApiCall<OffsetForLeaderEpochRequest> call) {
        call.reply(OffsetForLeaderEpochResponse.builder()
                .topics(call.request().topics().stream()
                        .map(topic -> result(call, topic))
                        .toList())
                .build());
    }

    private OffsetForLeaderTopicResult result(ApiCall<OffsetForLeaderEpochRequest> call, OffsetForLeaderTopic topic) {
        List<EpochQuery> queries = topic.partitions().stream()
                .map(partition -> new EpochQuery(
                        new TopicPartition(topic.topic(), partition.partition()),
                        partition.currentLeaderEpoch(),
                        partition.leaderEpoch()))
                .toList();
        return OffsetForLeaderTopicResult.builder()
                .topic(topic.topic())
                .partitions(lookUpOffsets.endOfEpochs(call.context(), queries).stream()
                        .map(found -> EpochEndOffset.builder()
                                .errorCode(found.error().code())
                                .partition(found.partition().partition())
                                .leaderEpoch(found.leaderEpoch())
                                .endOffset(found.endOffset())
                                .build())
                        .toList())
                .build();
    }

    @Override
    public ResponseMessage refusal(
            OffsetForLeaderEpochRequest request, short version, ErrorCode error, String message) {
        return OffsetForLeaderEpochResponse.builder()
                .topics(request.topics().stream()
                        .map(topic -> OffsetForLeaderTopicResult.builder()
                                .topic(topic.topic())
                                .partitions(topic.partitions().stream()
                                        .map(partition -> EpochEndOffset.builder()
                                                .errorCode(error.code())
                                                .partition(partition.partition())
                                                .leaderEpoch(-1)
                                                .endOffset(-1)
                                                .build())
                                        .toList())
                                .build())
                        .toList())
                .build();
    }
}
