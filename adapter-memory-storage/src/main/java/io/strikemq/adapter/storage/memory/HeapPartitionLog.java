package io.strikemq.adapter.storage.memory;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.AbortedIndex;
import io.strikemq.domain.log.AbortedTransaction;
import io.strikemq.domain.log.LogCheckpoint;
import io.strikemq.domain.log.LogRead;
import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.log.LogSlice;
import io.strikemq.domain.log.ReadLimit;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.topic.TopicPartition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A partition's batches in arrays on the heap. The arrays begin small and double, so that empty logs are free. */
final class HeapPartitionLog implements PartitionLog {
    private static final int SMALLEST_SEGMENT = 4 << 10;
    private static final int LARGEST_SEGMENT = 1 << 20;

    private final TopicPartition partition;
    private final int segmentBytes;

    // Written under the lock; readers take the end offset first, so that the segments hold all of what it covers.
    private volatile HeapSegment[] segments;
    private volatile long endOffset;
    private volatile long startOffset;
    private volatile LogCheckpoint checkpoint;
    private volatile AbortedIndex aborted = new AbortedIndex();

    private volatile boolean closed;

    /** An empty log. */
    HeapPartitionLog(TopicPartition partition, LogSettings settings) {
        this.partition = partition;
        this.segmentBytes = settings.segmentBytes();
        this.segments = new HeapSegment[0];
    }

    /** The log that goes on where a closed one ended. */
    HeapPartitionLog(HeapPartitionLog closed, LogSettings settings) {
        this.partition = closed.partition;
        this.segmentBytes = settings.segmentBytes();
        this.segments = closed.segments;
        this.endOffset = closed.endOffset;
        this.startOffset = closed.startOffset;
        this.checkpoint = closed.checkpoint;
        this.aborted = closed.aborted;
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
        HeapSegment[] present = segments;
        if (present.length > 0 && present[present.length - 1].hasRoomFor(batches.remaining())) {
            endOffset = present[present.length - 1].append(batches);
            return;
        }
        HeapSegment next = new HeapSegment(capacityFor(batches.remaining()));
        long newEndOffset = next.append(batches);
        HeapSegment[] longer = Arrays.copyOf(present, present.length + 1);
        longer[present.length] = next;
        segments = longer;
        endOffset = newEndOffset;
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
    public synchronized void deleteBefore(long offset) {
        refuseIfClosed();
        if (offset > endOffset) {
            throw new IllegalArgumentException(partition + " ends at " + endOffset + ", before " + offset);
        }
        if (offset <= startOffset) {
            return;
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
            ByteBuffer found = present[index].read(offset, limit.after(size), size == 0);
            if (found.remaining() > 0) {
                buffers.add(found);
                size += found.remaining();
            } else if (!present[index].endsBefore(offset)) {
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

    private int capacityFor(int size) {
        HeapSegment[] present = segments;
        int last = present.length == 0 ? 0 : Math.min(LARGEST_SEGMENT, present[present.length - 1].capacity());
        int doubled = Math.max(SMALLEST_SEGMENT, Math.min(LARGEST_SEGMENT, 2 * last));
        return Math.max(size, Math.min(segmentBytes, doubled));
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new BrokerException(ErrorCode.KAFKA_STORAGE_ERROR, "the log of " + partition + " is closed");
        }
    }
}
