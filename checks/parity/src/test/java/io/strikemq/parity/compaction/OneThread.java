package io.strikemq.parity.compaction;

import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.Deadlines;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Background and deadlines of one part of a broker, which does nothing of it before it is told to. */
final class OneThread implements Deadlines, Executor {
    private static final int MANY = 100_000;

    private final Clock clock;
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Queue<Later> later = new PriorityQueue<>(Comparator.comparingLong(Later::dueMillis));

    private record Later(long dueMillis, Runnable action) {}

    OneThread(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Deadline schedule(Duration delay, Runnable action) {
        Later entry = new Later(clock.wallClockMillis() + delay.toMillis(), action);
        later.add(entry);
        return () -> later.remove(entry);
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /** Does all that is due now, and what comes of it. */
    void doWhatIsDue() {
        for (int done = 0; done < MANY; done++) {
            Runnable task = next();
            if (task == null) {
                return;
            }
            task.run();
        }
        throw new AssertionError("there is no end to it");
    }

    private Runnable next() {
        if (!tasks.isEmpty()) {
            return tasks.remove();
        }
        Later first = later.peek();
        return first != null && first.dueMillis() <= clock.wallClockMillis()
                ? later.remove().action()
                : null;
    }
}
