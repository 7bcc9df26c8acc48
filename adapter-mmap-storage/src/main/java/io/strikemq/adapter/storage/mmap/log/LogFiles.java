package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.DamagedFileException;
import io.strikemq.adapter.storage.mmap.file.NumberFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which files a partition's directory has.
 *
 * <pre>
 *  0.log          batches, from the offset that names the file; offsets are plain decimals
 *  0.index        sparse offset index, see {@link IndexFiles}
 *  0.timeindex    sparse time index
 *  0.txnindex     aborted transactions, where there are any, see {@link AbortedFile}
 *  checkpoint     see {@link CheckpointFile}
 *  start          where the log starts, once records were deleted, see {@link NumberFile}
 *  compacted      up to where it was compacted, once it was
 *
 *  0.log.cleaned  what is to replace segments from 0 on, while it is written; the indexes likewise
 *  0-7.swap       the same when it is complete, and replaces all segments from 0 on that begin before 7
 *  0.log.deleted  what was replaced, until its space is given back
 * </pre>
 */
record LogFiles(Path directory) {
    private static final String LOG = ".log";
    private static final Pattern SEGMENT = Pattern.compile("(0|[1-9]\\d{0,17})\\.log");
    static final String CLEANED = ".cleaned";
    static final String SWAP = ".swap";
    static final String DELETED = ".deleted";

    /** The partition's, for messages. */
    String name() {
        return directory.getFileName().toString();
    }

    Path log(long baseOffset) {
        return directory.resolve(baseOffset + LOG);
    }

    Path offsetIndex(long baseOffset) {
        return directory.resolve(baseOffset + ".index");
    }

    Path timeIndex(long baseOffset) {
        return directory.resolve(baseOffset + ".timeindex");
    }

    Path abortedIndex(long baseOffset) {
        return directory.resolve(baseOffset + ".txnindex");
    }

    Path checkpoint() {
        return directory.resolve("checkpoint");
    }

    Path startOffset() {
        return directory.resolve("start");
    }

    Path compactedOffset() {
        return directory.resolve("compacted");
    }

    /** What a segment's file is called before the segment is in its place. */
    static Path cleaned(Path file) {
        return file.resolveSibling(file.getFileName() + CLEANED);
    }

    Path swap(long baseOffset, long limitOffset) {
        return directory.resolve(baseOffset + "-" + limitOffset + SWAP);
    }

    Path deleted(long baseOffset) {
        return directory.resolve(baseOffset + LOG + DELETED);
    }

    /** The length of a segment's file, of which no more is used than an int can count; 0 without one. */
    int sizeOf(long baseOffset) throws IOException {
        Path log = log(baseOffset);
        if (Files.isDirectory(log)) {
            throw new DamagedFileException(log, "it is a directory");
        }
        return Files.exists(log) ? (int) Math.min(Integer.MAX_VALUE, Files.size(log)) : 0;
    }

    /** The names of all files that are there. */
    Set<String> names() throws IOException {
        Set<String> names = new HashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                names.add(file.getFileName().toString());
            }
        }
        return names;
    }

    /** The base offsets of all segments, in order. */
    long[] baseOffsets() throws IOException {
        return baseOffsets(names());
    }

    /** Those of the segments among these names. */
    static long[] baseOffsets(Set<String> names) {
        return names.stream()
                .filter(name -> name.endsWith(LOG) && SEGMENT.matcher(name).matches())
                .mapToLong(name -> Long.parseLong(name.substring(0, name.length() - LOG.length())))
                .sorted()
                .toArray();
    }

    /** Deletes a segment; the batches last, since they tell the next opening that there is something to delete. */
    void delete(long baseOffset) throws IOException {
        for (Path index : indexes(baseOffset)) {
            Files.deleteIfExists(index);
        }
        Files.deleteIfExists(log(baseOffset));
    }

    /** Deletes what a segment has beside its batches. */
    void deleteIndexes(long baseOffset, Disk disk) throws IOException {
        for (Path index : indexes(baseOffset)) {
            disk.delete(index);
        }
    }

    /** Gives the indexes of a segment that is to be in its place the names that they have there. */
    void nameIndexes(long baseOffset, Disk disk) throws IOException {
        for (Path index : indexes(baseOffset)) {
            if (Files.exists(cleaned(index))) {
                disk.move(cleaned(index), index);
            }
        }
    }

    /** Deletes what a segment was before it was replaced. */
    void deleteReplaced(long baseOffset) throws IOException {
        Files.deleteIfExists(deleted(baseOffset));
    }

    /** What a segment may have beside its batches. */
    List<Path> indexes(long baseOffset) {
        return List.of(offsetIndex(baseOffset), timeIndex(baseOffset), abortedIndex(baseOffset));
    }
}
