package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.StorageFailure;
import io.strikemq.domain.log.AbortedTransaction;
import io.strikemq.domain.port.out.SegmentReplacement;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A segment that is written beside a log, and how its files get into the place of others:
 *
 * <pre>
 *  0.cleaned  is written, and forced
 *  0-7.swap   is what it is called then: from this moment on it has replaced the others, and the name tells which.
 *             An opening that finds it does the rest
 *  0.log, 5.log and their indexes go; the directory is forced, so that none of them comes back
 *  0.index, 0.timeindex, 0.txnindex are written anew, and forced
 *  0.log      is its last name
 * </pre>
 */
final class MappedReplacement implements SegmentReplacement {
    private static final Logger LOG = LoggerFactory.getLogger(MappedReplacement.class);

    private final SegmentReplacing replacing;
    private final LogFiles files;
    private final SegmentSettings settings;
    private final Segment segment;

    /** Begins the file, in the place of one that was given up. The caller keeps others from doing so. */
    MappedReplacement(SegmentReplacing replacing, LogFiles files, long baseOffset, SegmentSettings settings)
            throws IOException {
        this.replacing = replacing;
        this.files = files;
        this.settings = settings;
        settings.disk().delete(files.cleaned(baseOffset));
        this.segment = Segment.cleaned(files, baseOffset, settings);
    }

    @Override
    public void append(ByteBuffer batches) {
        if (!batches.hasRemaining()) {
            return;
        }
        boolean fits = (long) segment.size() + batches.remaining() <= Integer.MAX_VALUE
                && AppendPlan.of(batches).endOffset() - segment.baseOffset() <= Integer.MAX_VALUE;
        if (!fits) {
            throw new IllegalArgumentException("more than a segment of " + files.name() + " can hold");
        }
        try {
            segment.append(batches, settings.maxBytes());
        } catch (IOException failure) {
            throw StorageFailure.cannot("write a segment of " + files.name() + " anew", failure);
        }
    }

    @Override
    public long sizeInBytes() {
        return segment.size();
    }

    @Override
    public void addAborted(AbortedTransaction transaction) {
        segment.aborted().add(transaction);
    }

    @Override
    public Runnable install(long limitOffset) {
        try {
            segment.seal(limitOffset);
            segment.force();
        } catch (IOException failure) {
            throw StorageFailure.cannot("write a segment of " + files.name() + " anew", failure);
        }
        return replacing.install(this, limitOffset);
    }

    @Override
    public void close() {
        replacing.end(this);
    }

    Segment segment() {
        return segment;
    }

    /** Replaces the others for good, or fails and leaves all as it was. */
    void replace(List<Segment> old, long limitOffset, LogCheckpoints checkpoints) throws IOException {
        Disk disk = settings.disk();
        segment.lastModified(old.get(old.size() - 1).lastModified());
        checkpoints.expect(AbortedFile.savedOf(segment.aborted(), segment.baseOffset()), old, disk);
        segment.moveTo(files.swap(segment.baseOffset(), limitOffset));
        try {
            disk.forceDirectory(files.directory());
        } catch (IOException failure) {
            segment.moveTo(files.cleaned(segment.baseOffset()));
            throw failure;
        }
    }

    /**
     * Tidies up behind {@link #replace}; what fails is done when it is called again, or by the next opening. Says whether
     * all is done.
     */
    boolean finish(List<Segment> old) {
        Disk disk = settings.disk();
        try {
            for (Segment replaced : old) {
                for (Path index : files.indexes(replaced.baseOffset())) {
                    disk.delete(index);
                }
                if (Files.exists(files.log(replaced.baseOffset()))) {
                    disk.move(files.log(replaced.baseOffset()), files.deleted(replaced.baseOffset()));
                }
            }
            disk.forceDirectory(files.directory());
            segment.saveIndexes(disk);
            segment.moveTo(files.log(segment.baseOffset()));
            return true;
        } catch (IOException failure) {
            LOG.warn(
                    "{}: segment {} is compacted, and gets its name at the next start: {}",
                    files.name(),
                    segment.baseOffset(),
                    StorageFailure.reason(failure));
            return false;
        }
    }

    /** Instead of {@link #finish}, when its own records are deleted. */
    void forget(long limitOffset) throws IOException {
        settings.disk().delete(files.swap(segment.baseOffset(), limitOffset));
    }

    /** Closes a segment that was not installed; {@code deletes} says whether the directory is still the log's. */
    void discard(boolean deletes) {
        try {
            segment.close();
            if (deletes) {
                settings.disk().delete(files.cleaned(segment.baseOffset()));
            }
        } catch (IOException failure) {
            LOG.warn(
                    "{}: what was to replace segment {} is there until the next start: {}",
                    files.name(),
                    segment.baseOffset(),
                    StorageFailure.reason(failure));
        }
    }
}
