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
 *  0.log.cleaned  is written, and so are 0.index.cleaned, 0.timeindex.cleaned and 0.txnindex.cleaned; all are forced
 *  0-7.swap       is what 0.log.cleaned is called then: from this moment on it has replaced the others, and the name
 *                 tells which. An opening that finds it does the rest
 *  5.log          and what else was replaced goes, with the indexes; those of 0 are replaced by the new ones; then the
 *                 directory is forced, so that nothing of it comes back
 *  0.log          is the last name of the new one
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
        deleteCleaned(baseOffset);
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
            segment.saveIndex(settings.disk());
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
        long baseOffset = segment.baseOffset();
        segment.lastModified(old.get(old.size() - 1).lastModified());
        if (segment.aborted().count() > 0 || Files.exists(files.abortedIndex(baseOffset))) {
            segment.saveAborted(disk);
        }
        checkpoints.expect(segment.savedAborted(), old, disk);
        disk.forceDirectory(files.directory());
        segment.moveTo(files.swap(baseOffset, limitOffset));
        try {
            disk.forceDirectory(files.directory());
        } catch (IOException failure) {
            segment.moveTo(LogFiles.cleaned(files.log(baseOffset)));
            throw failure;
        }
    }

    /**
     * Tidies up behind {@link #replace}; what fails is done when it is called again, or by the next opening. Says whether
     * all is done.
     */
    boolean finish(List<Segment> old) {
        Disk disk = settings.disk();
        long baseOffset = segment.baseOffset();
        try {
            for (Segment replaced : old) {
                if (Files.exists(files.log(replaced.baseOffset()))) {
                    disk.move(files.log(replaced.baseOffset()), files.deleted(replaced.baseOffset()));
                }
                if (replaced.baseOffset() != baseOffset) {
                    files.deleteIndexes(replaced.baseOffset(), disk);
                }
            }
            files.nameIndexes(baseOffset, disk);
            segment.indexesAreNamed(files);
            disk.forceDirectory(files.directory());
            segment.moveTo(files.log(baseOffset));
            return true;
        } catch (IOException failure) {
            LOG.warn(
                    "{}: segment {} is compacted, and gets its name at the next start: {}",
                    files.name(),
                    baseOffset,
                    StorageFailure.reason(failure));
            return false;
        }
    }

    private void deleteCleaned(long baseOffset) throws IOException {
        Disk disk = settings.disk();
        disk.delete(LogFiles.cleaned(files.log(baseOffset)));
        for (Path index : files.indexes(baseOffset)) {
            disk.delete(LogFiles.cleaned(index));
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
                deleteCleaned(segment.baseOffset());
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
