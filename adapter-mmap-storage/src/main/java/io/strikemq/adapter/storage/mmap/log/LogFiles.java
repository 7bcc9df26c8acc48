package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.DamagedFileException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Which files a partition's directory has.
 *
 * <pre>
 *  0.log          batches, from the offset that names the file; offsets are plain decimals
 *  0.index        sparse offset index, see {@link IndexFiles}
 *  0.timeindex    sparse time index
 *  0.txnindex     aborted transactions, where there are any, see {@link AbortedFile}
 *  checkpoint     see {@link CheckpointFile}
 *  start          see {@link StartOffsetFile}
 * </pre>
 */
record LogFiles(Path directory) {
    private static final String LOG = ".log";

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

    /** The length of a segment's file, of which no more is used than an int can count; 0 without one. */
    int sizeOf(long baseOffset) throws IOException {
        Path log = log(baseOffset);
        if (Files.isDirectory(log)) {
            throw new DamagedFileException(log, "it is a directory");
        }
        return Files.exists(log) ? (int) Math.min(Integer.MAX_VALUE, Files.size(log)) : 0;
    }

    /** The base offsets of all segments, in order. */
    long[] baseOffsets() throws IOException {
        long[] found = new long[8];
        int count = 0;
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(directory, "*" + LOG)) {
            for (Path log : logs) {
                String name = log.getFileName().toString();
                if (name.matches("(0|[1-9]\\d{0,17})\\.log")) {
                    found = count == found.length ? Arrays.copyOf(found, 2 * count) : found;
                    found[count++] = Long.parseLong(name.substring(0, name.length() - LOG.length()));
                }
            }
        }
        long[] baseOffsets = Arrays.copyOf(found, count);
        Arrays.sort(baseOffsets);
        return baseOffsets;
    }

    /** Deletes a segment; the batches last, since they tell the next opening that there is something to delete. */
    void delete(long baseOffset) throws IOException {
        Files.deleteIfExists(offsetIndex(baseOffset));
        Files.deleteIfExists(timeIndex(baseOffset));
        Files.deleteIfExists(abortedIndex(baseOffset));
        Files.deleteIfExists(log(baseOffset));
    }
}
