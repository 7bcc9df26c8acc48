package io.strikemq.adapter.kafka.api.records;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.OffsetForLeaderEpochRequest;
import io.strikemq.adapter.kafka.message.OffsetForLeaderEpochRequest.OffsetForLeaderPartition;
import io.strikemq.adapter.kafka.message.OffsetForLeaderEpochRequest.OffsetForLeaderTopic;
import io.strikemq.adapter.kafka.message.OffsetForLeaderEpochResponse;
import io.strikemq.adapter.kafka.message.OffsetForLeaderEpochResponse.EpochEndOffset;
import io.strikemq.adapter.kafka.message.OffsetForLeaderEpochResponse.OffsetForLeaderTopicResult;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.offset.EpochQuery;
import io.strikemq.domain.port.in.LookUpOffsets;
import io.strikemq.domain.topic.TopicPartition;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * OffsetForLeaderEpoch, versions 0 to 4: where the log of a leader epoch ended (KIP-101, KIP-279, KIP-320).
 *
 * <p>Version 1 tells the epoch found, 2 fences clients with old metadata. Kafka itself has dropped versions 0 and 1.
 */
public final class OffsetForLeaderEpochApi extends Api<OffsetForLeaderEpochRequest> {
    private final LookUpOffsets lookUpOffsets;

    public OffsetForLeaderEpochApi(LookUpOffsets lookUpOffsets) {
        super(ApiKey.OFFSET_FOR_LEADER_EPOCH, OffsetForLeaderEpochRequest::read);
        this.lookUpOffsets = lookUpOffsets;
    }

    @Override
    public void handle(ApiCall<OffsetForLeaderEpochRequest> call) {
        List<EpochQuery> queries = new ArrayList<>();
        for (OffsetForLeaderTopic topic : call.request().topics()) {
            for (OffsetForLeaderPartition partition : topic.partitions()) {
                queries.add(new EpochQuery(
                        new TopicPartition(topic.topic(), partition.partition()),
                        partition.currentLeaderEpoch(),
                        partition.leaderEpoch()));
            }
        }
        call.replyWhen(lookUpOffsets.endOfEpochs(call.context(), queries), found -> response(call.request(), found));
    }

    private static OffsetForLeaderEpochResponse response(
            OffsetForLeaderEpochRequest request, List<io.strikemq.domain.offset.EpochEndOffset> found) {
        Iterator<io.strikemq.domain.offset.EpochEndOffset> next = found.iterator();
        return OffsetForLeaderEpochResponse.builder()
                .topics(each(
                        request.topics(),
                        topic -> OffsetForLeaderTopicResult.builder()
                                .topic(topic.topic())
                                .partitions(each(topic.partitions(), partition -> row(next.next())))
                                .build()))
                .build();
    }

    private static EpochEndOffset row(io.strikemq.domain.offset.EpochEndOffset found) {
        return EpochEndOffset.builder()
                .errorCode(found.error().code())
                .partition(found.partition().partition())
                .leaderEpoch(found.leaderEpoch())
                .endOffset(found.endOffset())
                .build();
    }

    @Override
    public OffsetForLeaderEpochResponse refusal(
            OffsetForLeaderEpochRequest request, short version, ErrorCode error, String message) {
        return OffsetForLeaderEpochResponse.builder()
                .topics(each(
                        request.topics(),
                        topic -> OffsetForLeaderTopicResult.builder()
                                .topic(topic.topic())
                                .partitions(each(
                                        topic.partitions(),
                                        partition -> EpochEndOffset.builder()
                                                .errorCode(error.code())
                                                .partition(partition.partition())
                                                .leaderEpoch(-1)
                                                .endOffset(-1)
                                                .build()))
                                .build()))
                .build();
    }
}
