package io.strikemq.adapter.storage.memory;

import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.log.LogVolume;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.port.out.PartitionLogs;
import io.strikemq.domain.port.out.StorageStates.OutdatedCutException;
import io.strikemq.domain.topic.TopicIdPartition;
import io.strikemq.domain.topic.TopicPartition;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Logs on the heap. A closed log is kept, to be opened again. */
public final class HeapPartitionLogs implements PartitionLogs {
    private final Map<TopicPartition, Owned> logs = new HashMap<>();
    private final Clock clock;

    /** No logs at all; {@code clock} says when records are appended that have no timestamps. */
    public HeapPartitionLogs(Clock clock) {
        this.clock = clock;
    }

    /** A log and the topic that it belongs to. */
    private record Owned(UUID topicId, HeapPartitionLog log) {}

    @Override
    public synchronized PartitionLog open(TopicIdPartition partition, LogSettings settings) {
        TopicPartition name = partition.topicPartition();
        HeapPartitionLog last = lastOf(partition);
        if (last != null && !last.isClosed()) {
            throw new IllegalStateException("the log of " + partition + " is open already");
        }
        HeapPartitionLog log =
                last == null ? new HeapPartitionLog(name, settings, clock) : new HeapPartitionLog(last, settings);
        logs.put(name, new Owned(partition.topicId(), log));
        return log;
    }

    /** The log that this partition had last; one of an earlier topic of the same name gives way. */
    private HeapPartitionLog lastOf(TopicIdPartition partition) {
        Owned present = logs.get(partition.topicPartition());
        if (present == null) {
            return null;
        }
        if (present.topicId().equals(partition.topicId())) {
            return present.log();
        }
        present.log().close();
        return null;
    }

    @Override
    public synchronized void delete(TopicIdPartition partition) {
        Owned present = logs.get(partition.topicPartition());
        if (present != null && present.topicId().equals(partition.topicId())) {
            logs.remove(partition.topicPartition());
            present.log().close();
        }
    }

    @Override
    public synchronized boolean contains(TopicIdPartition partition) {
        Owned present = logs.get(partition.topicPartition());
        return present != null && present.topicId().equals(partition.topicId());
    }

    /** The logs of these partitions, each up to an offset, as those of a storage of their own. */
    synchronized HeapPartitionLogs copy(Map<TopicIdPartition, Long> ends) {
        HeapPartitionLogs copy = new HeapPartitionLogs(clock);
        ends.forEach((partition, end) -> {
            Owned owned = logs.get(partition.topicPartition());
            if (owned == null || !owned.topicId().equals(partition.topicId())) {
                throw new OutdatedCutException(partition + " is gone");
            }
            HeapPartitionLog log = HeapPartitionLog.copyOf(owned.log(), end);
            copy.logs.put(partition.topicPartition(), new Owned(partition.topicId(), log));
        });
        return copy;
    }

    /** The same of all that they hold. */
    synchronized HeapPartitionLogs copy() {
        Map<TopicIdPartition, Long> ends = new HashMap<>();
        logs.forEach((name, owned) -> ends.put(
                new TopicIdPartition(owned.topicId(), name), owned.log().endOffset()));
        return copy(ends);
    }

    /** How many bytes all batches have. */
    synchronized long sizeInBytes() {
        return logs.values().stream()
                .mapToLong(owned -> owned.log().sizeInBytes())
                .sum();
    }

    @Override
    public LogVolume volume() {
        return LogVolume.MEMORY;
    }
}
