package io.strikemq.domain.port.in;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.TopicPartition;
import java.util.Map;

/** Moves logs to other directories of the same broker (KIP-113). May wait for the disk. */
public interface AlterReplicaLogDirs {
    /**
     * Has each of these partitions' logs in a directory, named by its absolute path: NONE where it is there already,
     * LOG_DIR_NOT_FOUND for a directory that is none of logs, UNKNOWN_TOPIC_OR_PARTITION.
     *
     * @return an error for each of the partitions, in their order
     */
    Map<TopicPartition, ErrorCode> move(RequestContext context, Map<TopicPartition, String> directories);
}
