package io.strikemq.adapter.kafka.api.records;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.ListOffsetsRequest;
import io.strikemq.adapter.kafka.message.ListOffsetsRequest.ListOffsetsPartition;
import io.strikemq.adapter.kafka.message.ListOffsetsRequest.ListOffsetsTopic;
import io.strikemq.adapter.kafka.message.ListOffsetsResponse;
import io.strikemq.adapter.kafka.message.ListOffsetsResponse.ListOffsetsPartitionResponse;
import io.strikemq.adapter.kafka.message.ListOffsetsResponse.ListOffsetsTopicResponse;
import io.strikemq.adapter.kafka.wire.ResponseMessage;
import io.strikemq.adapter.kafka.wire.WireReader;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.IsolationLevel;
import io.strikemq.domain.offset.OffsetFound;
import io.strikemq.domain.offset.OffsetQuery;
import io.strikemq.domain.port.in.LookUpOffsets;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.TopicPartition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * ListOffsets, versions 0 to 11.
 *
 * <p>Version 1 finds one offset by timestamp (KIP-79), 2 knows isolation levels (KIP-98), 4 leader epochs (KIP-320);
 * the special timestamps have come one by one: -3 with 7 (KIP-734), -4 with 8 (KIP-405), -5 with 9 (KIP-1005), -6 with
 * 11 (KIP-1023), and are UNSUPPORTED_VERSION before. A partition named twice is INVALID_REQUEST. Version 0, which Kafka
 * has dropped, lists offsets before a time; where Kafka listed the starts of segments, the log's start and end are
 * listed.
 */
public final class ListOffsetsApi implements Api<ListOffsetsRequest> {
    private static final short FIRST_WITH_EPOCHS = 4;
    private static final Map<Long, Integer> FIRST_VERSION_OF = Map.of(
            OffsetQuery.LATEST,
            0,
            OffsetQuery.EARLIEST,
            0,
            OffsetQuery.MAX_TIMESTAMP,
            7,
            OffsetQuery.EARLIEST_LOCAL,
            8,
            OffsetQuery.LATEST_TIERED,
            9,
            OffsetQuery.EARLIEST_PENDING_UPLOAD,
            11);

    private final LookUpOffsets lookUpOffsets;

    public ListOffsetsApi(LookUpOffsets lookUpOffsets) {
        this.lookUpOffsets = lookUpOffsets;
    }

    @Override
    public ApiKey key() {
        return ApiKey.LIST_OFFSETS;
    }

    @Override
    public ListOffsetsRequest read(WireReader in, short version) {
        return ListOffsetsRequest.read(in, version);
    }

    @Override
    public void handle(ApiCall<ListOffsetsRequest> call) {
        Set<TopicPartition> repeated = repeated(call.request());
        List<ListOffsetsTopicResponse> topics = new ArrayList<>();
        for (ListOffsetsTopic topic : call.request().topics()) {
            List<ListOffsetsPartitionResponse> partitions = new ArrayList<>();
            for (ListOffsetsPartition partition : topic.partitions()) {
                TopicPartition name = new TopicPartition(topic.name(), partition.partitionIndex());
                ErrorCode error = repeated.contains(name) ? ErrorCode.INVALID_REQUEST : timestampError(call, partition);
                partitions.add(
                        error == ErrorCode.NONE
                                ? answer(call, name, partition)
                                : failed(partition.partitionIndex(), error));
            }
            topics.add(ListOffsetsTopicResponse.builder()
                    .name(topic.name())
                    .partitions(partitions)
                    .build());
        }
        call.reply(ListOffsetsResponse.builder().topics(topics).build());
    }

    private static Set<TopicPartition> repeated(ListOffsetsRequest request) {
        Set<TopicPartition> seen = new HashSet<>();
        Set<TopicPartition> repeated = new HashSet<>();
        for (ListOffsetsTopic topic : request.topics()) {
            for (ListOffsetsPartition partition : topic.partitions()) {
                TopicPartition name = new TopicPartition(topic.name(), partition.partitionIndex());
                if (!seen.add(name)) {
                    repeated.add(name);
                }
            }
        }
        return repeated;
    }

    private static ErrorCode timestampError(ApiCall<ListOffsetsRequest> call, ListOffsetsPartition partition) {
        boolean known = partition.timestamp() >= 0
                || FIRST_VERSION_OF.getOrDefault(partition.timestamp(), Integer.MAX_VALUE) <= call.version();
        return known ? ErrorCode.NONE : ErrorCode.UNSUPPORTED_VERSION;
    }

    private ListOffsetsPartitionResponse answer(
            ApiCall<ListOffsetsRequest> call, TopicPartition name, ListOffsetsPartition partition) {
        if (call.version() == 0) {
            return listOfOffsets(call.context(), name, partition);
        }
        IsolationLevel isolation =
                call.request().isolationLevel() == 1 ? IsolationLevel.READ_COMMITTED : IsolationLevel.READ_UNCOMMITTED;
        OffsetQuery query = new OffsetQuery(name, partition.currentLeaderEpoch(), partition.timestamp());
        OffsetFound found =
                lookUpOffsets.lookUp(call.context(), isolation, List.of(query)).get(0);
        ListOffsetsPartitionResponse.Builder answer = ListOffsetsPartitionResponse.builder()
                .partitionIndex(name.partition())
                .errorCode(found.error().code())
                .timestamp(found.timestamp())
                .offset(found.offset());
        return call.version() < FIRST_WITH_EPOCHS
                ? answer.build()
                : answer.leaderEpoch(found.leaderEpoch()).build();
    }

    /** Version 0: the newest offset that was there at the time, and the log's start, as many as are asked for. */
    private ListOffsetsPartitionResponse listOfOffsets(
            RequestContext context, TopicPartition name, ListOffsetsPartition partition) {
        OffsetFound newest = oneOffset(context, name, partition.timestamp());
        if (newest.error() == ErrorCode.NONE && newest.offset() < 0) {
            newest = oneOffset(context, name, OffsetQuery.LATEST);
        }
        OffsetFound start = oneOffset(context, name, OffsetQuery.EARLIEST);
        ErrorCode error = newest.error() == ErrorCode.NONE ? start.error() : newest.error();
        if (error != ErrorCode.NONE) {
            return failed(name.partition(), error);
        }
        List<Long> offsets =
                newest.offset() == start.offset() ? List.of(start.offset()) : List.of(newest.offset(), start.offset());
        int count = Math.min(offsets.size(), Math.max(0, partition.maxNumOffsets()));
        return ListOffsetsPartitionResponse.builder()
                .partitionIndex(name.partition())
                .oldStyleOffsets(offsets.subList(0, count))
                .build();
    }

    private OffsetFound oneOffset(RequestContext context, TopicPartition name, long timestamp) {
        OffsetQuery query = new OffsetQuery(name, -1, timestamp);
        return lookUpOffsets
                .lookUp(context, IsolationLevel.READ_UNCOMMITTED, List.of(query))
                .get(0);
    }

    private static ListOffsetsPartitionResponse failed(int partition, ErrorCode error) {
        return ListOffsetsPartitionResponse.builder()
                .partitionIndex(partition)
                .errorCode(error.code())
                .build();
    }

    @Override
    public ResponseMessage refusal(ListOffsetsRequest request, short version, ErrorCode error, String message) {
        return ListOffsetsResponse.builder()
                .topics(request.topics().stream()
                        .map(topic -> ListOffsetsTopicResponse.builder()
                                .name(topic.name())
                                .partitions(topic.partitions().stream()
                                        .map(partition -> failed(partition.partitionIndex(), error))
                                        .toList())
                                .build())
                        .toList())
                .build();
    }
}
