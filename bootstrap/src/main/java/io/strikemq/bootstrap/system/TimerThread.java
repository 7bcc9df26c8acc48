package io.strikemq.bootstrap.system;

import io.strikemq.domain.port.out.Deadlines;
import io.strikemq.domain.thread.NonBlockingThread;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one timer of a broker: a thread that sleeps until the next deadline, or for good while there is none. */
public final class TimerThread implements Deadlines, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TimerThread.class);
    private static final long CLOSE_SECONDS = 5;
    /** Longer delays than this would overflow the timer's clock; nobody waits a century. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final ScheduledThreadPoolExecutor executor;

    /** A timer whose thread has the given name. */
    public TimerThread(String threadName) {
        executor = new ScheduledThreadPoolExecutor(1, task -> new NonBlockingThread(task, threadName));
        // Without this a cancelled deadline would stay, and wake the process when it is due.
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        // What comes while the broker stops is dropped, as all deadlines are by then.
        executor.setRejectedExecutionHandler(new ScheduledThreadPoolExecutor.DiscardPolicy());
    }

    @Override
    public Deadline schedule(Duration delay, Runnable action) {
        Duration bounded = delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
        Future<?> future = executor.schedule(() -> run(action), bounded.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            LOG.error("A deadline's action failed", e);
        }
    }

    /** Drops all deadlines and waits for the thread to end. */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The timer thread did not end within {} s", CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
