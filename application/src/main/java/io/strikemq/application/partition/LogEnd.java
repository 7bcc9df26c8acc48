package io.strikemq.application.partition;

import io.strikemq.domain.fetch.IsolationLevel;

/**
 * How far a partition's log can be read, as published by its last append: numbers that belong together.
 *
 * @param highWatermark    the offset of the next record
 * @param lastStableOffset the first offset of the oldest open transaction; the high watermark without one
 * @param bytes            how many were appended since the partition was opened, up to the high watermark
 * @param stableBytes      how many of them lie below the last stable offset
 */
public record LogEnd(long highWatermark, long lastStableOffset, long bytes, long stableBytes) {
    /** The end of a log that was just opened. */
    static LogEnd opened(long endOffset) {
        return new LogEnd(endOffset, endOffset, 0, 0);
    }

    /** The end after an append. There are no transactions yet, so everything is stable. */
    LogEnd appended(long endOffset, int size) {
        return new LogEnd(endOffset, endOffset, bytes + size, bytes + size);
    }

    /** The offset up to which a reader may see records. */
    public long offset(IsolationLevel isolation) {
        return isolation == IsolationLevel.READ_COMMITTED ? lastStableOffset : highWatermark;
    }

    /** How many of the bytes appended since the partition was opened a reader may see. */
    public long bytes(IsolationLevel isolation) {
        return isolation == IsolationLevel.READ_COMMITTED ? stableBytes : bytes;
    }
}
