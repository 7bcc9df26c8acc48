package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.AtomicFile;
import io.strikemq.adapter.storage.mmap.file.DamagedFileException;
import io.strikemq.adapter.storage.mmap.file.NumberFile;
import io.strikemq.adapter.storage.mmap.log.Recovery.Rest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Opens a partition's directory: takes what the checkpoint covers as it is, checks the rest, and tells what is lost.
 *
 * <p>Segments are filled one after the other, and one is cut to its real length before the next one begins. So only the
 * last one can be incomplete when a process dies: it is cut at its first flaw, as Kafka does. Anything but batches in an
 * earlier one is damage. It stays where it is, and all that is whole before and behind it is served; of a segment that
 * the checkpoint covers only the first header and the index are read, since to read all of it would take too long.
 *
 * <p>What was found wrong and is not used any more (a checkpoint, the end of the last segment) is gone for good before
 * the log takes an append: otherwise a later opening might believe it.
 */
final class LogOpening {
    private final LogFiles files;
    private final SegmentSettings settings;
    private final OpeningReport report;

    private final List<Segment> segments = new ArrayList<>();
    private int durableSegments;
    private CheckpointFile.Content checkpoint;

    private long compactedTo;
    private long startOffset;
    private long endOffset;
    /** Whether a file was removed that must not come back. */
    private boolean removedFiles;

    LogOpening(LogFiles files, SegmentSettings settings) {
        this.files = files;
        this.settings = settings;
        this.report = new OpeningReport(files);
    }

    /**
     * What was found.
     *
     * @param segments        all of them have bytes, but for such that compaction has emptied
     * @param durableSegments how many of the first of them the checkpoint covers and nothing was appended to since
     * @param startOffset     before it everything is deleted, though the first segment may begin earlier, or later
     * @param endOffset       the log end offset
     * @param beginsSegment   whether the log was rolled and is to go on with a new segment
     * @param compactedTo     before it the log was compacted
     * @param checkpoint      the last one, unless batches that it covers were lost
     * @param knowsAborted    whether all transactions are known that were aborted before the checkpoint
     */
    record Opened(
            Segment[] segments,
            int durableSegments,
            long startOffset,
            long endOffset,
            boolean beginsSegment,
            long compactedTo,
            Optional<CheckpointFile.Content> checkpoint,
            boolean knowsAborted) {}

    /** Does all of it, once. */
    Opened open() throws IOException {
        Files.createDirectories(files.directory());
        Set<String> names = files.names();
        if (new UnfinishedReplacements(files, settings.disk()).finish(names)) {
            names = files.names();
        }
        if (names.contains(files.startOffset().getFileName().toString())) {
            readStartOffset();
        }
        if (names.contains(files.compactedOffset().getFileName().toString())) {
            readCompactedOffset();
        }
        long[] baseOffsets = withoutDeleted(LogFiles.baseOffsets(names));
        checkpoint = trustedCheckpoint();
        endOffset = checkpoint != null && isAboutDeleted(checkpoint) ? checkpoint.endOffset() : startOffset;
        boolean wasRolled = wasRolledBehind(baseOffsets);
        if (wasRolled) {
            openSealed(baseOffsets, baseOffsets.length);
        } else {
            int last = openLast(baseOffsets);
            openSealed(Arrays.copyOf(baseOffsets, last + 1), last);
        }
        if (endOffset <= startOffset) {
            deleteAll();
        }
        if (segments.isEmpty()) {
            startOffset = endOffset;
        }
        Optional<CheckpointFile.Content> remembered = rememberedCheckpoint();
        boolean knowsAborted = remembered.isEmpty() || loadAborted();
        if (compactedTo > endOffset) {
            remove(files.compactedOffset());
            compactedTo = 0;
        }
        if (removedFiles) {
            AtomicFile.forceDirectory(files.directory());
        }
        report.print(endOffset);
        return new Opened(
                segments.toArray(new Segment[0]),
                durableSegments,
                startOffset,
                endOffset,
                wasRolled,
                Math.min(compactedTo, endOffset),
                remembered,
                knowsAborted);
    }

    /** Without the file, as Kafka does it, the log starts with what is there, deleted records among it or not. */
    private void readStartOffset() throws IOException {
        try {
            startOffset = NumberFile.read(files.startOffset());
        } catch (DamagedFileException damage) {
            report.damagedStart(damage);
            remove(files.startOffset());
            long[] baseOffsets = files.baseOffsets();
            startOffset = baseOffsets.length == 0 ? 0 : baseOffsets[0];
        }
    }

    /** Who goes on without the file compacts all of the log anew. */
    private void readCompactedOffset() throws IOException {
        try {
            compactedTo = NumberFile.read(files.compactedOffset());
        } catch (DamagedFileException damage) {
            report.damagedCompactedOffset(damage);
            remove(files.compactedOffset());
        }
    }

    /** Finishes the deletion of segments that lie before the start: the process may have died in the midst of it. */
    private long[] withoutDeleted(long[] baseOffsets) throws IOException {
        int first = 0;
        while (first + 1 < baseOffsets.length && baseOffsets[first + 1] <= startOffset) {
            files.delete(baseOffsets[first++]);
        }
        return Arrays.copyOfRange(baseOffsets, first, baseOffsets.length);
    }

    private CheckpointFile.Content trustedCheckpoint() throws IOException {
        CheckpointFile.Content content;
        try {
            content = CheckpointFile.read(files.checkpoint()).orElse(null);
        } catch (IOException unreadable) {
            report.unreadableCheckpoint(unreadable);
            return null;
        }
        if (content == null || isAboutDeleted(content) || files.sizeOf(content.segment()) >= content.position()) {
            return content;
        }
        report.shorterThanCheckpoint(content);
        return null;
    }

    /** Whether all that it covers is deleted: what it says of producers still holds. */
    private boolean isAboutDeleted(CheckpointFile.Content content) {
        return content.position() == 0
                || content.endOffset() <= startOffset && Files.notExists(files.log(content.segment()));
    }

    /** Whether the log was to go on with a new segment when the checkpoint was taken, and did not since. */
    private boolean wasRolledBehind(long[] baseOffsets) {
        return checkpoint != null
                && checkpoint.position() == 0
                && baseOffsets.length > 0
                && baseOffsets[baseOffsets.length - 1] < checkpoint.segment();
    }

    /** Opens the last segment that holds batches, and removes those behind it; says which one it is, -1 for none. */
    private int openLast(long[] baseOffsets) throws IOException {
        for (int last = baseOffsets.length - 1; last >= 0; last--) {
            long baseOffset = baseOffsets[last];
            SegmentRecovery.Known known = knownOf(baseOffset);
            int length = files.sizeOf(baseOffset);
            Segment segment = Segment.whole(files, baseOffset, length, settings);
            if (known.position() == length && segment.sealedEnd() == known.endOffset()) {
                endOffset = known.endOffset();
            } else {
                SegmentRecovery.Recovered found = segment.recover(known, Long.MAX_VALUE, Rest.CUT);
                report.checked(baseOffset, length, found);
                endOffset = found.endOffset();
            }
            if (segment.size() > 0) {
                segments.add(segment);
                return last;
            }
            files.delete(baseOffset);
            removedFiles = true;
            endOffset = Math.max(startOffset, baseOffset);
        }
        return -1;
    }

    private SegmentRecovery.Known knownOf(long baseOffset) {
        return checkpoint != null && baseOffset == checkpoint.segment()
                ? new SegmentRecovery.Known(checkpoint.position(), checkpoint.endOffset())
                : new SegmentRecovery.Known(0, baseOffset);
    }

    /** Opens the first ones of these segments, and finds out what is missing between all of them. */
    private void openSealed(long[] baseOffsets, int count) throws IOException {
        List<Segment> sealed = new ArrayList<>();
        long next = startOffset;
        for (int index = 0; index < baseOffsets.length; index++) {
            reportMissing(next, baseOffsets[index]);
            if (index < count) {
                boolean isLast = index + 1 == baseOffsets.length;
                next = openSealed(baseOffsets[index], isLast ? endOffset : baseOffsets[index + 1], sealed);
            }
        }
        if (count == baseOffsets.length) {
            reportMissing(next, endOffset);
        }
        segments.addAll(0, sealed);
        durableSegments = checkpoint == null
                ? 0
                : (int) segments.stream()
                        .filter(segment -> segment.baseOffset() < checkpoint.segment())
                        .count();
    }

    /** What compaction has left out is not missing. */
    private void reportMissing(long next, long baseOffset) {
        if (baseOffset > compactedTo) {
            report.missing(next, baseOffset);
        }
    }

    /** Opens a segment behind which another one begins; says up to which offset it holds, or held, batches. */
    private long openSealed(long baseOffset, long limitOffset, List<Segment> sealed) throws IOException {
        Segment segment = Segment.whole(files, baseOffset, files.sizeOf(baseOffset), settings);
        boolean isCovered = checkpoint != null && baseOffset < checkpoint.segment();
        if (isCovered) {
            long sealedEnd = segment.sealedEnd();
            if (sealedEnd > baseOffset && sealedEnd <= limitOffset) {
                segment.thinIndex();
                sealed.add(segment);
                return sealedEnd;
            }
        }
        int length = segment.size();
        SegmentRecovery.Recovered found = segment.recover(knownOf(baseOffset), limitOffset, Rest.KEPT);
        report.checked(baseOffset, length, isCovered ? found.vouchedFor() : found);
        if (segment.size() == 0 && limitOffset > compactedTo) {
            files.delete(baseOffset);
            removedFiles = true;
            return baseOffset;
        }
        if (isCovered) {
            saveIndex(segment, found.endOffset());
        }
        sealed.add(segment);
        return found.endOffset();
    }

    /** A disk that is full keeps no log from being read: without the files the next opening makes the index anew. */
    private void saveIndex(Segment segment, long endOffset) {
        try {
            segment.saveIndex(endOffset);
        } catch (IOException failure) {
            report.unsavedIndex(segment.baseOffset(), failure);
        }
    }

    /** Loads the aborted transactions that the checkpoint covers. If one segment has lost its own, all are found anew. */
    private boolean loadAborted() throws IOException {
        Map<Long, List<AbortedFile.Saved>> bySegment = checkpoint.aborted().stream()
                .sorted(Comparator.comparingInt(AbortedFile.Saved::entries).reversed())
                .collect(Collectors.groupingBy(AbortedFile.Saved::baseOffset, TreeMap::new, Collectors.toList()));
        for (Map.Entry<Long, List<AbortedFile.Saved>> saved : bySegment.entrySet()) {
            Segment segment = segmentAt(saved.getKey());
            if (segment != null && !loadAborted(segment, saved.getValue())) {
                report.lostAborted(saved.getKey());
                for (Segment each : segments) {
                    each.forgetAborted();
                }
                // What is found anew is of them all, and only a checkpoint of them all keeps it.
                durableSegments = 0;
                return false;
            }
        }
        return true;
    }

    /**
     * One of these is of the segment as it is, others may be of what it has replaced, or was to replace. The longest one
     * that fits is right: of a longer one the file has not all entries, and a shorter one may be a part of the file.
     */
    private static boolean loadAborted(Segment segment, List<AbortedFile.Saved> longestFirst) throws IOException {
        for (AbortedFile.Saved saved : longestFirst) {
            if (segment.loadAborted(saved)) {
                return true;
            }
        }
        return false;
    }

    private Segment segmentAt(long baseOffset) {
        for (Segment segment : segments) {
            if (segment.baseOffset() == baseOffset) {
                return segment;
            }
        }
        return null;
    }

    /** Nothing lies behind the start. If the end was lost, its offsets are not given a second time. */
    private void deleteAll() throws IOException {
        if (endOffset < startOffset) {
            report.endsBeforeStart(startOffset);
        }
        for (Segment segment : segments) {
            files.delete(segment.baseOffset());
        }
        segments.clear();
        durableSegments = 0;
        endOffset = startOffset;
    }

    private void remove(Path file) throws IOException {
        removedFiles |= Files.deleteIfExists(file);
    }

    /** The checkpoint if it holds for what is here; if not, nobody shall ever believe it again. */
    private Optional<CheckpointFile.Content> rememberedCheckpoint() throws IOException {
        if (checkpoint == null || checkpoint.endOffset() > endOffset) {
            remove(files.checkpoint());
            return Optional.empty();
        }
        return Optional.of(checkpoint);
    }
}
