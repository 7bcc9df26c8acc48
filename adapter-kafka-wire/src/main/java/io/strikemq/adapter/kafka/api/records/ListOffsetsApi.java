package io.strikemq.adapter.kafka.api.records;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.api.Runs;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.ListOffsetsRequest;
import io.strikemq.adapter.kafka.message.ListOffsetsRequest.ListOffsetsPartition;
import io.strikemq.adapter.kafka.message.ListOffsetsRequest.ListOffsetsTopic;
import io.strikemq.adapter.kafka.message.ListOffsetsResponse;
import io.strikemq.adapter.kafka.message.ListOffsetsResponse.ListOffsetsPartitionResponse;
import io.strikemq.adapter.kafka.message.ListOffsetsResponse.ListOffsetsTopicResponse;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.offset.OffsetFound;
import io.strikemq.domain.offset.OffsetQuery;
import io.strikemq.domain.port.in.LookUpOffsets;
import io.strikemq.domain.topic.TopicPartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.ToLongFunction;

/**
 * ListOffsets, versions 0 to 11.
 *
 * <p>Version 1 finds one offset by timestamp (KIP-79), 2 knows isolation levels (KIP-98), 4 leader epochs (KIP-320);
 * the special timestamps have come one by one: -3 with 7 (KIP-734), -4 with 8 (KIP-405), -5 with 9 (KIP-1005), -6 with
 * 11 (KIP-1023), and are UNSUPPORTED_VERSION before. A partition named twice is INVALID_REQUEST. Version 0, which Kafka
 * has dropped, lists offsets before a time; where Kafka listed the starts of segments, the log's start and end are
 * listed.
 */
public final class ListOffsetsApi extends Api<ListOffsetsRequest> {
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
        super(ApiKey.LIST_OFFSETS, ListOffsetsRequest::read);
        this.lookUpOffsets = lookUpOffsets;
    }

    @Override
    public void handle(ApiCall<ListOffsetsRequest> call) {
        call.replyWhen(
                call.version() == 0 ? listsOfOffsets(call) : offsets(call),
                rows -> ListOffsetsResponse.builder()
                        .topics(each(
                                Runs.by(Row::topic, rows),
                                topic -> ListOffsetsTopicResponse.builder()
                                        .name(topic.get(0).topic())
                                        .partitions(each(topic, Row::answer))
                                        .build()))
                        .build());
    }

    /** The answer for one partition. */
    private record Row(String topic, ListOffsetsPartitionResponse answer) {}

    private CompletionStage<List<Row>> offsets(ApiCall<ListOffsetsRequest> call) {
        return lookUp(call, partition -> knownTo(call.version(), partition.timestamp()))
                .thenApply(all -> each(all, found -> row(call.version(), found)));
    }

    private static Row row(short version, OffsetFound found) {
        ListOffsetsPartitionResponse.Builder row = ListOffsetsPartitionResponse.builder()
                .partitionIndex(found.partition().partition())
                .errorCode(found.error().code())
                .timestamp(found.timestamp())
                .offset(found.offset());
        if (version >= FIRST_WITH_EPOCHS) {
            row.leaderEpoch(found.leaderEpoch());
        }
        return new Row(found.partition().topic(), row.build());
    }

    private static long knownTo(short version, long timestamp) {
        boolean known = timestamp >= 0 || FIRST_VERSION_OF.getOrDefault(timestamp, Integer.MAX_VALUE) <= version;
        return known ? timestamp : OffsetQuery.UNSUPPORTED;
    }

    private CompletionStage<List<OffsetFound>> lookUp(
            ApiCall<ListOffsetsRequest> call, ToLongFunction<ListOffsetsPartition> timestamp) {
        List<OffsetQuery> queries = new ArrayList<>();
        for (ListOffsetsTopic topic : call.request().topics()) {
            for (ListOffsetsPartition partition : topic.partitions()) {
                queries.add(new OffsetQuery(
                        new TopicPartition(topic.name(), partition.partitionIndex()),
                        partition.currentLeaderEpoch(),
                        timestamp.applyAsLong(partition)));
            }
        }
        return lookUpOffsets.lookUp(
                call.context(), IsolationLevels.of(call.request().isolationLevel()), queries);
    }

    /** Version 0: the newest offset that was there at the time, and the log's start, as many as are asked for. */
    private CompletionStage<List<Row>> listsOfOffsets(ApiCall<ListOffsetsRequest> call) {
        return lookUp(call, partition -> knownTo(call.version(), partition.timestamp()))
                .thenCompose(asked -> lookUp(call, partition -> OffsetQuery.LATEST)
                        .thenCombine(
                                lookUp(call, partition -> OffsetQuery.EARLIEST),
                                (ends, starts) -> listsOfOffsets(call.request(), asked, ends, starts)));
    }

    private static List<Row> listsOfOffsets(
            ListOffsetsRequest request, List<OffsetFound> asked, List<OffsetFound> ends, List<OffsetFound> starts) {
        Map<TopicPartition, Integer> mostOffsets = new HashMap<>();
        for (ListOffsetsTopic topic : request.topics()) {
            for (ListOffsetsPartition partition : topic.partitions()) {
                mostOffsets.put(
                        new TopicPartition(topic.name(), partition.partitionIndex()), partition.maxNumOffsets());
            }
        }
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < asked.size(); row++) {
            TopicPartition partition = asked.get(row).partition();
            rows.add(new Row(
                    partition.topic(),
                    listOfOffsets(mostOffsets.get(partition), asked.get(row), ends.get(row), starts.get(row))));
        }
        return rows;
    }

    private static ListOffsetsPartitionResponse listOfOffsets(
            int mostOffsets, OffsetFound asked, OffsetFound end, OffsetFound start) {
        OffsetFound newest = asked.error() == ErrorCode.NONE && asked.offset() < 0 ? end : asked;
        ErrorCode error = newest.error() == ErrorCode.NONE ? start.error() : newest.error();
        if (error != ErrorCode.NONE) {
            return failed(asked.partition().partition(), error);
        }
        List<Long> offsets =
                newest.offset() == start.offset() ? List.of(start.offset()) : List.of(newest.offset(), start.offset());
        int count = Math.min(offsets.size(), Math.max(0, mostOffsets));
        return ListOffsetsPartitionResponse.builder()
                .partitionIndex(asked.partition().partition())
                .oldStyleOffsets(offsets.subList(0, count))
                .build();
    }

    private static ListOffsetsPartitionResponse failed(int partition, ErrorCode error) {
        return ListOffsetsPartitionResponse.builder()
                .partitionIndex(partition)
                .errorCode(error.code())
                .build();
    }

    @Override
    public ListOffsetsResponse refusal(ListOffsetsRequest request, short version, ErrorCode error, String message) {
        return ListOffsetsResponse.builder()
                .topics(each(
                        request.topics(),
                        topic -> ListOffsetsTopicResponse.builder()
                                .name(topic.name())
                                .partitions(each(
                                        topic.partitions(), partition -> failed(partition.partitionIndex(), error)))
                                .build()))
                .build();
    }
}
