package io.strikemq.bootstrap.system;

import java.util.ArrayList;
import java.util.List;
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
    private final Unfinished unfinished;
    private final ThreadPoolExecutor executor;

    TaskThreads(String name, int most, ThreadFactory threads, Unfinished unfinished) {
        this.name = name;
        this.unfinished = unfinished;
        executor = new ThreadPoolExecutor(
                most,
                most,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                threads,
                (task, stopped) -> drop(task));
        executor.allowCoreThreadTimeOut(true);
    }

    /** Runs the task later; one that comes after the close is dropped. */
    @Override
    public final void execute(Runnable task) {
        executor.execute(new Counted(task, unfinished.begun(name, task.getClass())));
    }

    private static void drop(Runnable task) {
        ((Counted) task).count.over();
    }

    /** A task that somebody may wait for, and whose failure ends no thread. */
    private final class Counted implements Runnable {
        private final Runnable work;
        private final Unfinished.Task count;

        Counted(Runnable work, Unfinished.Task count) {
            this.work = work;
            this.count = count;
        }

        @Override
        public void run() {
            count.run(this::runGuarded);
        }

        private void runGuarded() {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                LOG.error("A task of {} failed", name, e);
            }
        }
    }

    /** Finishes the tasks under way, and drops the rest. */
    @Override
    public final void close() {
        List<Runnable> dropped = new ArrayList<>();
        executor.getQueue().drainTo(dropped);
        dropped.forEach(TaskThreads::drop);
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
