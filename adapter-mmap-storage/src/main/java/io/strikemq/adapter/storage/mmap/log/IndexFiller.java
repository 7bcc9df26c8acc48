package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.domain.record.BatchLayout;
import java.nio.ByteBuffer;

/** Decides which batches get an entry in a {@link SparseIndex}. One thread at a time. */
record IndexFiller(SparseIndex index, int intervalBytes) {
    /** Takes note of a batch at an index of the buffer, which lies at {@code position} of the segment. */
    void add(ByteBuffer bytes, int at, int position, long baseOffset) {
        if (position - index.lastPosition() >= intervalBytes) {
            addAlways(bytes, at, position, baseOffset);
        } else {
            takeTimestamp(bytes, at);
        }
    }

    /** The same for a batch that gets an entry however near the one before is. */
    void addAlways(ByteBuffer bytes, int at, int position, long baseOffset) {
        index.add((int) (BatchLayout.baseOffset(bytes, at) - baseOffset), position, index.largestTimestamp());
        takeTimestamp(bytes, at);
    }

    private void takeTimestamp(ByteBuffer bytes, int at) {
        long timestamp = BatchLayout.maxTimestamp(bytes, at);
        if (timestamp > index.largestTimestamp()) {
            index.largestTimestamp(timestamp);
        }
    }
}
