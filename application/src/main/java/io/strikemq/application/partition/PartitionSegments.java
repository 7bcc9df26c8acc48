package io.strikemq.application.partition;

import io.strikemq.domain.compaction.CompactableLog;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.log.LogSegment;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.port.out.SegmentReplacement;
import io.strikemq.domain.producer.LastBatch;
import java.util.List;
import java.util.Map;

/**
 * A partition as its compaction sees it. Nothing here takes long under the partition's lock.
 *
 * <p>Threading and errors are those of {@link Partition}; all but {@link #lastBatches} may touch files.
 */
public final class PartitionSegments {
    private final Partition partition;

    PartitionSegments(Partition partition) {
        this.partition = partition;
    }

    /** What decides about its compaction, as it is now. */
    public CompactableLog look() {
        // First what is known under the lock, then the segments: what was appended since can only be more.
        Known known = partition.locked(open -> known(open, partition.end()));
        List<LogSegment> segments = partition.ask(PartitionLog::segments).stream()
                .filter(segment -> segment.baseOffset() < known.endOffset())
                .toList();
        return new CompactableLog(
                segments,
                known.startOffset(),
                known.endOffset(),
                known.activeOffset(),
                known.lastStableOffset(),
                known.compactedTo());
    }

    private record Known(
            long startOffset, long endOffset, long activeOffset, long lastStableOffset, long compactedTo) {}

    private static Known known(OpenPartition open, LogEnd end) {
        PartitionLog log = open.log();
        return new Known(
                log.startOffset(),
                end.highWatermark(),
                log.activeSegment().orElse(end.highWatermark()),
                end.lastStableOffset(),
                log.compactedTo());
    }

    /** Ends the segment that is appended to, if there is one, so that it can be compacted. */
    public void roll() {
        partition.locked(open -> {
            if (open.log().activeSegment().isPresent()) {
                open.log().rollSegment();
            }
            return null;
        });
    }

    /** The last batches of the idempotent producers that are remembered, by their ids. */
    public Map<Long, LastBatch> lastBatches() {
        return partition.lastBatches();
    }

    /** {@link PartitionLog#replaceFrom}. */
    public SegmentReplacement replaceFrom(long baseOffset) {
        return partition.ask(log -> log.replaceFrom(baseOffset));
    }

    /**
     * {@link SegmentReplacement#install}. What the replaced segments tell of their producers is kept by a checkpoint first, since
     * part of it cannot be read from the log any more.
     */
    public Runnable install(SegmentReplacement replacement, long limitOffset) {
        // One that ends just there may be from before the segment ended.
        partition.checkpointUpTo(limitOffset + 1);
        return partition.ask(log -> replacement.install(limitOffset));
    }

    /**
     * Remembers up to where the log was compacted.
     *
     * @throws BrokerException also with KAFKA_STORAGE_ERROR
     */
    public void compactedTo(long offset) {
        partition.ask(log -> {
            log.compactedTo(offset);
            return null;
        });
    }
}
