package io.strikemq.adapter.kafka.api.records;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.api.Runs;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.DeleteRecordsRequest;
import io.strikemq.adapter.kafka.message.DeleteRecordsRequest.DeleteRecordsPartition;
import io.strikemq.adapter.kafka.message.DeleteRecordsRequest.DeleteRecordsTopic;
import io.strikemq.adapter.kafka.message.DeleteRecordsResponse;
import io.strikemq.adapter.kafka.message.DeleteRecordsResponse.DeleteRecordsPartitionResult;
import io.strikemq.adapter.kafka.message.DeleteRecordsResponse.DeleteRecordsTopicResult;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.RecordDeletion;
import io.strikemq.domain.log.RecordsDeleted;
import io.strikemq.domain.port.in.DeleteRecords;
import io.strikemq.domain.topic.TopicPartition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * DeleteRecords, versions 0 to 2 (KIP-107). Of a partition that is named several times the last offset counts, and a
 * topic is answered once. There are no replicas to wait for, so the timeout is not needed.
 */
public final class DeleteRecordsApi extends Api<DeleteRecordsRequest> {
    private final DeleteRecords deleteRecords;

    public DeleteRecordsApi(DeleteRecords deleteRecords) {
        super(ApiKey.DELETE_RECORDS, DeleteRecordsRequest::read);
        this.deleteRecords = deleteRecords;
    }

    @Override
    public void handle(ApiCall<DeleteRecordsRequest> call) {
        List<RecordDeletion> deletions = deletions(call.request());
        call.replyWhen(deleteRecords.deleteRecords(call.context(), deletions), DeleteRecordsApi::response);
    }

    private static List<RecordDeletion> deletions(DeleteRecordsRequest request) {
        Map<String, Map<Integer, RecordDeletion>> byTopic = new LinkedHashMap<>();
        for (DeleteRecordsTopic topic : request.topics()) {
            Map<Integer, RecordDeletion> ofTopic = byTopic.computeIfAbsent(topic.name(), name -> new LinkedHashMap<>());
            for (DeleteRecordsPartition partition : topic.partitions()) {
                TopicPartition name = new TopicPartition(topic.name(), partition.partitionIndex());
                ofTopic.put(partition.partitionIndex(), new RecordDeletion(name, partition.offset()));
            }
        }
        List<RecordDeletion> all = new ArrayList<>();
        byTopic.values().forEach(ofTopic -> all.addAll(ofTopic.values()));
        return all;
    }

    private static DeleteRecordsResponse response(List<RecordsDeleted> deleted) {
        return DeleteRecordsResponse.builder()
                .topics(Runs.by(row -> row.partition().topic(), deleted).stream()
                        .map(rows -> DeleteRecordsTopicResult.builder()
                                .name(rows.get(0).partition().topic())
                                .partitions(each(rows, DeleteRecordsApi::result))
                                .build())
                        .toList())
                .build();
    }

    private static DeleteRecordsPartitionResult result(RecordsDeleted row) {
        return DeleteRecordsPartitionResult.builder()
                .partitionIndex(row.partition().partition())
                .lowWatermark(row.lowWatermark())
                .errorCode(row.error().code())
                .build();
    }

    @Override
    public DeleteRecordsResponse refusal(DeleteRecordsRequest request, short version, ErrorCode error, String message) {
        return response(each(deletions(request), deletion -> RecordsDeleted.refused(deletion.partition(), error)));
    }
}
