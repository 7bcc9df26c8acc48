package io.strikemq.adapter.rest;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;

/** A time limit that can be started again and again; a timer is armed only in between. Thread-safe. */
final class TimeLimit {
    private final Scheduler scheduler;
    private final Executor executor;
    private final Duration limit;
    private final Runnable whenExceeded;
    private Scheduler.Task running;

    /** {@code whenExceeded} is called on a thread of {@code executor}, so that the timer has no work. */
    TimeLimit(Scheduler scheduler, Executor executor, Duration limit, Runnable whenExceeded) {
        this.scheduler = scheduler;
        this.executor = executor;
        this.limit = limit;
        this.whenExceeded = whenExceeded;
    }

    /** Begins to count, anew where it was counting. */
    synchronized void start() {
        stop();
        running = scheduler.schedule(() -> executor.execute(whenExceeded), limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends the counting; nothing happens where it was not. */
    synchronized void stop() {
        if (running != null) {
            running.cancel();
            running = null;
        }
    }
}
