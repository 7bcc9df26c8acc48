package io.strikemq.application.retention;

import io.strikemq.application.partition.Partition;
import io.strikemq.application.partition.Partitions;
import io.strikemq.domain.log.LogSegment;
import io.strikemq.domain.log.Retention;
import io.strikemq.domain.port.out.Clock;
import java.util.List;

/** Drops what one partition holds too long, or too much of. Touches files: nothing for a thread that must not wait. */
final class PartitionExpiry {
    private final Partitions partitions;
    private final Clock clock;

    PartitionExpiry(Partitions partitions, Clock clock) {
        this.partitions = partitions;
        this.clock = clock;
    }

    /**
     * What was dropped of a partition.
     *
     * @param startOffset where its log begins now
     * @param offsets     by how much that has moved
     * @param segments    how many segments are gone
     * @param bytes       what they took
     * @param freeing     gives their space back
     * @param nextMillis  when more becomes too old if nothing is appended, in ms since 1970; {@link Retention#NEVER}
     */
    record Dropped(long startOffset, long offsets, int segments, long bytes, Runnable freeing, long nextMillis) {}

    /** Opens the log if need be, though never one that holds nothing. */
    Dropped expire(Partition partition) {
        Retention retention = partitions.settings(partition).retention();
        if (!retention.isLimited() || partitions.isUnused(partition)) {
            return nothing(0, Retention.NEVER);
        }
        List<LogSegment> segments = partition.segments();
        long before = partition.startOffset();
        long end = partition.end().highWatermark();
        long start = retention.startOffset(segments, end, clock.wallClockMillis());
        if (start <= before) {
            return nothing(before, retention.nextMillis(segments));
        }
        List<LogSegment> gone = segments.stream()
                .filter(segment -> segment.baseOffset() < start)
                .toList();
        Runnable freeing = partition.removeBefore(start);
        return new Dropped(
                start,
                start - before,
                gone.size(),
                gone.stream().mapToLong(LogSegment::sizeInBytes).sum(),
                freeing,
                retention.nextMillis(partition.segments()));
    }

    private static Dropped nothing(long startOffset, long nextMillis) {
        return new Dropped(startOffset, 0, 0, 0, () -> {}, nextMillis);
    }
}
