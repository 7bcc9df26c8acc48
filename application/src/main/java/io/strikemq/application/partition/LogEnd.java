package io.strikemq.application.partition;

import io.strikemq.domain.fetch.IsolationLevel;

/**
 * How far a partition's log can be read, as published by its last append: numbers that belong together.
 *
 * @param highWatermark    the offset of the next record
 * @param lastStableOffset the first offset of the oldest open transaction; the high watermark without one
 * @param bytes            how many were appended since the partition was opened, up to the high watermark
 * @param stableBytes      the same up to the last stable offset; negative where that lies before what was there already
 */
public record LogEnd(long highWatermark, long lastStableOffset, long bytes, long stableBytes) {
    /** The end of a log that was just opened; so many of its bytes lie behind the last stable offset. */
    static LogEnd opened(long endOffset, long lastStableOffset, long unstableBytes) {
        return new LogEnd(endOffset, lastStableOffset, 0, -unstableBytes);
    }

    /** The end after an append, with everything stable. */
    LogEnd appended(long endOffset, int size) {
        return new LogEnd(endOffset, endOffset, bytes + size, bytes + size);
    }

    /** The end after an append behind a last stable offset that is where it was. */
    LogEnd appendedBehindStable(long endOffset, int size) {
        return new LogEnd(endOffset, lastStableOffset, bytes + size, stableBytes);
    }

    /** The same with the last stable offset moved up, so that so many bytes lie behind it. */
    LogEnd stableUpTo(long offset, long unstableBytes) {
        return new LogEnd(highWatermark, offset, bytes, Math.max(stableBytes, bytes - unstableBytes));
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
