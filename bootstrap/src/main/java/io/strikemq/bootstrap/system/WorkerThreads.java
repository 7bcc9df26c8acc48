package io.strikemq.bootstrap.system;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what requests need that takes long: a few tasks at once, the others in the order in which they came, on threads
 * that are there only while there is something to do. Who hands in tasks bounds them: a connection has one at the most,
 * since it waits for the answer.
 */
public final class WorkerThreads implements Executor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerThreads.class);
    /** Mostly they wait for the disk, so there are more of them than cores. */
    private static final int MOST = 8;

    private static final long IDLE_SECONDS = 1;
    private static final long CLOSE_SECONDS = 10;

    private final ThreadPoolExecutor executor;

    /** Workers whose threads are called {@code threadName-0}, {@code threadName-1} and so on. */
    public WorkerThreads(String threadName) {
        AtomicInteger number = new AtomicInteger();
        executor = new ThreadPoolExecutor(
                MOST,
                MOST,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> new Thread(task, threadName + "-" + number.getAndIncrement()),
                new ThreadPoolExecutor.DiscardPolicy());
        executor.allowCoreThreadTimeOut(true);
    }

    /** Runs the task later; one that comes after the close is dropped. */
    @Override
    public void execute(Runnable task) {
        executor.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOG.error("A task of a worker failed", e);
            }
        });
    }

    /** Finishes the tasks under way, and drops the rest. */
    @Override
    public void close() {
        executor.getQueue().clear();
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The worker threads did not end within {} s", CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
