package io.strikemq.domain.compaction;

/**
 * The part of a log that is to be compacted: its keys take the records before it along.
 *
 * @param from       the first offset that was not compacted yet
 * @param to         where it ends, the base offset of a segment; not beyond {@code from} if there is nothing
 * @param cleanBytes of the segments that begin before it
 * @param dirtyBytes of its own
 * @param isOverdue  whether something of it has waited for longer than max.compaction.lag.ms
 */
public record DirtyRange(long from, long to, long cleanBytes, long dirtyBytes, boolean isOverdue) {
    /** The dirty share of all that would be read, 0 to 1. */
    public double ratio() {
        long all = cleanBytes + dirtyBytes;
        return all == 0 ? 0 : (double) dirtyBytes / all;
    }

    /** Whether it is time to compact the log. */
    public boolean isDue(CompactionSettings settings) {
        return dirtyBytes > 0 && (isOverdue || ratio() > settings.minDirtyRatio());
    }
}
