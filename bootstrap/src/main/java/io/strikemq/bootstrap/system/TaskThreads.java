package io.strikemq.bootstrap.system;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks that take long in the order in which they came, some of them at once, on threads that are there only while
 * there is something to do. The queue has no bound of its own: who hands in tasks has one.
 */
abstract class TaskThreads implements Executor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TaskThreads.class);
    private static final long IDLE_SECONDS = 1;
    private static final long CLOSE_SECONDS = 10;

    private final String name;
    private final ThreadPoolExecutor executor;

    TaskThreads(String name, int most, ThreadFactory threads) {
        this.name = name;
        executor = new ThreadPoolExecutor(
                most,
                most,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                threads,
                new ThreadPoolExecutor.DiscardPolicy());
        executor.allowCoreThreadTimeOut(true);
    }

    /** Runs the task later; one that comes after the close is dropped. */
    @Override
    public final void execute(Runnable task) {
        executor.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOG.error("A task of {} failed", name, e);
            }
        });
    }

    /** Finishes the tasks under way, and drops the rest. */
    @Override
    public final void close() {
        executor.getQueue().clear();
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("{} did not end within {} s", name, CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
