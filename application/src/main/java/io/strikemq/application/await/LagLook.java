package io.strikemq.application.await;

import io.strikemq.application.await.Check.Sight;
import io.strikemq.application.partition.Partition;
import io.strikemq.application.partition.Partitions;
import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.domain.await.Condition.NoLag;
import io.strikemq.domain.log.LogRead;
import io.strikemq.domain.log.LogSlice;
import io.strikemq.domain.log.ReadLimit;
import io.strikemq.domain.log.ReadLimit.FirstBatch;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordBatches;
import io.strikemq.domain.topic.TopicPartition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Whether a group has read everything. */
final class LagLook {
    /** So many partitions are told of that lag. */
    private static final int MOST_TOLD = 10;
    /** A batch that ends a transaction is far smaller: this is enough to see whether there is another one. */
    private static final int LOOK_AHEAD_BYTES = 4096;

    private final NoLag condition;
    private final SeenGroups groups;
    private final TopicRegistry topics;
    private final Partitions partitions;

    LagLook(NoLag condition, SeenGroups groups, TopicRegistry topics, Partitions partitions) {
        this.condition = condition;
        this.groups = groups;
        this.topics = topics;
        this.partitions = partitions;
    }

    Sight look() {
        Map<TopicPartition, Long> committed = groups.committed(condition.groupId());
        Set<TopicPartition> wanted = wanted(committed);
        if (wanted.isEmpty()) {
            return Sight.of(
                    false,
                    condition.topic() == null
                            ? "it has nothing assigned and no committed offset"
                            : "there is no such topic");
        }
        List<String> lagging = new ArrayList<>();
        int count = 0;
        for (TopicPartition each : wanted) {
            String lag = lag(each, committed.get(each));
            if (lag != null) {
                count++;
                if (lagging.size() < MOST_TOLD) {
                    lagging.add(lag);
                }
            }
        }
        if (count == 0) {
            return Sight.of(true, "it has read all of " + wanted.size() + " partitions");
        }
        String others = count > lagging.size() ? ", and " + (count - lagging.size()) + " more lag" : "";
        return Sight.of(false, String.join(", ", lagging) + others);
    }

    private Set<TopicPartition> wanted(Map<TopicPartition, Long> committed) {
        if (condition.topic() != null) {
            Set<TopicPartition> all = new TreeSet<>();
            topics.find(condition.topic())
                    .ifPresent(topic -> IntStream.range(0, topic.partitionCount())
                            .forEach(partition -> all.add(new TopicPartition(topic.name(), partition))));
            return all;
        }
        Set<TopicPartition> read = new TreeSet<>(committed.keySet());
        groups.find(condition.groupId()).members().forEach(member -> read.addAll(member.assigned()));
        return read;
    }

    /** What of the partition was not read, in words; null when all of it was. {@code committed}: null for nothing. */
    private String lag(TopicPartition name, Long committed) {
        Partition partition = partitions.find(name);
        if (partition == null) {
            return null; // Assigned by a leader that likes to, or just gone: there is nothing to read.
        }
        long end = partition.end().highWatermark();
        if (committed == null) {
            return partition.startOffset() == end ? null : name + " has no committed offset and ends at " + end;
        }
        return committed >= end || isOnlyMarkersFrom(committed, end, partition)
                ? null
                : name + " lags by " + (end - committed) + " (committed " + committed + ", end " + end + ")";
    }

    /** Whether nothing follows but ends of transactions, which consumers that commit record by record never commit. */
    private static boolean isOnlyMarkersFrom(long offset, long end, Partition partition) {
        long next = offset;
        while (next < end) {
            LogRead read = partition.read(next, new ReadLimit(end, LOOK_AHEAD_BYTES, FirstBatch.ALWAYS));
            LogSlice slice = read.found().orElse(LogSlice.EMPTY);
            try {
                long after = endOfMarkers(next, slice);
                if (after == next) {
                    return false;
                }
                next = after;
            } finally {
                slice.release();
            }
        }
        return true;
    }

    private static long endOfMarkers(long offset, LogSlice slice) {
        long end = offset;
        for (ByteBuffer buffer : slice.buffers()) {
            for (RecordBatch batch : RecordBatches.in(buffer)) {
                if (!batch.isControl()) {
                    return offset;
                }
                end = batch.lastOffset() + 1;
            }
        }
        return end;
    }
}
