package io.strikemq.bootstrap.system;

/**
 * Runs what takes long and nobody waits for, one task after the other. A partition has one task here at the most, its
 * checkpoint, and so has each deletion of logs; the looks for what is to be expired or compacted have one each, and so has the compaction under way.
 */
public final class BackgroundThread extends TaskThreads {
    /** A background whose thread has the given name. */
    public BackgroundThread(String threadName, Unfinished unfinished) {
        super(threadName, 1, task -> new Thread(task, threadName), unfinished);
    }
}
