package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.AtomicFile;
import io.strikemq.adapter.storage.mmap.file.StorageFailure;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.LogCheckpoint;
import io.strikemq.domain.log.LogRead;
import io.strikemq.domain.log.LogSlice;
import io.strikemq.domain.log.ReadLimit;
import io.strikemq.domain.log.ReadLimit.FirstBatch;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.record.BatchLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A partition's batches in segment files.
 *
 * <p>Threading: the lock of this object keeps the appender and a deletion apart, and costs the appender nothing else.
 * Readers take no lock: they read the end offset first, then the segments, which hold all of what it covers.
 */
final class MappedPartitionLog implements PartitionLog {
    private final LogFiles files;
    private final SegmentSettings settings;
    private final Consumer<MappedPartitionLog> onClose;

    // Written under the lock, by the appender.
    private volatile Segment[] segments;
    private volatile long endOffset;
    private volatile LogCheckpoint checkpoint;
    private int firstUnflushed;

    /** Held while a checkpoint is made; taken before the lock of this object, never the other way round. */
    private final Object checkpointing = new Object();

    // Guarded by checkpointing.
    private boolean directoryIsDurable;

    private volatile boolean closed;

    /** Opens the log, repairing what a crash has left; {@code onClose} is told when the owner closes it. */
    MappedPartitionLog(LogFiles files, SegmentSettings settings, Consumer<MappedPartitionLog> onClose)
            throws IOException {
        this.files = files;
        this.settings = settings;
        this.onClose = onClose;
        LogOpening.Opened opened = new LogOpening(files, settings).open();
        this.segments = opened.segments();
        this.endOffset = opened.endOffset();
        this.checkpoint = opened.checkpoint().orElse(null);
        this.firstUnflushed = opened.durableSegments();
    }

    @Override
    public long startOffset() {
        Segment[] present = segments;
        return present.length == 0 ? 0 : present[0].baseOffset();
    }

    @Override
    public long endOffset() {
        return endOffset;
    }

    @Override
    public synchronized void append(ByteBuffer batches) {
        refuseIfClosed();
        if (!batches.hasRemaining()) {
            return;
        }
        long newEndOffset = endOffsetOf(batches);
        Segment[] present = segments;
        try {
            if (present.length > 0 && hasRoom(present[present.length - 1], batches.remaining(), newEndOffset)) {
                present[present.length - 1].append(batches, settings.maxBytes());
            } else {
                roll(present, batches, newEndOffset);
            }
        } catch (IOException failure) {
            throw StorageFailure.cannot("append to " + name(), failure);
        }
        endOffset = newEndOffset;
    }

    @Override
    public LogRead read(long offset, ReadLimit limit) {
        refuseIfClosed();
        long end = endOffset;
        Segment[] present = segments;
        if (offset > end) {
            return new LogRead.PastEnd(end);
        }
        if (offset < startOffset()) {
            return new LogRead.BelowStart(startOffset());
        }
        return new LogRead.Found(offset == end ? LogSlice.EMPTY : slice(present, offset, below(end, limit)));
    }

    @Override
    public OptionalLong firstBatchAtOrAfter(long timestamp) {
        refuseIfClosed();
        try {
            for (Segment segment : segments) {
                long found = segment.firstBatchAtOrAfter(timestamp);
                if (found != Segment.NOT_FOUND) {
                    return OptionalLong.of(found);
                }
            }
            return OptionalLong.empty();
        } catch (IOException failure) {
            throw StorageFailure.cannot("search " + name(), failure);
        }
    }

    @Override
    public OptionalLong batchWithLatestTimestamp() {
        refuseIfClosed();
        long latest = Long.MIN_VALUE;
        try {
            for (Segment segment : segments) {
                latest = Math.max(latest, segment.largestTimestamp());
            }
        } catch (IOException failure) {
            throw StorageFailure.cannot("search " + name(), failure);
        }
        return firstBatchAtOrAfter(latest);
    }

    @Override
    public Optional<LogCheckpoint> lastCheckpoint() {
        LogCheckpoint last = checkpoint;
        return last == null
                ? Optional.empty()
                : Optional.of(new LogCheckpoint(last.endOffset(), last.state().duplicate()));
    }

    @Override
    public synchronized Runnable prepareCheckpoint(ByteBuffer state) {
        refuseIfClosed();
        LogCheckpoint last = checkpoint;
        boolean isKnown = last != null && last.endOffset() == endOffset && last.state().equals(state);
        boolean isWorthAFile = last != null || endOffset > 0 || state.hasRemaining();
        if (isKnown) {
            return () -> {};
        }
        ByteBuffer copy = ByteBuffer.allocate(state.remaining()).put(state.duplicate()).flip().asReadOnlyBuffer();
        LogCheckpoint next = new LogCheckpoint(endOffset, copy);
        if (!isWorthAFile) {
            checkpoint = next;
            return () -> {};
        }
        try {
            PreparedCheckpoint prepared = prepare(next);
            return () -> take(prepared);
        } catch (IOException failure) {
            throw StorageFailure.cannot("write a checkpoint of " + name(), failure);
        }
    }

    private PreparedCheckpoint prepare(LogCheckpoint next) throws IOException {
        Segment[] present = segments;
        List<Segment.Flush> flushes = new ArrayList<>();
        for (int index = firstUnflushed; index < present.length; index++) {
            boolean isActive = index + 1 == present.length;
            flushes.add(present[index].prepareFlush(isActive ? endOffset : present[index + 1].baseOffset()));
        }
        Segment active = present.length == 0 ? null : present[present.length - 1];
        CheckpointFile.Content content = new CheckpointFile.Content(
                endOffset,
                active == null ? endOffset : active.baseOffset(),
                active == null ? 0 : active.size(),
                next.state());
        return new PreparedCheckpoint(next, flushes, content, Math.max(0, present.length - 1));
    }

    /** All that a checkpoint needs to know, from the moment when it was prepared. */
    private record PreparedCheckpoint(
            LogCheckpoint checkpoint, List<Segment.Flush> flushes, CheckpointFile.Content content, int firstUnflushed) {}

    /** One at a time, and none while the files are closed: what is written here is for whoever opens them next. */
    private void take(PreparedCheckpoint prepared) {
        synchronized (checkpointing) {
            LogCheckpoint last = checkpoint;
            if (closed || last != null && last.endOffset() > prepared.checkpoint().endOffset()) {
                return;
            }
            try {
                for (Segment.Flush flush : prepared.flushes()) {
                    flush.run();
                }
                CheckpointFile.write(files.checkpoint(), prepared.content());
                if (!directoryIsDurable) {
                    AtomicFile.forceDirectory(files.directory().getParent());
                    directoryIsDurable = true;
                }
            } catch (IOException failure) {
                throw StorageFailure.cannot("write a checkpoint of " + name(), failure);
            }
            synchronized (this) {
                checkpoint = prepared.checkpoint();
                firstUnflushed = prepared.firstUnflushed();
            }
        }
    }

    @Override
    public void close() {
        try {
            closeFiles(Segment::trimAndClose);
        } finally {
            onClose.accept(this);
        }
    }

    /** Closes a log whose files are about to be deleted. */
    void abandon() {
        closeFiles(Segment::close);
    }

    private void closeFiles(SegmentClosing closing) {
        synchronized (checkpointing) {
            closeFilesNow(closing);
        }
    }

    private synchronized void closeFilesNow(SegmentClosing closing) {
        if (closed) {
            return;
        }
        closed = true;
        IOException first = null;
        for (Segment segment : segments) {
            try {
                closing.close(segment);
            } catch (IOException failure) {
                first = first == null ? failure : first;
            }
        }
        if (first != null) {
            throw StorageFailure.cannot("close " + name(), first);
        }
    }

    /** One of the ways in which a segment is closed. */
    @FunctionalInterface
    private interface SegmentClosing {
        void close(Segment segment) throws IOException;
    }

    /** The limit, and the end that the reader knows: a segment may show a batch a moment before the log's end does. */
    private static ReadLimit below(long end, ReadLimit limit) {
        return limit.maxOffset() <= end ? limit : new ReadLimit(end, limit.maxBytes(), limit.firstBatch());
    }

    private LogSlice slice(Segment[] present, long offset, ReadLimit limit) {
        MappedSlice slice = new MappedSlice();
        try {
            ReadLimit left = limit;
            int index = segmentOf(offset, present);
            while (present[index].read(offset, left, slice) && ++index < present.length) {
                if (slice.sizeInBytes() > 0) {
                    int bytesLeft = Math.max(0, limit.maxBytes() - slice.sizeInBytes());
                    left = new ReadLimit(limit.maxOffset(), bytesLeft, FirstBatch.ONLY_IF_IT_FITS);
                }
            }
            return slice;
        } catch (IOException failure) {
            slice.release();
            throw StorageFailure.cannot("read " + name(), failure);
        }
    }

    /** The last segment that begins at or before the offset. */
    private static int segmentOf(long offset, Segment[] present) {
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

    private boolean hasRoom(Segment active, int bytes, long newEndOffset) {
        return (long) active.size() + bytes <= settings.maxBytes() && isIndexable(active.baseOffset(), newEndOffset);
    }

    /** Offsets in an index are counted from the segment's first one, in an int. */
    private static boolean isIndexable(long baseOffset, long newEndOffset) {
        return newEndOffset - baseOffset <= Integer.MAX_VALUE;
    }

    private void roll(Segment[] present, ByteBuffer batches, long newEndOffset) throws IOException {
        if (present.length > 0) {
            present[present.length - 1].seal(endOffset);
        }
        boolean beginsAtEnd = isIndexable(endOffset, newEndOffset);
        long baseOffset = beginsAtEnd ? endOffset : BatchLayout.baseOffset(batches, batches.position());
        Segment next = Segment.empty(files, baseOffset, settings);
        try {
            next.append(batches, settings.maxBytes());
        } catch (IOException failure) {
            discard(next, failure);
            throw failure;
        }
        Segment[] longer = Arrays.copyOf(present, present.length + 1);
        longer[present.length] = next;
        segments = longer;
    }

    private void discard(Segment segment, IOException because) {
        try {
            segment.close();
            files.delete(segment.baseOffset());
        } catch (IOException another) {
            because.addSuppressed(another);
        }
    }

    private static long endOffsetOf(ByteBuffer batches) {
        long end = 0;
        for (int at = batches.position(); at < batches.limit(); at += BatchLayout.sizeInBytes(batches, at)) {
            end = BatchLayout.lastOffset(batches, at) + 1;
        }
        return end;
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new BrokerException(ErrorCode.KAFKA_STORAGE_ERROR, "the log of " + name() + " is closed");
        }
    }

    private String name() {
        return files.directory().getFileName().toString();
    }
}
