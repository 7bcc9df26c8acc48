package io.strikemq.adapter.storage.memory;

import io.strikemq.domain.log.LogSegment;
import io.strikemq.domain.log.ReadLimit;
import io.strikemq.domain.log.ReadLimit.FirstBatch;
import io.strikemq.domain.log.ReadLimit.LastBatch;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.record.BatchLayout;
import io.strikemq.domain.record.RecordBatch;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A run of batches in one array, with an index of every batch.
 *
 * <p>One thread appends; others read without a lock: whatever lies below {@link #batchCount} never changes again.
 */
final class HeapSegment {
    private final ByteBuffer bytes;
    private final ByteBuffer readOnlyBytes;

    // Written by the appender, before the count. Each has one element more than there are batches: that of the end.
    private int[] positions = new int[8];
    /** The largest timestamp of all batches before this one. */
    private long[] timestampsBefore = new long[8];

    private volatile int batchCount;

    /** Where the segment begins that this is a part of; its own first offset for the first part, once it has one. */
    private long segmentBaseOffset;
    /** How many bytes the parts before this one have. */
    private final long bytesBefore;
    /** The largest timestamp of those parts. */
    private final long timestampBefore;
    /** The largest timestamp of the segment's first batch; -1 before there is one. */
    private long segmentFirstMillis;
    /** When the last batch was appended, in ms. */
    private volatile long lastAppendMillis;

    /** The next part of the segment of which {@code previous} is the last one; without one, the first part of a segment. */
    HeapSegment(int capacity, HeapSegment previous) {
        bytes = ByteBuffer.allocate(capacity);
        readOnlyBytes = bytes.asReadOnlyBuffer();
        timestampsBefore[0] = Long.MIN_VALUE;
        segmentBaseOffset = previous == null ? -1 : previous.segmentBaseOffset;
        segmentFirstMillis = previous == null ? -1 : previous.segmentFirstMillis;
        bytesBefore = previous == null ? 0 : previous.sizeOfSegment();
        timestampBefore = previous == null ? Long.MIN_VALUE : previous.timestampOfSegment(previous.batchCount);
    }

    /** The first part of a segment that begins at this offset, wherever its first batch does. */
    static HeapSegment beginningAt(long baseOffset, int capacity) {
        HeapSegment first = new HeapSegment(capacity, null);
        first.segmentBaseOffset = baseOffset;
        return first;
    }

    /** The same in arrays that are not larger than they have to be, for a part that takes no more. */
    HeapSegment trimmed() {
        return new HeapSegment(this, batchCount);
    }

    /** The same of the batches before an offset alone. */
    HeapSegment trimmedTo(long endOffset) {
        return new HeapSegment(this, indexOf(endOffset, batchCount));
    }

    private HeapSegment(HeapSegment roomy, int count) {
        bytes = ByteBuffer.allocate(roomy.positions[count]).put(0, roomy.bytes, 0, roomy.positions[count]);
        readOnlyBytes = bytes.asReadOnlyBuffer();
        positions = Arrays.copyOf(roomy.positions, count + 1);
        timestampsBefore = Arrays.copyOf(roomy.timestampsBefore, count + 1);
        segmentBaseOffset = roomy.segmentBaseOffset;
        bytesBefore = roomy.bytesBefore;
        timestampBefore = roomy.timestampBefore;
        segmentFirstMillis = roomy.segmentFirstMillis;
        lastAppendMillis = roomy.lastAppendMillis;
        batchCount = count;
    }

    /** When its last batch was appended, in ms. */
    long lastAppendMillis() {
        return lastAppendMillis;
    }

    /** Takes over when the last batch was appended of what this replaces. */
    void lastAppendMillis(long millis) {
        lastAppendMillis = millis;
    }

    /** Where the segment begins that this is a part of. */
    long segmentBaseOffset() {
        return segmentBaseOffset;
    }

    /** How many bytes the segment has up to the end of this part. */
    long sizeOfSegment() {
        return bytesBefore + positions[batchCount];
    }

    private long timestampOfSegment(int count) {
        return Math.max(timestampBefore, timestampsBefore[count]);
    }

    /** What there is to tell of the segment up to the end of this part, of which the parts before have so many bytes. */
    LogSegment described(long bytesOfPartsBefore) {
        int count = batchCount;
        long timestamp = timestampOfSegment(count);
        return new LogSegment(
                segmentBaseOffset,
                bytesOfPartsBefore + positions[count],
                segmentFirstMillis,
                timestamp >= 0 ? timestamp : lastAppendMillis);
    }

    boolean hasRoomFor(int size) {
        return size <= bytes.capacity() - positions[batchCount];
    }

    /** The offset of the first record; where the segment begins, if nothing was left of it. */
    long baseOffset() {
        return batchCount == 0 ? segmentBaseOffset : baseOffset(0);
    }

    /** Whether the last record has a smaller offset than this. */
    boolean endsBefore(long offset) {
        int count = batchCount;
        return count == 0 || BatchLayout.lastOffset(bytes, positions[count - 1]) < offset;
    }

    int sizeInBytes() {
        int count = batchCount;
        return positions[count];
    }

    int capacity() {
        return bytes.capacity();
    }

    /** Copies the batches to the end and returns the offset after the last one. The caller asked whether they fit. */
    long append(ByteBuffer batches, Clock clock) {
        int count = batchCount;
        int begin = positions[count];
        int end = begin + batches.remaining();
        long endOffset = 0;
        bytes.put(begin, batches, batches.position(), batches.remaining());
        for (int at = begin; at < end; at = positions[count]) {
            makeRoomInIndex(count + 2);
            endOffset = BatchLayout.lastOffset(bytes, at) + 1;
            positions[count + 1] = at + BatchLayout.sizeInBytes(bytes, at);
            timestampsBefore[count + 1] = Math.max(timestampsBefore[count], BatchLayout.maxTimestamp(bytes, at));
            count++;
        }
        if (segmentBaseOffset < 0) {
            segmentBaseOffset = baseOffset(0);
        }
        if (bytesBefore == 0 && begin == 0) {
            segmentFirstMillis = new RecordBatch(bytes, 0).maxTimestamp();
        }
        lastAppendMillis = clock.wallClockMillis();
        batchCount = count;
        return endOffset;
    }

    /**
     * The batches from the one that contains {@code offset} (or the next one) on, the first ones of a slice or not; empty
     * if none is to be returned.
     */
    ByteBuffer read(long offset, ReadLimit limit, boolean beginsSlice) {
        int count = batchCount;
        int first = indexOf(offset, count);
        long mostBytes = (long) positions[first] + limit.maxBytes();
        int next = first;
        while (next < count && baseOffset(next) < limit.maxOffset()) {
            boolean isFirst = beginsSlice && next == first;
            if (positions[next + 1] > mostBytes && !(isFirst && limit.firstBatch() == FirstBatch.ALWAYS)) {
                boolean isCut = !isFirst && limit.lastBatch() == LastBatch.CUT;
                return between(positions[first], isCut ? Math.max((int) mostBytes, positions[next]) : positions[next]);
            }
            next++;
        }
        return between(positions[first], positions[next]);
    }

    /** How many bytes there are from the batch on that contains {@code offset}, or the next one. */
    int sizeFrom(long offset) {
        int count = batchCount;
        return positions[count] - positions[indexOf(offset, count)];
    }

    private ByteBuffer between(int from, int to) {
        return readOnlyBytes.slice(from, to - from);
    }

    /** The base offset of the first batch with at least this max timestamp, from that with the offset on, or -1. */
    long firstBatchAtOrAfter(long timestamp, long offset) {
        int count = batchCount;
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (timestampsBefore[middle + 1] >= timestamp) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        int found = Math.max(low, indexOf(offset, count));
        while (found < count && BatchLayout.maxTimestamp(bytes, positions[found]) < timestamp) {
            found++;
        }
        return found < count ? baseOffset(found) : -1;
    }

    /** The largest timestamp from the batch with this offset on; the smallest possible number without any batch. */
    long largestTimestamp(long offset) {
        int count = batchCount;
        int first = indexOf(offset, count);
        if (first == 0) {
            return timestampsBefore[count];
        }
        long largest = Long.MIN_VALUE;
        for (int batch = first; batch < count; batch++) {
            largest = Math.max(largest, BatchLayout.maxTimestamp(bytes, positions[batch]));
        }
        return largest;
    }

    /** The first batch whose last offset is at least {@code offset}. */
    private int indexOf(long offset, int count) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (BatchLayout.lastOffset(bytes, positions[middle]) >= offset) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private long baseOffset(int batch) {
        return BatchLayout.baseOffset(bytes, positions[batch]);
    }

    private void makeRoomInIndex(int length) {
        if (length > positions.length) {
            positions = Arrays.copyOf(positions, 2 * length);
            timestampsBefore = Arrays.copyOf(timestampsBefore, 2 * length);
        }
    }
}
