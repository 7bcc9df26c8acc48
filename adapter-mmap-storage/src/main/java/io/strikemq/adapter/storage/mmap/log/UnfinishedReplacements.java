package io.strikemq.adapter.storage.mmap.log;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process leaves that dies while segments are replaced (see {@link MappedReplacement}): is the replacement
 * complete, its place is made for it; if not, it goes.
 */
final class UnfinishedReplacements {
    private static final Pattern LEFT_OVER = Pattern.compile("(\\d{1,18})\\.(log|index|timeindex|txnindex)\\"
            + LogFiles.CLEANED + "|(\\d{1,18})\\.log\\" + LogFiles.DELETED);
    private static final Pattern SWAP = Pattern.compile("(\\d{1,18})-(\\d{1,18})\\" + LogFiles.SWAP);

    private final LogFiles files;
    private final Disk disk;

    UnfinishedReplacements(LogFiles files, Disk disk) {
        this.files = files;
        this.disk = disk;
    }

    /** Does so. */
    void finish() throws IOException {
        Map<Long, Long> limits = new TreeMap<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(files.directory(), "*" + LogFiles.SWAP)) {
            for (Path file : found) {
                Matcher swap = SWAP.matcher(file.getFileName().toString());
                if (swap.matches()) {
                    limits.put(Long.parseLong(swap.group(1)), Long.parseLong(swap.group(2)));
                }
            }
        }
        for (Map.Entry<Long, Long> each : limits.entrySet()) {
            putInPlace(each.getKey(), each.getValue());
        }
        deleteLeftOver();
    }

    private void putInPlace(long baseOffset, long limitOffset) throws IOException {
        for (long replaced : files.baseOffsets()) {
            if (replaced >= baseOffset && replaced < limitOffset) {
                disk.delete(files.log(replaced));
            }
            if (replaced > baseOffset && replaced < limitOffset) {
                files.deleteIndexes(replaced, disk);
            }
        }
        files.nameIndexes(baseOffset, disk);
        disk.forceDirectory(files.directory());
        disk.move(files.swap(baseOffset, limitOffset), files.log(baseOffset));
        disk.forceDirectory(files.directory());
    }

    private void deleteLeftOver() throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(files.directory(), "*.{cleaned,deleted}")) {
            for (Path file : found) {
                if (LEFT_OVER.matcher(file.getFileName().toString()).matches()) {
                    disk.delete(file);
                }
            }
        }
    }
}
