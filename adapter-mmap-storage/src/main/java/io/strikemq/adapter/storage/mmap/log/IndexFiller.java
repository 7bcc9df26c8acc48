package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.domain.record.BatchLayout;
import java.nio.ByteBuffer;

/** Decides which batches get an entry in a {@link SparseIndex}. One thread at a time. */
record IndexFiller(SparseIndex index, int intervalBytes) {
    /** Takes note of a batch at an index of the buffer, which lies at {@code position} of the segment. */
    void add(ByteBuffer bytes, int at, int position, long baseOffset) {
        long largest = index.largestTimestamp();
        if (position - index.lastPosition() >= intervalBytes) {
            index.add((int) (BatchLayout.baseOffset(bytes, at) - baseOffset), position, largest);
        }
        long timestamp = BatchLayout.maxTimestamp(bytes, at);
        if (timestamp > largest) {
            index.largestTimestamp(timestamp);
        }
    }
}
