package io.strikemq.parity.compaction;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.server.util.Scheduler;

/** Does at once what a log has for the background, and what is due again and again whenever it is told to. */
final class ImmediateScheduler implements Scheduler {
    private final List<Runnable> periodic = new ArrayList<>();

    @Override
    public ScheduledFuture<?> schedule(String name, Runnable task, long delayMs, long periodMs) {
        if (periodMs > 0) {
            periodic.add(task);
        } else {
            task.run();
        }
        return new Done();
    }

    /** Of a task that has run, or that nobody need cancel. */
    private static final class Done extends CompletableFuture<Void> implements ScheduledFuture<Void> {
        @Override
        public long getDelay(TimeUnit unit) {
            return 0;
        }

        @Override
        public int compareTo(Delayed other) {
            return 0;
        }
    }

    void runPeriodic() {
        periodic.forEach(Runnable::run);
    }

    @Override
    public void startup() {}

    @Override
    public void shutdown() {}

    @Override
    public void resizeThreadPool(int newSize) {}
}
