package io.strikemq.adapter.storage.memory;

import io.strikemq.domain.log.AbortedIndex;
import io.strikemq.domain.log.AbortedTransaction;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.SegmentReplacement;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The parts of a segment that is to take the place of others. */
final class HeapReplacement implements SegmentReplacement {
    private final HeapPartitionLog log;
    private final long baseOffset;
    private final int segmentBytes;
    private final Clock clock;
    private final List<HeapSegment> parts = new ArrayList<>();
    private final AbortedIndex aborted = new AbortedIndex();

    /** One that begins at an offset, of a log whose segments have so many bytes. */
    HeapReplacement(HeapPartitionLog log, long baseOffset, int segmentBytes, Clock clock) {
        this.log = log;
        this.baseOffset = baseOffset;
        this.segmentBytes = segmentBytes;
        this.clock = clock;
        parts.add(HeapSegment.beginningAt(baseOffset, 0));
    }

    @Override
    public void append(ByteBuffer batches) {
        int size = batches.remaining();
        if (size == 0) {
            return;
        }
        HeapSegment last = last();
        if (!last.hasRoomFor(size)) {
            int capacity = HeapPartitionLog.capacityFor(size, last, segmentBytes);
            if (last.sizeInBytes() == 0) {
                parts.clear();
                last = HeapSegment.beginningAt(baseOffset, capacity);
            } else {
                last = new HeapSegment(capacity, last);
            }
            parts.add(last);
        }
        last.append(batches, clock);
    }

    private HeapSegment last() {
        return parts.get(parts.size() - 1);
    }

    @Override
    public long sizeInBytes() {
        return last().sizeOfSegment();
    }

    @Override
    public void addAborted(AbortedTransaction transaction) {
        aborted.add(transaction);
    }

    AbortedIndex aborted() {
        return aborted;
    }

    /** What was added, as appended at this time, in ms. */
    HeapSegment[] parts(long lastAppendMillis) {
        parts.set(parts.size() - 1, last().trimmed());
        parts.forEach(part -> part.lastAppendMillis(lastAppendMillis));
        return parts.toArray(new HeapSegment[0]);
    }

    @Override
    public Runnable install(long limitOffset) {
        log.replace(baseOffset, limitOffset, this);
        log.endReplacement(this);
        // What no reader holds any more is the garbage collector's at once.
        return () -> {};
    }

    @Override
    public void close() {
        log.endReplacement(this);
    }
}
