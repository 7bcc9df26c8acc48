package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.domain.record.BatchLayout;
import java.nio.ByteBuffer;

/**
 * Batches that are to be appended, and where the log ends then.
 *
 * @param endOffset the offset after their last one
 */
record AppendPlan(ByteBuffer batches, long endOffset) {
    static AppendPlan of(ByteBuffer batches) {
        long end = 0;
        for (int at = batches.position(); at < batches.limit(); at += BatchLayout.sizeInBytes(batches, at)) {
            end = BatchLayout.lastOffset(batches, at) + 1;
        }
        return new AppendPlan(batches, end);
    }

    /** Whether they have room in a segment. */
    boolean fits(Segment active, SegmentSettings settings) {
        return (long) active.size() + batches.remaining() <= settings.maxBytes() && isIndexable(active.baseOffset());
    }

    /** Where a segment of theirs begins in a log that ends here: there, if they are not too far away. */
    long baseOffsetBehind(long logEnd) {
        return isIndexable(logEnd) ? logEnd : BatchLayout.baseOffset(batches, batches.position());
    }

    /** Offsets in an index are counted from the segment's first one, in an int. */
    private boolean isIndexable(long baseOffset) {
        return endOffset - baseOffset <= Integer.MAX_VALUE;
    }
}
