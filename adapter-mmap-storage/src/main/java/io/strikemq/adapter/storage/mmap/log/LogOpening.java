package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.domain.log.LogCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a partition's directory: takes what the checkpoint covers as it is, checks the rest, drops what is not whole.
 *
 * <p>Segments are filled one after the other, and one is cut to its real length before the next one begins. So anything
 * but batches in an earlier segment is damage, and what follows it is dropped: what remains is always a prefix of what
 * was appended, without the records that were deleted.
 */
final class LogOpening {
    private static final Logger LOG = LoggerFactory.getLogger(LogOpening.class);

    private final LogFiles files;
    private final SegmentSettings settings;

    private final List<Segment> segments = new ArrayList<>();
    private int durableSegments;
    private CheckpointFile.Content checkpoint;
    private long startOffset;
    private long endOffset;

    // For the one line that says what was done.
    private long checkedBytes;
    private long droppedBytes;
    private Recovery.End damage;

    LogOpening(LogFiles files, SegmentSettings settings) {
        this.files = files;
        this.settings = settings;
    }

    /**
     * What was found.
     *
     * @param segments        all of them hold batches
     * @param durableSegments how many of the first of them the checkpoint covers and nothing was appended to since
     * @param startOffset     before it everything is deleted, though the first segment may begin earlier, or later
     * @param endOffset       the log end offset
     * @param checkpoint      the last one, unless batches that it covers were lost
     */
    record Opened(
            Segment[] segments,
            int durableSegments,
            long startOffset,
            long endOffset,
            Optional<LogCheckpoint> checkpoint) {}

    /** Does all of it, once. */
    Opened open() throws IOException {
        Files.createDirectories(files.directory());
        startOffset = StartOffsetFile.read(files.startOffset());
        long[] baseOffsets = withoutDeleted(files.baseOffsets());
        checkpoint = trustedCheckpoint();
        endOffset = checkpoint != null ? checkpoint.endOffset() : baseOffsets.length == 0 ? 0 : baseOffsets[0];
        for (long baseOffset : baseOffsets) {
            if (damage != null) {
                drop(baseOffset);
            } else if (checkpoint != null && baseOffset < checkpoint.segment()) {
                int length = Math.toIntExact(Files.size(files.log(baseOffset)));
                segments.add(Segment.whole(files, baseOffset, length, settings));
                durableSegments++;
            } else {
                check(baseOffset);
            }
        }
        sayWhatWasDone();
        if (endOffset <= startOffset) {
            deleteAll();
        }
        return new Opened(
                segments.toArray(new Segment[0]), durableSegments, startOffset, endOffset, rememberedCheckpoint());
    }

    /** Finishes the deletion of segments that lie before the start: the process may have died in the midst of it. */
    private long[] withoutDeleted(long[] baseOffsets) throws IOException {
        int first = 0;
        while (first + 1 < baseOffsets.length && baseOffsets[first + 1] <= startOffset) {
            files.delete(baseOffsets[first++]);
        }
        return Arrays.copyOfRange(baseOffsets, first, baseOffsets.length);
    }

    /** Nothing lies behind the start. If the end was lost, its offsets are not given a second time. */
    private void deleteAll() throws IOException {
        if (endOffset < startOffset) {
            LOG.warn(
                    "{}: what is left ends at offset {}, before the log's start: it goes on there, at {}.",
                    files.directory().getFileName(),
                    endOffset,
                    startOffset);
        }
        for (Segment segment : segments) {
            files.delete(segment.baseOffset());
        }
        segments.clear();
        durableSegments = 0;
        endOffset = startOffset;
    }

    private CheckpointFile.Content trustedCheckpoint() {
        try {
            CheckpointFile.Content content =
                    CheckpointFile.read(files.checkpoint()).orElse(null);
            if (content == null
                    || content.position() == 0
                    || isAboutDeleted(content)
                    || Files.size(files.log(content.segment())) >= content.position()) {
                return content;
            }
            LOG.warn(
                    "{}: segment {} is shorter than the checkpoint says; the whole log is checked.",
                    files.directory().getFileName(),
                    content.segment());
        } catch (IOException unreadable) {
            LOG.warn("{}: {}; the whole log is checked.", files.directory().getFileName(), unreadable.getMessage());
        }
        return null;
    }

    /** Whether all that it covers is deleted: what it says of producers still holds. */
    private boolean isAboutDeleted(CheckpointFile.Content content) {
        return content.endOffset() <= startOffset && Files.notExists(files.log(content.segment()));
    }

    private void check(long baseOffset) throws IOException {
        int known = checkpoint != null && baseOffset == checkpoint.segment() ? checkpoint.position() : 0;
        int length = (int) Math.min(Integer.MAX_VALUE, Files.size(files.log(baseOffset)));
        Segment segment = Segment.whole(files, baseOffset, length, settings);
        if (known == length && length > 0) {
            segments.add(segment);
            return;
        }
        if (baseOffset < endOffset && known == 0) {
            damage = Recovery.End.OFFSET_GOES_BACK;
            drop(baseOffset);
            return;
        }
        Recovery.Findings found = segment.recover(known, endOffset);
        checkedBytes += Math.max(0, found.length() - known);
        if (found.end() != Recovery.End.OF_FILE) {
            damage = found.end();
            droppedBytes += found.end().isDamage() ? length - found.length() : 0;
        }
        if (found.length() == 0) {
            files.delete(baseOffset);
        } else {
            endOffset = found.endOffset();
            segments.add(segment);
        }
    }

    private void drop(long baseOffset) throws IOException {
        droppedBytes += Files.size(files.log(baseOffset));
        files.delete(baseOffset);
    }

    private void sayWhatWasDone() {
        if (droppedBytes > 0) {
            LOG.warn(
                    "{}: dropped {} bytes behind offset {}, beginning with {}; they were never acknowledged, unless "
                            + "the machine lost power or the disk is damaged.",
                    files.directory().getFileName(),
                    droppedBytes,
                    endOffset,
                    damage);
        } else if (checkedBytes > 0) {
            LOG.info(
                    "{}: checked {} bytes that came after the last checkpoint; the end offset is {}.",
                    files.directory().getFileName(),
                    checkedBytes,
                    endOffset);
        }
    }

    private Optional<LogCheckpoint> rememberedCheckpoint() {
        return checkpoint == null || checkpoint.endOffset() > endOffset
                ? Optional.empty()
                : Optional.of(new LogCheckpoint(checkpoint.endOffset(), checkpoint.state()));
    }
}
