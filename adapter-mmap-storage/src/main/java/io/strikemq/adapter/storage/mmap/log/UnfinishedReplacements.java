package io.strikemq.adapter.storage.mmap.log;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process leaves that dies while segments are replaced (see {@link MappedReplacement}): is the replacement
 * complete, its place is made for it; if not, it goes.
 */
final class UnfinishedReplacements {
    private static final Pattern DROPPED =
            Pattern.compile("\\d{1,18}(\\" + LogFiles.CLEANED + "|\\.log\\" + LogFiles.DELETED + ")");
    private static final Pattern SWAP = Pattern.compile("(\\d{1,18})-(\\d{1,18})\\" + LogFiles.SWAP);

    private final LogFiles files;
    private final Disk disk;

    UnfinishedReplacements(LogFiles files, Disk disk) {
        this.files = files;
        this.disk = disk;
    }

    /** Finishes them; for each base offset of a segment that got its place, before which offset it has replaced all. */
    Map<Long, Long> finish() throws IOException {
        Map<Long, Long> limits = new TreeMap<>();
        List<Path> dropped = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(files.directory(), "*.{cleaned,swap,deleted}")) {
            for (Path file : found) {
                String name = file.getFileName().toString();
                Matcher swap = SWAP.matcher(name);
                if (swap.matches()) {
                    limits.put(Long.parseLong(swap.group(1)), Long.parseLong(swap.group(2)));
                } else if (DROPPED.matcher(name).matches()) {
                    dropped.add(file);
                }
            }
        }
        for (Path file : dropped) {
            disk.delete(file);
        }
        for (Map.Entry<Long, Long> each : limits.entrySet()) {
            putInPlace(each.getKey(), each.getValue());
        }
        return limits;
    }

    private void putInPlace(long baseOffset, long limitOffset) throws IOException {
        for (long replaced : files.baseOffsets()) {
            if (replaced >= baseOffset && replaced < limitOffset) {
                for (Path index : files.indexes(replaced)) {
                    disk.delete(index);
                }
                disk.delete(files.log(replaced));
            }
        }
        for (Path index : files.indexes(baseOffset)) {
            disk.delete(index);
        }
        disk.forceDirectory(files.directory());
        disk.move(files.swap(baseOffset, limitOffset), files.log(baseOffset));
        disk.forceDirectory(files.directory());
    }
}
