package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.NumberFile;
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
import io.strikemq.domain.port.out.StorageStates.OutdatedCutException;
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
    private final Consumer<MappedPartitionLog> onClose;
    private final boolean knewAborted;
    private final LogCheckpoints checkpoints;

    // Written under the lock.
    private volatile SegmentList segments;
    private volatile long endOffset;
    private volatile SegmentSettings settings;
    /** Whether the next append begins a segment, however much room there is. */
    private boolean beginsSegment;

    /**
     * Held while the small files beside the segments are written and while segments are deleted or replaced; taken before
     * the lock of this object, never the other way round.
     */
    private final Object housekeeping = new Object();

    // Written under housekeeping.
    private volatile long deletedBefore;
    private volatile long compactedTo;
    private final SegmentReplacing replacing;

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
        this.onClose = onClose;
        LogOpening.Opened opened = new LogOpening(files, settings).open();
        this.segments = new SegmentList(opened.segments());
        this.deletedBefore = opened.startOffset();
        this.compactedTo = opened.compactedTo();
        this.endOffset = opened.endOffset();
        this.beginsSegment = opened.beginsSegment();
        this.knewAborted = opened.knowsAborted();
        this.checkpoints = new LogCheckpoints(
                files,
                directories,
                opened.checkpoint(),
                segments.without(opened.durableSegments()).baseOffsetOr(endOffset));
        this.replacing = new SegmentReplacing(this, housekeeping, files, checkpoints);
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
        checkpoints.refuseAfterFailedForce();
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
            throw StorageFailure.cannot("append to " + files.name(), failure);
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
            throw StorageFailure.cannot("look at the segments of " + files.name(), failure);
        }
    }

    @Override
    public LogRead read(long offset, ReadLimit limit) {
        while (true) {
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
                long next =
                        damage.next() == DamagedRecordsException.NONE ? present.segmentEnd(offset, end) : damage.next();
                return new LogRead.Damaged(next, damage.getMessage());
            } catch (IOException failure) {
                failUnlessOutdated(present, "read", failure);
            }
        }
    }

    /** What was not found in segments that were deleted or replaced meanwhile is looked for again. */
    private void failUnlessOutdated(SegmentList searched, String task, IOException failure) {
        if (closed || searched == segments) {
            throw StorageFailure.cannot(task + " " + files.name(), failure);
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

    private OptionalLong search(Search search) {
        while (true) {
            refuseIfClosed();
            SegmentList present = segments;
            try {
                return search.in(present, startOffset());
            } catch (IOException failure) {
                failUnlessOutdated(present, "search", failure);
            }
        }
    }

    @Override
    public Runnable removeBefore(long offset) {
        synchronized (housekeeping) {
            refuseIfClosed();
            if (offset > endOffset) {
                throw new IllegalArgumentException(files.name() + " ends at " + endOffset + ", before " + offset);
            }
            if (offset <= startOffset()) {
                return () -> {};
            }
            try {
                NumberFile.write(files.startOffset(), offset);
            } catch (IOException failure) {
                throw StorageFailure.cannot("delete records of " + files.name(), failure);
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
            LOG.warn("{}: segment {} did not close: {}", files.name(), removed.baseOffset(), failure.toString());
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
                            files.name(),
                            segment.baseOffset(),
                            failure.toString());
                }
            }
        }
    }

    @Override
    public SegmentReplacement replaceFrom(long baseOffset) {
        return replacing.begin(baseOffset, settings);
    }

    /**
     * The segments that begin from one offset on and before another; none if the first one was deleted.
     *
     * @throws IllegalStateException when not all before the other one is in segments that a checkpoint covers
     */
    synchronized List<Segment> replaceable(long baseOffset, long limitOffset) {
        boolean isLimit = segments.hasSegmentAt(limitOffset) || beginsSegment && limitOffset == endOffset;
        if (!isLimit || !checkpoints.covers(limitOffset)) {
            throw new IllegalStateException(
                    "no checkpoint of " + files.name() + " covers all before a segment that begins at " + limitOffset);
        }
        return List.copyOf(segments.between(baseOffset, limitOffset));
    }

    /** Shows another segment in the place of some. */
    void replace(List<Segment> old, Segment by) {
        synchronized (this) {
            segments = segments.replaced(old, by);
        }
        old.forEach(this::closeRemoved);
    }

    /**
     * Writes what the log has before an offset where a start would find it; what nothing is appended to any more is linked. Its
     * files stay as they are meanwhile, and appends go on.
     *
     * @throws OutdatedCutException when more than appends has happened behind that offset
     */
    void copyTo(LogCopy copy, long limitOffset) throws IOException {
        synchronized (housekeeping) {
            long checkpointed = checkpoints.last().map(LogCheckpoint::endOffset).orElse(0L);
            boolean isOutdated = closed
                    || startOffset() > limitOffset
                    || endOffset < limitOffset
                    || compactedTo > limitOffset
                    || checkpointed > limitOffset;
            if (isOutdated) {
                throw new OutdatedCutException(files.name() + " has changed");
            }
            copy.segments(files, segments.all(), limitOffset);
            copy.smallFiles(files);
        }
    }

    boolean contains(Segment segment) {
        return segments.contains(segment);
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public long compactedTo() {
        return compactedTo;
    }

    @Override
    public void compactedTo(long offset) {
        synchronized (housekeeping) {
            refuseIfClosed();
            if (offset > endOffset) {
                throw new IllegalArgumentException(files.name() + " ends at " + endOffset + ", before " + offset);
            }
            try {
                NumberFile.write(files.compactedOffset(), offset);
            } catch (IOException failure) {
                throw StorageFailure.cannot("note how far " + files.name() + " is compacted", failure);
            }
            compactedTo = offset;
        }
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
        return checkpoints.last();
    }

    @Override
    public synchronized Runnable prepareCheckpoint(ByteBuffer state) {
        refuseIfClosed();
        checkpoints.refuseAfterFailedForce();
        Optional<PreparedCheckpoint> prepared = checkpoints.prepare(state, endOffset, segments, beginsSegment);
        return () -> prepared.ifPresent(this::take);
    }

    /** One at a time, and none while the files are closed: what is written here is for whoever opens them next. */
    private void take(PreparedCheckpoint prepared) {
        synchronized (housekeeping) {
            checkpoints.refuseAfterFailedForce();
            if (closed) {
                return;
            }
            try {
                checkpoints.take(prepared, segments);
            } catch (IOException failure) {
                throw StorageFailure.cannot("write a checkpoint of " + files.name(), failure);
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
            throw StorageFailure.cannot("close " + files.name(), failure);
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

    /** Fails when the log was closed. */
    void refuseIfClosed() {
        if (closed) {
            throw new BrokerException(ErrorCode.KAFKA_STORAGE_ERROR, "the log of " + files.name() + " is closed");
        }
    }
}
