package io.strikemq.application.cluster;

import io.strikemq.application.partition.Partitions;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.AlterReplicaLogDirs;
import io.strikemq.domain.port.out.PartitionLogs;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.TopicPartition;
import java.util.LinkedHashMap;
import java.util.Map;

/** There is one directory, so that a log can only be wished to be where it is. As in Kafka, paths are compared as texts. */
public final class ReplicaLogDirs implements AlterReplicaLogDirs {
    private final PartitionLogs logs;
    private final Partitions partitions;

    public ReplicaLogDirs(PartitionLogs logs, Partitions partitions) {
        this.logs = logs;
        this.partitions = partitions;
    }

    @Override
    public Map<TopicPartition, ErrorCode> move(RequestContext context, Map<TopicPartition, String> directories) {
        String present = logs.volume().directory();
        Map<TopicPartition, ErrorCode> outcomes = new LinkedHashMap<>();
        directories.forEach((partition, directory) ->
                outcomes.put(partition, directory.equals(present) ? presence(partition) : ErrorCode.LOG_DIR_NOT_FOUND));
        return outcomes;
    }

    private ErrorCode presence(TopicPartition partition) {
        return partitions.find(partition) == null ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION : ErrorCode.NONE;
    }
}
