package io.strikemq.adapter.storage.memory;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.AbortedIndex;
import io.strikemq.domain.log.AbortedTransaction;
import io.strikemq.domain.log.LogCheckpoint;
import io.strikemq.domain.log.LogRead;
import io.strikemq.domain.log.LogSegment;
import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.log.LogSlice;
import io.strikemq.domain.log.ReadLimit;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.port.out.SegmentReplacement;
import io.strikemq.domain.port.out.StorageStates.OutdatedCutException;
import io.strikemq.domain.topic.TopicPartition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A partition's batches in arrays on the heap. The arrays begin small and double, so that empty logs are free; several
 * of them make up a segment, and are freed one by one.
 */
final class HeapPartitionLog implements PartitionLog {
    private static final int SMALLEST_SEGMENT = 4 << 10;
    private static final int LARGEST_SEGMENT = 1 << 20;

    private final TopicPartition partition;
    private final Clock clock;

    // Written under the lock; readers take the end offset first, so that the segments hold all of what it covers.
    private volatile HeapSegment[] segments;
    private volatile long endOffset;
    private volatile long startOffset;
    private volatile LogCheckpoint checkpoint;
    private volatile AbortedIndex aborted = new AbortedIndex();
    private volatile long compactedTo;

    // Guarded by this.
    private int segmentBytes;
    /** Whether the next append begins a segment, however much room there is. */
    private boolean beginsSegment;
    /** The one that is being written; null if there is none. */
    private HeapReplacement replacement;

    private volatile boolean closed;

    /** An empty log. */
    HeapPartitionLog(TopicPartition partition, LogSettings settings, Clock clock) {
        this.partition = partition;
        this.clock = clock;
        this.segmentBytes = settings.segmentBytes();
        this.segments = new HeapSegment[0];
    }

    /** The log that goes on where a closed one ended. */
    HeapPartitionLog(HeapPartitionLog closed, LogSettings settings) {
        this.partition = closed.partition;
        this.clock = closed.clock;
        this.segmentBytes = settings.segmentBytes();
        this.segments = closed.segments;
        this.endOffset = closed.endOffset;
        this.startOffset = closed.startOffset;
        this.checkpoint = closed.checkpoint;
        this.aborted = closed.aborted;
        this.compactedTo = closed.compactedTo;
        synchronized (closed) {
            this.beginsSegment = closed.beginsSegment;
        }
    }

    /**
     * What a log holds before an offset, as one that is closed and takes nothing more: it shares the arrays with the other one, but
     * for the last.
     */
    static HeapPartitionLog copyOf(HeapPartitionLog log, long endOffset) {
        synchronized (log) {
            LogCheckpoint last = log.checkpoint;
            if (log.startOffset > endOffset
                    || log.compactedTo > endOffset
                    || log.endOffset < endOffset
                    || last != null && last.endOffset() > endOffset) {
                throw new OutdatedCutException(log.partition + " has changed");
            }
            HeapPartitionLog copy = new HeapPartitionLog(log);
            List<HeapSegment> parts = new ArrayList<>();
            for (HeapSegment part : log.segments) {
                if (part.baseOffset() < endOffset) {
                    parts.add(part);
                }
            }
            // Trimmed, it has no room: what is appended to either of the logs later goes to arrays of their own.
            if (!parts.isEmpty()) {
                parts.set(parts.size() - 1, parts.get(parts.size() - 1).trimmedTo(endOffset));
            }
            copy.segments = parts.toArray(new HeapSegment[0]);
            copy.endOffset = endOffset;
            copy.beginsSegment = log.beginsSegment && log.endOffset == endOffset;
            for (int entry = 0; entry < log.aborted.count(); entry++) {
                if (log.aborted.get(entry).lastOffset() < endOffset) {
                    copy.aborted.add(log.aborted.get(entry));
                }
            }
            return copy;
        }
    }

    /** As closed as empty, with what it does not share. */
    private HeapPartitionLog(HeapPartitionLog other) {
        this.partition = other.partition;
        this.clock = other.clock;
        this.segmentBytes = other.segmentBytes;
        this.segments = new HeapSegment[0];
        this.startOffset = other.startOffset;
        this.checkpoint = other.checkpoint;
        this.compactedTo = other.compactedTo;
        this.closed = true;
    }

    @Override
    public long startOffset() {
        return startOffset;
    }

    @Override
    public long endOffset() {
        return endOffset;
    }

    @Override
    public long sizeInBytes() {
        return Arrays.stream(segments).mapToLong(HeapSegment::sizeInBytes).sum();
    }

    @Override
    public synchronized void append(ByteBuffer batches) {
        refuseIfClosed();
        if (!batches.hasRemaining()) {
            return;
        }
        int size = batches.remaining();
        HeapSegment[] present = segments;
        HeapSegment last = present.length == 0 ? null : present[present.length - 1];
        boolean begins = beginsSegment || last == null || last.sizeOfSegment() + size > segmentBytes;
        if (!begins && last.hasRoomFor(size)) {
            endOffset = last.append(batches, clock);
            return;
        }
        HeapSegment next = new HeapSegment(capacityFor(size, last, segmentBytes), begins ? null : last);
        long newEndOffset = next.append(batches, clock);
        HeapSegment[] longer = Arrays.copyOf(present, present.length + 1);
        longer[present.length] = next;
        segments = longer;
        endOffset = newEndOffset;
        beginsSegment = false;
    }

    @Override
    public synchronized void configure(LogSettings settings) {
        segmentBytes = settings.segmentBytes();
    }

    @Override
    public synchronized void rollSegment() {
        beginsSegment = true;
    }

    @Override
    public synchronized OptionalLong activeSegment() {
        HeapSegment[] present = segments;
        return present.length == 0 || beginsSegment
                ? OptionalLong.empty()
                : OptionalLong.of(present[present.length - 1].segmentBaseOffset());
    }

    @Override
    public List<LogSegment> segments() {
        refuseIfClosed();
        List<LogSegment> found = new ArrayList<>();
        for (HeapSegment part : segments) {
            int last = found.size() - 1;
            if (last >= 0 && found.get(last).baseOffset() == part.segmentBaseOffset()) {
                found.set(last, part.described(found.get(last).sizeInBytes()));
            } else {
                found.add(part.described(0));
            }
        }
        return found;
    }

    @Override
    public LogRead read(long offset, ReadLimit limit) {
        refuseIfClosed();
        long end = endOffset;
        HeapSegment[] present = segments;
        if (offset < startOffset) {
            return new LogRead.BelowStart(startOffset);
        }
        if (offset > end) {
            return new LogRead.PastEnd(end);
        }
        return new LogRead.Found(offset == end ? LogSlice.EMPTY : slice(present, offset, limit.upTo(end)));
    }

    @Override
    public OptionalLong firstBatchAtOrAfter(long timestamp, long offset) {
        refuseIfClosed();
        long from = Math.max(offset, startOffset);
        for (HeapSegment segment : segments) {
            long found = segment.firstBatchAtOrAfter(timestamp, from);
            if (found >= 0) {
                return OptionalLong.of(found);
            }
        }
        return OptionalLong.empty();
    }

    @Override
    public OptionalLong batchWithLatestTimestamp(long offset) {
        refuseIfClosed();
        long from = Math.max(offset, startOffset);
        long latest = Long.MIN_VALUE;
        for (HeapSegment segment : segments) {
            latest = Math.max(latest, segment.largestTimestamp(from));
        }
        return firstBatchAtOrAfter(latest, from);
    }

    @Override
    public synchronized Runnable removeBefore(long offset) {
        refuseIfClosed();
        if (offset > endOffset) {
            throw new IllegalArgumentException(partition + " ends at " + endOffset + ", before " + offset);
        }
        if (offset <= startOffset) {
            return () -> {};
        }
        // A reader that sees fewer segments sees the new start as well.
        startOffset = offset;
        HeapSegment[] present = segments;
        int gone = 0;
        while (gone < present.length && present[gone].endsBefore(offset)) {
            gone++;
        }
        segments = Arrays.copyOfRange(present, gone, present.length);
        if (gone > 0) {
            aborted = aborted.from(offset);
        }
        // What no reader holds any more is the garbage collector's at once.
        return () -> {};
    }

    @Override
    public synchronized SegmentReplacement replaceFrom(long baseOffset) {
        refuseIfClosed();
        if (replacement != null) {
            throw new IllegalStateException("segments of " + partition + " are being replaced already");
        }
        replacement = new HeapReplacement(this, baseOffset, segmentBytes, clock);
        return replacement;
    }

    /** Forgets the one that is being written, whether it was installed or not. */
    synchronized void endReplacement(HeapReplacement ended) {
        if (replacement == ended) {
            replacement = null;
        }
    }

    /** Puts these parts in the place of those of the segments from {@code baseOffset} on that begin before the limit. */
    synchronized void replace(long baseOffset, long limitOffset, HeapReplacement by) {
        refuseIfClosed();
        HeapSegment[] present = segments;
        int from = firstPartFrom(baseOffset, present);
        int to = firstPartFrom(limitOffset, present);
        if (from == to || present[from].segmentBaseOffset() != baseOffset) {
            throw new BrokerException(
                    ErrorCode.OFFSET_OUT_OF_RANGE, "segment " + baseOffset + " of " + partition + " is deleted");
        }
        boolean stays = to < present.length
                ? present[to].segmentBaseOffset() == limitOffset
                : limitOffset == endOffset && beginsSegment;
        if (!stays || checkpoint == null || checkpoint.endOffset() < limitOffset) {
            throw new IllegalStateException(
                    "no checkpoint of " + partition + " covers all before a segment that begins at " + limitOffset);
        }
        HeapSegment[] parts = by.parts(present[to - 1].lastAppendMillis());
        HeapSegment[] replaced = Arrays.copyOf(present, from + parts.length + present.length - to);
        System.arraycopy(parts, 0, replaced, from, parts.length);
        System.arraycopy(present, to, replaced, from + parts.length, present.length - to);
        aborted = aborted.replaced(baseOffset, limitOffset, by.aborted());
        segments = replaced;
    }

    private static int firstPartFrom(long segmentBaseOffset, HeapSegment[] present) {
        int first = 0;
        while (first < present.length && present[first].segmentBaseOffset() < segmentBaseOffset) {
            first++;
        }
        return first;
    }

    @Override
    public long compactedTo() {
        return compactedTo;
    }

    @Override
    public synchronized void compactedTo(long offset) {
        refuseIfClosed();
        if (offset > endOffset) {
            throw new IllegalArgumentException(partition + " ends at " + endOffset + ", before " + offset);
        }
        compactedTo = offset;
    }

    @Override
    public synchronized void addAborted(AbortedTransaction transaction) {
        refuseIfClosed();
        aborted.add(transaction);
    }

    @Override
    public List<AbortedTransaction> aborted(long offset, long end) {
        refuseIfClosed();
        AbortedIndex present = aborted;
        if (present.count() == 0) {
            return List.of();
        }
        List<AbortedTransaction> found = new ArrayList<>();
        present.collect(offset, end, found);
        return found;
    }

    @Override
    public boolean knewAborted() {
        return true;
    }

    @Override
    public Optional<LogCheckpoint> lastCheckpoint() {
        LogCheckpoint last = checkpoint;
        return last == null
                ? Optional.empty()
                : Optional.of(new LogCheckpoint(last.endOffset(), last.state().duplicate()));
    }

    @Override
    public Runnable prepareCheckpoint(ByteBuffer state) {
        refuseIfClosed();
        ByteBuffer copy =
                ByteBuffer.allocate(state.remaining()).put(state.duplicate()).flip();
        LogCheckpoint prepared = new LogCheckpoint(endOffset, copy.asReadOnlyBuffer());
        return () -> take(prepared);
    }

    private synchronized void take(LogCheckpoint prepared) {
        LogCheckpoint last = checkpoint;
        if (!closed && (last == null || last.endOffset() <= prepared.endOffset())) {
            checkpoint = prepared;
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /** The limit, and the end that the reader knows: a segment may show a batch a moment before the log's end does. */
    private static LogSlice slice(HeapSegment[] present, long offset, ReadLimit limit) {
        List<ByteBuffer> buffers = new ArrayList<>(2);
        int size = 0;
        for (int index = segmentOf(offset, present); index < present.length; index++) {
            int available = present[index].sizeFrom(offset);
            ByteBuffer found = present[index].read(offset, limit.after(size), size == 0);
            if (found.remaining() > 0) {
                buffers.add(found);
                size += found.remaining();
            }
            if (found.remaining() < available) {
                // Where the limit ended it nothing follows, however small it may be.
                break;
            }
        }
        return LogSlice.of(buffers);
    }

    /** The last segment that begins at or before the offset, or the first one of all. */
    private static int segmentOf(long offset, HeapSegment[] present) {
        int low = 0;
        int high = present.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (present[middle].baseOffset() <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** How large the part is to be that takes so many bytes, behind the last one of a log, which may be null. */
    static int capacityFor(int size, HeapSegment last, int segmentBytes) {
        int lastCapacity = last == null ? 0 : Math.min(LARGEST_SEGMENT, last.capacity());
        int doubled = Math.max(SMALLEST_SEGMENT, Math.min(LARGEST_SEGMENT, 2 * lastCapacity));
        return Math.max(size, Math.min(segmentBytes, doubled));
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new BrokerException(ErrorCode.KAFKA_STORAGE_ERROR, "the log of " + partition + " is closed");
        }
    }
}
