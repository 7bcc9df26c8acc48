package io.strikemq.bootstrap.system;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs what requests need that takes long, a few tasks at once. A connection has one task here at the most, since it
 * waits for the answer.
 */
public final class WorkerThreads extends TaskThreads {
    /** Mostly they wait for the disk, so there are more of them than cores. */
    private static final int MOST = 8;

    /** Workers whose threads are called {@code threadName-0}, {@code threadName-1} and so on. */
    public WorkerThreads(String threadName, Unfinished unfinished) {
        this(threadName, new AtomicInteger(), unfinished);
    }

    private WorkerThreads(String threadName, AtomicInteger number, Unfinished unfinished) {
        super(threadName, MOST, task -> new Thread(task, threadName + "-" + number.getAndIncrement()), unfinished);
    }
}
