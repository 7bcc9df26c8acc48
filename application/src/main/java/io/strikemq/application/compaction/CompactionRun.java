package io.strikemq.application.compaction;

import io.strikemq.application.partition.PartitionSegments;
import io.strikemq.domain.compaction.BatchCompaction;
import io.strikemq.domain.compaction.CompactionPass;
import io.strikemq.domain.compaction.KeyOffsets;
import io.strikemq.domain.compaction.KeyReading;
import io.strikemq.domain.compaction.SegmentGroups;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.LogSegment;
import io.strikemq.domain.log.RecordsCompacted;
import io.strikemq.domain.settings.CleanerSettings;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * One pass over one partition, in small steps: first the keys of its dirty part are read, then all segments up to
 * there are written anew, group by group, each taking the place of the old ones when it is whole. If not all keys fit into memory
 * it ends where they do, and the next pass goes on there.
 *
 * <p>For one thread at a time. Touches files: nothing for a thread that must not wait.
 *
 * <p>Errors: {@link BrokerException}. What was not written wholly is dropped then, and the log is as it was, or compacted in
 * part, which the next pass begins anew.
 */
final class CompactionRun implements AutoCloseable {
    private final CompactionTask task;
    private final CompactionMeans means;
    private final PartitionSegments access;
    private final int bytesAtOnce;

    private final CompactionPass pass;
    private final KeyOffsets keys;
    private final KeyReading keyReading;
    private StrictReading reading;

    // The second half, once there are keys.
    private BatchCompaction compaction;
    private List<List<LogSegment>> groups;
    private int group;
    private SegmentWriting writing;
    private long bytesBefore;
    private long bytesAfter;
    private int segmentsBefore;

    /** Begins a pass. */
    CompactionRun(CompactionTask task, CompactionMeans means) {
        this.task = task;
        this.means = means;
        this.access = task.partition().replaceableSegments();
        this.bytesAtOnce = Math.max(1, means.settings().ioBufferBytes() / 2);
        this.pass = new CompactionPass(
                task.nowMillis(),
                task.settings().compaction().deleteRetentionMs(),
                task.partition()
                        .aborted(task.log().startOfSegments(), task.range().to()),
                access.lastBatches(),
                task.log().endOffset());
        CleanerSettings cleaner = means.settings();
        this.keys = new KeyOffsets(cleaner.dedupeBufferBytes(), cleaner.dedupeLoadFactor());
        this.keyReading = new KeyReading(keys, task.range().from(), pass, means.reader());
        this.reading = reading(task.range().from(), task.range().to());
    }

    private StrictReading reading(long from, long to) {
        return new StrictReading(task.partition(), from, to, bytesAtOnce);
    }

    /** Whether there is nothing left to do. */
    boolean isDone() {
        return groups != null && group == groups.size();
    }

    /** Does a little, and says how many bytes were read and written. */
    long step() {
        if (!task.isWanted().getAsBoolean()) {
            throw new BrokerException(
                    ErrorCode.POLICY_VIOLATION, task.partition().name() + " is not to be compacted any more");
        }
        return groups == null ? readKeys() : writeAnew();
    }

    private long readKeys() {
        long bytes = reading.isDone()
                ? 0
                : reading.readSome(batch -> {
                    keyReading.read(batch);
                    return !keyReading.isFull();
                });
        if (reading.isDone()) {
            if (!keyReading.isFull()) {
                keys.lookedUpTo(task.range().to() - 1);
            }
            beginGroups();
        }
        return bytes;
    }

    private void beginGroups() {
        compaction = new BatchCompaction(keys, pass, means.reader(), means.codecs());
        List<LogSegment> segments = task.log().segmentsBefore(keys.latestOffset() + 1);
        segmentsBefore = segments.size();
        groups = SegmentGroups.of(
                segments, task.settings().segmentBytes(), task.range().to());
        beginGroup();
    }

    private void beginGroup() {
        if (group < groups.size()) {
            List<LogSegment> segments = groups.get(group);
            long base = segments.get(0).baseOffset();
            bytesBefore += segments.stream().mapToLong(LogSegment::sizeInBytes).sum();
            writing = new SegmentWriting(access, base, bytesAtOnce);
            reading = reading(base, end(segments));
        } else if (compactedTo() != task.log().compactedTo()) {
            access.compactedTo(compactedTo());
        }
    }

    private long writeAnew() {
        long before = writing.sizeInBytes();
        long read = reading.isDone()
                ? 0
                : reading.readSome(batch -> {
                    ByteBuffer left = compaction.compact(batch);
                    if (left != null) {
                        writing.add(left);
                    }
                    return true;
                });
        writing.addAborted(compaction.takeStillAborted());
        long written = writing.sizeInBytes() - before;
        if (reading.isDone()) {
            install();
        }
        return read + written;
    }

    private void install() {
        List<LogSegment> segments = groups.get(group);
        long base = segments.get(0).baseOffset();
        if (task.partition().segments().stream().noneMatch(segment -> segment.baseOffset() == base)) {
            throw new BrokerException(
                    ErrorCode.OFFSET_OUT_OF_RANGE,
                    "records of " + task.partition().name() + " were deleted while it was compacted");
        }
        bytesAfter += writing.sizeInBytes();
        means.freeing().accept(writing.install(end(segments)));
        close();
        group++;
        beginGroup();
    }

    private long end(List<LogSegment> segments) {
        return task.log().endOf(segments.get(segments.size() - 1));
    }

    /** Without anything dirty that is where it was before. */
    private long compactedTo() {
        return Math.max(task.range().from(), keys.latestOffset() + 1);
    }

    /** What was done; whole when it {@link #isDone}. */
    RecordsCompacted result() {
        return new RecordsCompacted(
                task.partition().name().partition(),
                compactedTo(),
                compaction.recordsRead(),
                compaction.recordsKept(),
                bytesBefore,
                bytesAfter,
                segmentsBefore,
                groups.size());
    }

    /** Drops what is not wholly written. Idempotent. */
    @Override
    public void close() {
        if (writing != null) {
            writing.close();
            writing = null;
        }
    }
}
