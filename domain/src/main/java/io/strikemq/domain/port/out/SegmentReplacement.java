package io.strikemq.domain.port.out;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.log.AbortedTransaction;
import java.nio.ByteBuffer;

/**
 * A segment that is written beside a log, and takes the place of some of its segments when it is installed: what
 * compaction has left of them. Nobody sees it before.
 *
 * <p>Threading: one thread at a time; beside whatever else is done to the log.
 *
 * <p>Errors: as those of {@link PartitionLog}. After any of them the log is as it was, and all that is left to do is to
 * {@link #close}.
 */
public interface SegmentReplacement extends AutoCloseable {
    /**
     * Adds whole v2 batches, from the buffer's position to its limit, in the order of their offsets, which may have gaps.
     * The bytes are copied; the buffer's position is unchanged.
     */
    void append(ByteBuffer batches);

    /** How many bytes were added. */
    long sizeInBytes();

    /**
     * Adds to the segment's index of aborted transactions one whose marker was added to the segment, in the order of the
     * markers. Those of the replaced segments are forgotten with them.
     */
    void addAborted(AbortedTransaction transaction);

    /**
     * Makes it durable, and puts it in the place of all segments from the first one on that begin before
     * {@code limitOffset}. Whoever reads sees the old ones or this one; so does an opening, at whatever moment the process
     * dies or the power is lost. Slices of the old ones that are held stay readable.
     *
     * <p>The log's start and end stay where they are, whether or not anything was added. Without any timestamp that is not
     * negative, {@link io.strikemq.domain.log.LogSegment#lastMillis} is when the last of the old segments was written.
     *
     * @param limitOffset the base offset of the first segment that stays; the end offset, if the log was rolled and the
     *                    last segment is replaced as well
     * @return what gives back the space of the old segments, under the rules of {@link PartitionLog#removeBefore}
     * @throws BrokerException       when the log was closed or deleted; OFFSET_OUT_OF_RANGE when one of the old segments was
     *                               deleted meanwhile
     * @throws IllegalStateException when no checkpoint was taken since the log had a segment that begins there, or was
     *                               rolled: without one an opening would look for producers in what is not there any more
     */
    Runnable install(long limitOffset);

    /** Drops it, unless it was installed. Idempotent. */
    @Override
    void close();
}
