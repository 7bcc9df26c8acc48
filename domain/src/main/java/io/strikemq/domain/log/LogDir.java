package io.strikemq.domain.log;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.topic.TopicPartition;
import java.util.List;

/**
 * A directory of logs and how large they are.
 *
 * @param error why the sizes are not known: KAFKA_STORAGE_ERROR, without any logs then; mostly NONE
 * @param logs  sorted by topic and partition
 */
public record LogDir(ErrorCode error, LogVolume volume, List<LogSize> logs) {
    public LogDir {
        logs = List.copyOf(logs);
    }

    /** How many bytes the batches of a partition take. */
    public record LogSize(TopicPartition partition, long sizeInBytes) {}
}
