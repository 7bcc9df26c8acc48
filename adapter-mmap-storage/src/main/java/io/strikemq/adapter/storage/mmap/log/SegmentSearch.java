package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.domain.log.ReadLimit;
import io.strikemq.domain.log.ReadLimit.FirstBatch;
import io.strikemq.domain.log.ReadLimit.LastBatch;
import io.strikemq.domain.record.BatchLayout;
import java.nio.ByteBuffer;

/**
 * Finds batches in a segment's bytes, beginning at an entry of its index.
 *
 * @param baseOffset of the segment
 * @param bytes      of the segment, which the caller holds, from its first one on
 * @param end        where the batches end
 */
record SegmentSearch(long baseOffset, SparseIndex index, BatchWalk walk, ByteBuffer bytes, int end) {
    /** What a search by timestamp answers that finds no batch. */
    static final long NOT_FOUND = -1;

    /** The base offset of the first batch, from the one with this offset on, whose max timestamp is at least this. */
    long firstBatchAtOrAfter(long timestamp, long offset) {
        int begin = index.position(rightEntry(index.entryBeforeTimestamp(timestamp)));
        int from = Math.max(begin, positionOf(offset));
        for (int at = walk.batchFrom(from, bytes, end); at < end; at = walk.next(at, bytes, end)) {
            if (BatchLayout.maxTimestamp(bytes, at) >= timestamp) {
                return BatchLayout.baseOffset(bytes, at);
            }
        }
        return NOT_FOUND;
    }

    /** The largest timestamp from the batch with this offset on, {@code ofAll} being that of all batches. */
    long largestTimestamp(long offset, long ofAll) {
        int from = positionOf(offset);
        int known = rightEntry(index.entryAtOrBefore(from));
        long before = Math.max(index.timestamp(known), largestTimestamp(index.position(known), from));
        // Mostly the latest comes last: only if it may lie before the offset, the rest has to be searched.
        return before < ofAll ? ofAll : largestTimestamp(from, end);
    }

    private long largestTimestamp(int from, int to) {
        long largest = Long.MIN_VALUE;
        for (int at = walk.batchFrom(from, bytes, to); at < to; at = walk.next(at, bytes, to)) {
            largest = Math.max(largest, BatchLayout.maxTimestamp(bytes, at));
        }
        return largest;
    }

    /**
     * Where the first batch lies whose last offset is at least {@code offset}, or the damage that has taken it; the end
     * if there is neither.
     */
    int positionOf(long offset) {
        int at = index.position(rightEntry(index.entryBeforeOffset(offset - baseOffset)));
        while (at < end) {
            int batch = walk.batchFrom(at, bytes, end);
            if (batch > at && (batch == end || BatchLayout.baseOffset(bytes, batch) > offset)) {
                return at;
            }
            if (BatchLayout.lastOffset(bytes, batch) >= offset) {
                return batch;
            }
            at = batch + BatchLayout.sizeInBytes(bytes, batch);
        }
        return end;
    }

    /**
     * Where that ends which the limit allows, of the batches from {@code from} on, the first ones of the slice or not;
     * before any damage that is met.
     */
    int stopOf(ReadLimit limit, int from, boolean beginsSlice) {
        long mostBytes = Math.min(end, (long) from + limit.maxBytes());
        int known = Math.min(index.entryAtOrBefore(mostBytes), index.entryBeforeOffset(limit.maxOffset() - baseOffset));
        int at = Math.max(from, index.position(rightEntry(known)));
        while (at < end && walk.isBatch(bytes, at, end) && BatchLayout.baseOffset(bytes, at) < limit.maxOffset()) {
            int next = at + BatchLayout.sizeInBytes(bytes, at);
            boolean isFirst = beginsSlice && at == from;
            if (next > mostBytes && !(isFirst && limit.firstBatch() == FirstBatch.ALWAYS)) {
                boolean isCut = !isFirst && limit.lastBatch() == LastBatch.CUT;
                return isCut ? Math.max(at, (int) mostBytes) : at;
            }
            at = next;
        }
        return at;
    }

    /** The entry or, since the index may be damaged itself, the last one before it that points at a batch. */
    private int rightEntry(int entry) {
        int right = entry;
        while (right > 0 && !isRight(right)) {
            right--;
        }
        return right;
    }

    /** Whether there is the batch that the entry names, or the end. */
    private boolean isRight(int entry) {
        int position = index.position(entry);
        return position == end
                || walk.isBatch(bytes, position, end)
                        && BatchLayout.baseOffset(bytes, position) - baseOffset == index.relativeOffset(entry);
    }
}
