package io.strikemq.adapter.storage.memory;

import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.log.LogVolume;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.port.out.PartitionLogs;
import io.strikemq.domain.topic.TopicPartition;
import java.util.HashMap;
import java.util.Map;

/** Logs on the heap. A closed log is kept, to be opened again. */
public final class HeapPartitionLogs implements PartitionLogs {
    private final Map<TopicPartition, HeapPartitionLog> logs = new HashMap<>();

    @Override
    public synchronized PartitionLog open(TopicPartition partition, LogSettings settings) {
        HeapPartitionLog last = logs.get(partition);
        if (last != null && !last.isClosed()) {
            throw new IllegalStateException("the log of " + partition + " is open already");
        }
        HeapPartitionLog log =
                last == null ? new HeapPartitionLog(partition, settings) : new HeapPartitionLog(last, settings);
        logs.put(partition, log);
        return log;
    }

    @Override
    public synchronized void delete(TopicPartition partition) {
        HeapPartitionLog log = logs.remove(partition);
        if (log != null) {
            log.close();
        }
    }

    @Override
    public LogVolume volume() {
        return LogVolume.MEMORY;
    }
}
