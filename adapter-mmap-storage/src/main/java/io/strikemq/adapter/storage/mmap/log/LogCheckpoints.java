package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.StorageFailure;
import io.strikemq.domain.log.LogCheckpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The checkpoints of a log.
 *
 * <p>Threading: what is prepared is prepared under the log's lock, what is written under its housekeeping lock, and any
 * thread looks.
 */
final class LogCheckpoints {
    private final LogFiles files;
    private final DurableDirectories directories;
    private final long directoryNumber;

    /** The last one; null before the first. */
    private volatile CheckpointFile.Content last;

    /** Segments that begin before this offset are durable. */
    private volatile long unflushedFrom;

    /**
     * Set once: what was written since the last checkpoint may or may not be on the disk, and no later force could tell.
     * So the log takes nothing more, and the next opening reads back all that no checkpoint covers.
     */
    private volatile ForceFailedException forceFailure;

    /** Those of a log that was opened just now, whose segments from {@code unflushedFrom} on may not be durable. */
    LogCheckpoints(
            LogFiles files, DurableDirectories directories, Optional<CheckpointFile.Content> last, long unflushedFrom) {
        this.files = files;
        this.directories = directories;
        this.directoryNumber = directories.made();
        this.last = last.orElse(null);
        this.unflushedFrom = unflushedFrom;
    }

    Optional<LogCheckpoint> last() {
        CheckpointFile.Content present = last;
        return present == null
                ? Optional.empty()
                : Optional.of(
                        new LogCheckpoint(present.endOffset(), present.state().duplicate()));
    }

    /** Whether the last one was taken when all before an offset was in segments that nothing is appended to any more. */
    boolean covers(long limitOffset) {
        CheckpointFile.Content present = last;
        return present != null && present.segment() >= limitOffset;
    }

    /**
     * Takes note of all that a checkpoint of a log has to say that ends here.
     *
     * @param beginsSegment whether the next append begins a segment
     * @return empty if there is nothing to be done for it
     */
    Optional<PreparedCheckpoint> prepare(ByteBuffer state, long endOffset, SegmentList present, boolean beginsSegment) {
        boolean hasActive = !present.isEmpty() && !beginsSegment;
        long segment = hasActive ? present.active().baseOffset() : endOffset;
        int position = hasActive ? present.active().size() : 0;
        CheckpointFile.Content known = last;
        if (known != null
                && known.endOffset() == endOffset
                && known.segment() == segment
                && known.state().equals(state)) {
            return Optional.empty();
        }
        ByteBuffer copy = ByteBuffer.allocate(state.remaining())
                .put(state.duplicate())
                .flip()
                .asReadOnlyBuffer();
        CheckpointFile.Content next = new CheckpointFile.Content(endOffset, segment, position, List.of(), copy);
        boolean isWorthAFile = known != null || endOffset > 0 || state.hasRemaining();
        if (!isWorthAFile) {
            last = next;
            return Optional.empty();
        }
        return Optional.of(new PreparedCheckpoint(present.prepareFlush(unflushedFrom, endOffset), next));
    }

    /** Takes one that was prepared, of a log that has these segments now, unless a later one was taken meanwhile. */
    void take(PreparedCheckpoint prepared, SegmentList present) throws IOException {
        CheckpointFile.Content next = prepared.content();
        CheckpointFile.Content known = last;
        if (known != null && (known.endOffset() > next.endOffset() || known.segment() > next.segment())) {
            return;
        }
        try {
            for (Segment.Flush flush : prepared.flushes()) {
                if (present.contains(flush.segment())) {
                    flush.run();
                }
            }
            write(next.withAborted(present.savedAborted()));
            directories.makeDurable(directoryNumber);
        } catch (ForceFailedException failure) {
            forceFailure = failure;
            throw failure;
        }
        unflushedFrom = next.segment();
    }

    /**
     * Before segments are replaced: lets the last checkpoint speak of both, since until the next one an opening may find
     * the aborted transactions of the old ones or those that the new one has.
     */
    void expect(AbortedFile.Saved replacement, List<Segment> old, Disk disk) throws IOException {
        List<AbortedFile.Saved> known = last.aborted();
        boolean isAboutOld = known.stream()
                .anyMatch(saved -> old.stream().anyMatch(segment -> segment.baseOffset() == saved.baseOffset()));
        if (replacement.entries() == 0 && !isAboutOld) {
            return;
        }
        // Whoever finds it shorter than it was would take it for the new one.
        old.get(0).forceAborted(disk);
        List<AbortedFile.Saved> both = new ArrayList<>(known);
        both.add(old.get(0).savedAborted());
        both.add(replacement);
        write(last.withAborted(both));
    }

    private void write(CheckpointFile.Content content) throws IOException {
        CheckpointFile.write(files.checkpoint(), content);
        last = content;
    }

    /** Fails when bytes that were written before could not be made durable. */
    void refuseAfterFailedForce() {
        ForceFailedException failure = forceFailure;
        if (failure != null) {
            throw StorageFailure.cannot("write to " + files.name() + " before a restart has read it back", failure);
        }
    }
}
