package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes durable that a data directory has the directories of its logs: many at a time, since thousands of partitions
 * may take their first checkpoint in the same second. Safe for all threads.
 */
final class DurableDirectories {
    private final Path parent;
    private final Object forcing = new Object();

    // Guarded by this.
    private long made;

    /** How many of them are durable; written under {@link #forcing}. */
    private volatile long durable;

    DurableDirectories(Path parent) {
        this.parent = parent;
    }

    /** A directory was made just now, or may have been; returns its number. */
    synchronized long made() {
        return ++made;
    }

    private synchronized long madeUntilNow() {
        return made;
    }

    /** Returns when the directory of this number is durable. */
    void makeDurable(long number) throws IOException {
        if (durable >= number) {
            return;
        }
        synchronized (forcing) {
            if (durable < number) {
                long covered = madeUntilNow();
                AtomicFile.forceDirectory(parent);
                durable = covered;
            }
        }
    }
}
