package io.strikemq.application.compaction;

import io.strikemq.application.partition.Partition;
import io.strikemq.application.partition.PartitionSegments;
import io.strikemq.domain.compaction.BatchCompaction;
import io.strikemq.domain.compaction.CompactableLog;
import io.strikemq.domain.compaction.CompactionPass;
import io.strikemq.domain.compaction.DirtyRange;
import io.strikemq.domain.compaction.KeyOffsets;
import io.strikemq.domain.compaction.KeyReading;
import io.strikemq.domain.compaction.SegmentGroups;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.log.LogSegment;
import io.strikemq.domain.log.RecordsCompacted;
import io.strikemq.domain.settings.CleanerSettings;
import io.strikemq.domain.topic.TopicSettings;
import java.util.List;
import java.util.function.Consumer;

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
    private final Partition partition;
    private final PartitionSegments access;
    private final TopicSettings settings;
    private final CompactableLog log;
    private final DirtyRange range;
    private final RecordTools tools;
    private final Consumer<Runnable> freeing;
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

    /**
     * Begins a pass.
     *
     * @param range   what is dirty; maybe nothing, and then only what has to go with time goes
     * @param freeing what gives back the space of segments is handed to it
     */
    CompactionRun(
            Partition partition,
            TopicSettings settings,
            CompactableLog log,
            DirtyRange range,
            long nowMillis,
            CleanerSettings cleaner,
            RecordTools tools,
            Consumer<Runnable> freeing) {
        this.partition = partition;
        this.access = partition.replaceableSegments();
        this.settings = settings;
        this.log = log;
        this.range = range;
        this.tools = tools;
        this.freeing = freeing;
        this.bytesAtOnce = Math.max(1, cleaner.ioBufferBytes() / 2);
        this.pass = new CompactionPass(
                nowMillis,
                settings.compaction().deleteRetentionMs(),
                partition.aborted(log.startOfSegments(), range.to()),
                access.lastBatches(),
                log.endOffset());
        this.keys = new KeyOffsets(cleaner.dedupeBufferBytes(), cleaner.dedupeLoadFactor());
        this.keyReading = new KeyReading(keys, range.from(), pass, tools.reader());
        this.reading = new StrictReading(partition, range.from(), range.to(), bytesAtOnce);
    }

    /** The partition whose log it compacts. */
    Partition partition() {
        return partition;
    }

    /** Whether there is nothing left to do. */
    boolean isDone() {
        return groups != null && group == groups.size();
    }

    /** Does a little, and says how many bytes were read and written. */
    long step() {
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
                keys.lookedUpTo(range.to() - 1);
            }
            beginGroups();
        }
        return bytes;
    }

    private void beginGroups() {
        compaction = new BatchCompaction(keys, pass, tools.reader(), tools.codecs());
        List<LogSegment> segments = log.segmentsBefore(keys.latestOffset() + 1);
        segmentsBefore = segments.size();
        groups = SegmentGroups.of(segments, settings.segmentBytes(), range.to());
        beginGroup();
    }

    private void beginGroup() {
        if (group < groups.size()) {
            List<LogSegment> segments = groups.get(group);
            long base = segments.get(0).baseOffset();
            bytesBefore += segments.stream().mapToLong(LogSegment::sizeInBytes).sum();
            writing = new SegmentWriting(access, base, bytesAtOnce);
            reading = new StrictReading(partition, base, end(segments), bytesAtOnce);
        } else {
            access.compactedTo(compactedTo());
        }
    }

    private long writeAnew() {
        long before = writing.sizeInBytes();
        long read = reading.isDone()
                ? 0
                : reading.readSome(batch -> {
                    var left = compaction.compact(batch);
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
        bytesAfter += writing.sizeInBytes();
        freeing.accept(writing.install(end(groups.get(group))));
        close();
        group++;
        beginGroup();
    }

    private long end(List<LogSegment> segments) {
        return log.endOf(segments.get(segments.size() - 1));
    }

    /** Without anything dirty that is where it was before. */
    private long compactedTo() {
        return Math.max(range.from(), keys.latestOffset() + 1);
    }

    /** What was done; whole when it {@link #isDone}. */
    RecordsCompacted result() {
        return new RecordsCompacted(
                partition.name().partition(),
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
