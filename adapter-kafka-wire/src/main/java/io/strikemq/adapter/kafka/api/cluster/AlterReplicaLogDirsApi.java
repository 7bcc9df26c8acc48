package io.strikemq.adapter.kafka.api.cluster;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.AlterReplicaLogDirsRequest;
import io.strikemq.adapter.kafka.message.AlterReplicaLogDirsRequest.AlterReplicaLogDir;
import io.strikemq.adapter.kafka.message.AlterReplicaLogDirsRequest.AlterReplicaLogDirTopic;
import io.strikemq.adapter.kafka.message.AlterReplicaLogDirsResponse;
import io.strikemq.adapter.kafka.message.AlterReplicaLogDirsResponse.AlterReplicaLogDirPartitionResult;
import io.strikemq.adapter.kafka.message.AlterReplicaLogDirsResponse.AlterReplicaLogDirTopicResult;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.AlterReplicaLogDirs;
import io.strikemq.domain.topic.TopicPartition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * AlterReplicaLogDirs, versions 0 to 2 (KIP-113). As in Kafka, a partition that is named twice is to go where it is named
 * last, and is answered once.
 */
public final class AlterReplicaLogDirsApi extends Api<AlterReplicaLogDirsRequest> {
    private final AlterReplicaLogDirs alterReplicaLogDirs;

    public AlterReplicaLogDirsApi(AlterReplicaLogDirs alterReplicaLogDirs) {
        super(ApiKey.ALTER_REPLICA_LOG_DIRS, AlterReplicaLogDirsRequest::read);
        this.alterReplicaLogDirs = alterReplicaLogDirs;
    }

    /** Where the logs are is the file system's to say. */
    @Override
    protected boolean mayWait() {
        return true;
    }

    @Override
    public void handle(ApiCall<AlterReplicaLogDirsRequest> call) {
        call.reply(response(alterReplicaLogDirs.move(call.context(), directories(call.request()))));
    }

    private static Map<TopicPartition, String> directories(AlterReplicaLogDirsRequest request) {
        Map<TopicPartition, String> directories = new LinkedHashMap<>();
        for (AlterReplicaLogDir dir : request.dirs()) {
            for (AlterReplicaLogDirTopic topic : dir.topics()) {
                topic.partitions()
                        .forEach(partition -> directories.put(new TopicPartition(topic.name(), partition), dir.path()));
            }
        }
        return directories;
    }

    private static AlterReplicaLogDirsResponse response(Map<TopicPartition, ErrorCode> outcomes) {
        Map<String, List<AlterReplicaLogDirPartitionResult>> topics = new LinkedHashMap<>();
        outcomes.forEach((partition, error) -> topics.computeIfAbsent(partition.topic(), name -> new ArrayList<>())
                .add(AlterReplicaLogDirPartitionResult.builder()
                        .partitionIndex(partition.partition())
                        .errorCode(error.code())
                        .build()));
        return AlterReplicaLogDirsResponse.builder()
                .results(each(
                        topics.entrySet(),
                        topic -> AlterReplicaLogDirTopicResult.builder()
                                .topicName(topic.getKey())
                                .partitions(topic.getValue())
                                .build()))
                .build();
    }

    @Override
    public AlterReplicaLogDirsResponse refusal(
            AlterReplicaLogDirsRequest request, short version, ErrorCode error, String message) {
        Map<TopicPartition, ErrorCode> outcomes = new LinkedHashMap<>();
        directories(request).keySet().forEach(partition -> outcomes.put(partition, error));
        return response(outcomes);
    }
}
