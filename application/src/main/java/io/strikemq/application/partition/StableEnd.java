package io.strikemq.application.partition;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.log.LogSlice;
import io.strikemq.domain.log.ReadLimit;
import io.strikemq.domain.log.ReadLimit.FirstBatch;
import io.strikemq.domain.port.out.PartitionLog;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Finds out where the last stable offset is: where the oldest open transaction begins, or the log if that was deleted
 * since; without a transaction it is the high watermark (KIP-98). Called under the partition's lock.
 */
final class StableEnd {
    private static final Logger LOG = System.getLogger(StableEnd.class.getName());

    private StableEnd() {}

    /** The end of a log that was just opened. */
    static LogEnd opened(OpenPartition open) {
        long end = open.log().endOffset();
        long stable = stableOffset(open, end);
        return LogEnd.opened(end, stable, bytesFrom(stable, end, open.log()));
    }

    /** The end after an append of so many bytes. */
    static LogEnd appended(LogEnd before, OpenPartition open, int size) {
        long end = open.log().endOffset();
        long stable = stableOffset(open, end);
        if (stable == end) {
            return before.appended(end, size);
        }
        LogEnd after = before.appendedBehindStable(end, size);
        return stable == before.lastStableOffset() ? after : moved(after, stable, open);
    }

    /** The end after the log's start has moved. */
    static LogEnd deleted(LogEnd before, OpenPartition open) {
        long stable = stableOffset(open, before.highWatermark());
        return stable == before.lastStableOffset() ? before : moved(before, stable, open);
    }

    private static LogEnd moved(LogEnd before, long stable, OpenPartition open) {
        return before.stableUpTo(stable, bytesFrom(stable, before.highWatermark(), open.log()));
    }

    private static long stableOffset(OpenPartition open, long end) {
        long oldest = open.producers().firstOpenOffset();
        return oldest >= end ? end : Math.min(end, Math.max(oldest, open.log().startOffset()));
    }

    /**
     * How many bytes lie there, up to what an int counts, since no fetch waits for more; reads no record. What is damaged or
     * deleted is read by nobody, and need not be counted.
     *
     * <p>Nor is what cannot be read now: the number tells waiting fetches when to look, and those look too early then. What was
     * appended or deleted just before has happened, and is published whatever this comes to.
     */
    private static long bytesFrom(long offset, long end, PartitionLog log) {
        if (offset >= end) {
            return 0;
        }
        try {
            LogSlice slice = log.read(offset, new ReadLimit(end, Integer.MAX_VALUE, FirstBatch.ALWAYS))
                    .found()
                    .orElse(LogSlice.EMPTY);
            long size = slice.sizeInBytes();
            slice.release();
            return size;
        } catch (BrokerException e) {
            LOG.log(
                    Level.WARNING,
                    "Who waits for committed records is woken too early, since what is behind them cannot be counted: "
                            + e.getMessage());
            return 0;
        }
    }
}
