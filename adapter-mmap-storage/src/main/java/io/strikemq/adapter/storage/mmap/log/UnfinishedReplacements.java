package io.strikemq.adapter.storage.mmap.log;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
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

    /** Does so, the directory having files of these names; says whether it has others now. */
    boolean finish(Set<String> names) throws IOException {
        Map<Long, Long> limits = new TreeMap<>();
        boolean isAnyLeftOver = false;
        for (String name : names) {
            Matcher swap = name.endsWith(LogFiles.SWAP) ? SWAP.matcher(name) : null;
            if (swap != null && swap.matches()) {
                limits.put(Long.parseLong(swap.group(1)), Long.parseLong(swap.group(2)));
            }
            isAnyLeftOver |= isLeftOver(name);
        }
        for (Map.Entry<Long, Long> each : limits.entrySet()) {
            putInPlace(each.getKey(), each.getValue());
        }
        if (isAnyLeftOver) {
            deleteLeftOver();
        }
        return isAnyLeftOver || !limits.isEmpty();
    }

    private static boolean isLeftOver(String name) {
        return (name.endsWith(LogFiles.CLEANED) || name.endsWith(LogFiles.DELETED))
                && LEFT_OVER.matcher(name).matches();
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
        for (String name : files.names()) {
            if (isLeftOver(name)) {
                disk.delete(files.directory().resolve(name));
            }
        }
    }
}
