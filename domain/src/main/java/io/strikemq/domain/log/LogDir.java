package io.strikemq.domain.log;

import io.strikemq.domain.topic.TopicPartition;
import java.util.List;

/**
 * A directory of logs and how large they are.
 *
 * @param logs sorted by topic and partition
 */
public record LogDir(LogVolume volume, List<LogSize> logs) {
    public LogDir {
        logs = List.copyOf(logs);
    }

    /** How many bytes the batches of a partition take. */
    public record LogSize(TopicPartition partition, long sizeInBytes) {}
}
