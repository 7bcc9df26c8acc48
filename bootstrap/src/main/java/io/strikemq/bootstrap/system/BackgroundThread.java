package io.strikemq.bootstrap.system;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what takes long and nobody waits for, one task after the other, on a thread that is there only while there is
 * something to do. Who hands in tasks bounds them: a partition has at most one, and so has a connection, which waits.
 */
public final class BackgroundThread implements Executor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundThread.class);
    private static final long IDLE_SECONDS = 1;
    private static final long CLOSE_SECONDS = 10;

    private final ThreadPoolExecutor executor;

    /** A background whose thread has the given name. */
    public BackgroundThread(String threadName) {
        executor = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> new Thread(task, threadName),
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
                LOG.error("A task in the background failed", e);
            }
        });
    }

    /** Finishes the task under way, and drops the rest. */
    @Override
    public void close() {
        executor.getQueue().clear();
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The background thread did not end within {} s", CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
