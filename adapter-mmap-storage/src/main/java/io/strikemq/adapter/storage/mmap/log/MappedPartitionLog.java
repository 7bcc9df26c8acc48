package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.StorageFailure;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.AbortedTransaction;
import io.strikemq.domain.log.LogCheckpoint;
import io.strikemq.domain.log.LogRead;
import io.strikemq.domain.log.LogSegment;
import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.log.LogSlice;
import io.strikemq.domain.log.ReadLimit;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.port.out.SegmentReplacement;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A partition's batches in segment files.
 *
 * <p>Threading: the lock of this object keeps the appender, a deletion and the close apart, and costs the appender
 * nothing else. Readers take no lock: they read the end offset first, then the segments, which hold all of what it
 * covers, and then the start offset, since whoever sees fewer segments must know that they are gone.
 */
final class MappedPartitionLog implements PartitionLog {
    private static final Logger LOG = LoggerFactory.getLogger(MappedPartitionLog.class);

    private final LogFiles files;
    private final DurableDirectories directories;
    private final long directoryNumber;
    private final Consumer<MappedPartitionLog> onClose;
    private final boolean knewAborted;

    // Written under the lock.
    private volatile SegmentList segments;
    private volatile long endOffset;
    private volatile LogCheckpoint checkpoint;
    private SegmentSettings settings;
    /** Whether the next append begins a segment, however much room there is. */
    private boolean beginsSegment;
    /** Segments that begin before this offset are durable. */
    private long unflushedFrom;

    /**
     * Held while the small files beside the segments are written and while segments are deleted; taken before the lock
     * of this object, never the other way round.
     */
    private final Object housekeeping = new Object();

    // Written under housekeeping.
    private volatile long deletedBefore;

    /**
     * Set once: what was written since the last checkpoint may or may not be on the disk, and no later force could tell.
     * So the log takes nothing more, and the next opening reads back all that no checkpoint covers.
     */
    private volatile ForceFailedException forceFailure;

    private volatile boolean closed;

    /** Opens the log, repairing what a crash has left; {@code onClose} is told when the owner closes it. */
    MappedPartitionLog(
            LogFiles files,
            SegmentSettings settings,
            DurableDirectories directories,
            Consumer<MappedPartitionLog> onClose)
            throws IOException {
        this.files = files;
        this.settings = settings;
        this.directories = directories;
        this.onClose = onClose;
        LogOpening.Opened opened = new LogOpening(files, settings).open();
        this.directoryNumber = directories.made();
        this.segments = new SegmentList(opened.segments());
        this.deletedBefore = opened.startOffset();
        this.endOffset = opened.endOffset();
        this.checkpoint = opened.checkpoint().orElse(null);
        this.knewAborted = opened.knowsAborted();
        this.unflushedFrom = segments.without(opened.durableSegments()).baseOffsetOr(endOffset);
    }

    @Override
    public long startOffset() {
        return Math.max(deletedBefore, segments.baseOffsetOr(deletedBefore));
    }

    @Override
    public long endOffset() {
        return endOffset;
    }

    @Override
    public long sizeInBytes() {
        return segments.sizeInBytes();
    }

    @Override
    public synchronized void append(ByteBuffer batches) {
        refuseIfClosed();
        refuseAfterFailedForce();
        if (!batches.hasRemaining()) {
            return;
        }
        AppendPlan plan = AppendPlan.of(batches);
        SegmentList present = segments;
        try {
            if (!present.isEmpty() && !beginsSegment && plan.fits(present.active(), settings)) {
                present.active().append(batches, settings.maxBytes());
            } else {
                roll(present, plan);
                beginsSegment = false;
            }
        } catch (IOException failure) {
            throw StorageFailure.cannot("append to " + name(), failure);
        }
        endOffset = plan.endOffset();
    }

    @Override
    public synchronized void configure(LogSettings changed) {
        settings = settings.with(changed);
    }

    @Override
    public synchronized void rollSegment() {
        beginsSegment = true;
    }

    @Override
    public synchronized OptionalLong activeSegment() {
        SegmentList present = segments;
        return present.isEmpty() || beginsSegment
                ? OptionalLong.empty()
                : OptionalLong.of(present.active().baseOffset());
    }

    @Override
    public List<LogSegment> segments() {
        refuseIfClosed();
        try {
            return segments.describe();
        } catch (IOException failure) {
            throw StorageFailure.cannot("look at the segments of " + name(), failure);
        }
    }

    @Override
    public LogRead read(long offset, ReadLimit limit) {
        refuseIfClosed();
        long end = endOffset;
        SegmentList present = segments;
        if (offset > end) {
            return new LogRead.PastEnd(end);
        }
        if (offset < startOffset()) {
            return new LogRead.BelowStart(startOffset());
        }
        try {
            return new LogRead.Found(offset == end ? LogSlice.EMPTY : present.read(offset, limit.upTo(end)));
        } catch (DamagedRecordsException damage) {
            long next = damage.next() == DamagedRecordsException.NONE ? present.segmentEnd(offset, end) : damage.next();
            return new LogRead.Damaged(next, damage.getMessage());
        } catch (IOException failure) {
            if (!closed && offset < startOffset()) {
                return new LogRead.BelowStart(startOffset());
            }
            throw StorageFailure.cannot("read " + name(), failure);
        }
    }

    @Override
    public OptionalLong firstBatchAtOrAfter(long timestamp, long offset) {
        return search((present, start) -> present.firstBatchAtOrAfter(timestamp, Math.max(offset, start)));
    }

    @Override
    public OptionalLong batchWithLatestTimestamp(long offset) {
        return search((present, start) -> present.batchWithLatestTimestamp(Math.max(offset, start)));
    }

    /** One of the ways to search segments, from an offset on. */
    @FunctionalInterface
    private interface Search {
        OptionalLong in(SegmentList present, long startOffset) throws IOException;
    }

    /** Searches the segments that are here; once more when some were deleted meanwhile. */
    private OptionalLong search(Search search) {
        while (true) {
            refuseIfClosed();
            SegmentList present = segments;
            try {
                return search.in(present, startOffset());
            } catch (IOException failure) {
                if (closed || segments.baseOffsetOr(endOffset) == present.baseOffsetOr(endOffset)) {
                    throw StorageFailure.cannot("search " + name(), failure);
                }
            }
        }
    }

    @Override
    public Runnable removeBefore(long offset) {
        synchronized (housekeeping) {
            refuseIfClosed();
            if (offset > endOffset) {
                throw new IllegalArgumentException(name() + " ends at " + endOffset + ", before " + offset);
            }
            if (offset <= startOffset()) {
                return () -> {};
            }
            try {
                StartOffsetFile.write(files.startOffset(), offset);
            } catch (IOException failure) {
                throw StorageFailure.cannot("delete records of " + name(), failure);
            }
            deletedBefore = offset;
            List<Segment> removed = removeSegmentsBefore(offset);
            removed.forEach(this::closeRemoved);
            return () -> free(removed);
        }
    }

    private synchronized List<Segment> removeSegmentsBefore(long offset) {
        List<Segment> removed = segments.before(offset, endOffset);
        segments = segments.without(removed.size());
        return removed;
    }

    private void closeRemoved(Segment removed) {
        try {
            removed.close();
        } catch (IOException failure) {
            LOG.warn("{}: segment {} did not close: {}", name(), removed.baseOffset(), failure.toString());
        }
    }

    /** A closed log leaves it to the next opening: by then the directory may be another's. */
    private void free(List<Segment> removed) {
        synchronized (housekeeping) {
            for (Segment segment : closed ? List.<Segment>of() : removed) {
                try {
                    files.delete(segment.baseOffset());
                } catch (IOException failure) {
                    LOG.warn(
                            "{}: the space of segment {}, whose records are deleted, is not free before the next start: {}",
                            name(),
                            segment.baseOffset(),
                            failure.toString());
                }
            }
        }
    }

    @Override
    public SegmentReplacement replaceFrom(long baseOffset) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long compactedTo() {
        return 0;
    }

    @Override
    public void compactedTo(long offset) {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized void addAborted(AbortedTransaction transaction) {
        refuseIfClosed();
        SegmentList present = segments;
        if (!present.isEmpty()) {
            present.segmentOf(transaction.lastOffset()).aborted().add(transaction);
        }
    }

    @Override
    public List<AbortedTransaction> aborted(long offset, long end) {
        refuseIfClosed();
        return segments.aborted(offset, end);
    }

    @Override
    public boolean knewAborted() {
        return knewAborted;
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
        refuseAfterFailedForce();
        LogCheckpoint last = checkpoint;
        boolean isKnown =
                last != null && last.endOffset() == endOffset && last.state().equals(state);
        boolean isWorthAFile = last != null || endOffset > 0 || state.hasRemaining();
        if (isKnown) {
            return () -> {};
        }
        ByteBuffer copy = ByteBuffer.allocate(state.remaining())
                .put(state.duplicate())
                .flip()
                .asReadOnlyBuffer();
        LogCheckpoint next = new LogCheckpoint(endOffset, copy);
        if (!isWorthAFile) {
            checkpoint = next;
            return () -> {};
        }
        PreparedCheckpoint prepared = PreparedCheckpoint.of(next, segments, unflushedFrom);
        return () -> take(prepared);
    }

    /** One at a time, and none while the files are closed: what is written here is for whoever opens them next. */
    private void take(PreparedCheckpoint prepared) {
        synchronized (housekeeping) {
            LogCheckpoint last = checkpoint;
            refuseAfterFailedForce();
            if (closed
                    || last != null && last.endOffset() > prepared.checkpoint().endOffset()) {
                return;
            }
            try {
                SegmentList present = segments;
                for (Segment.Flush flush : prepared.flushes()) {
                    if (present.contains(flush.segment())) {
                        flush.run();
                    }
                }
                CheckpointFile.write(files.checkpoint(), prepared.content().withAborted(present.savedAborted()));
                directories.makeDurable(directoryNumber);
            } catch (ForceFailedException failure) {
                forceFailure = failure;
                throw StorageFailure.cannot("write a checkpoint of " + name(), failure);
            } catch (IOException failure) {
                throw StorageFailure.cannot("write a checkpoint of " + name(), failure);
            }
            synchronized (this) {
                checkpoint = prepared.checkpoint();
                unflushedFrom = prepared.content().segment();
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

    private void closeFiles(SegmentList.SegmentClosing closing) {
        synchronized (housekeeping) {
            closeFilesNow(closing);
        }
    }

    private synchronized void closeFilesNow(SegmentList.SegmentClosing closing) {
        if (closed) {
            return;
        }
        closed = true;
        try {
            segments.closeAll(closing);
        } catch (IOException failure) {
            throw StorageFailure.cannot("close " + name(), failure);
        }
    }

    private void roll(SegmentList present, AppendPlan plan) throws IOException {
        if (!present.isEmpty()) {
            present.active().seal(endOffset);
        }
        Segment next = Segment.empty(files, plan.baseOffsetBehind(endOffset), settings);
        try {
            next.append(plan.batches(), settings.maxBytes());
        } catch (IOException failure) {
            discard(next, failure);
            throw failure;
        }
        segments = present.with(next);
    }

    private void discard(Segment segment, IOException because) {
        try {
            segment.close();
            files.delete(segment.baseOffset());
        } catch (IOException another) {
            because.addSuppressed(another);
        }
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new BrokerException(ErrorCode.KAFKA_STORAGE_ERROR, "the log of " + name() + " is closed");
        }
    }

    private void refuseAfterFailedForce() {
        ForceFailedException failure = forceFailure;
        if (failure != null) {
            throw StorageFailure.cannot("write to " + name() + " before a restart has read it back", failure);
        }
    }

    private String name() {
        return files.directory().getFileName().toString();
    }
}
