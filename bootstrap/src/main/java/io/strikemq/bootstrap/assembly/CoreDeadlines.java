package io.strikemq.bootstrap.assembly;

import io.strikemq.domain.port.out.Deadlines;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The deadlines of one core, kept by the shell's timer: when the core is closed none of them is left there. Somebody waits
 * for some of them ({@link #answers}), who is not kept waiting any longer then; the others ({@link #work}) are dropped.
 */
final class CoreDeadlines implements AutoCloseable {
    private final Deadlines timer;
    private final Set<Pending> pending = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    CoreDeadlines(Deadlines timer) {
        this.timer = timer;
    }

    /** For what a request waits for: what is pending when the core is closed is due then. */
    Deadlines answers() {
        return new Kind(true);
    }

    /** For what the core does by itself: what is pending when it is closed, or comes later, is dropped. */
    Deadlines work() {
        return new Kind(false);
    }

    private final class Kind implements Deadlines {
        private final boolean isAwaited;

        Kind(boolean isAwaited) {
            this.isAwaited = isAwaited;
        }

        @Override
        public Deadline schedule(Duration delay, Runnable action) {
            return begin(new Pending(action, isAwaited), what -> timer.schedule(delay, what));
        }

        @Override
        public Deadline pause(Duration delay, Runnable action) {
            return begin(new Pending(action, isAwaited), what -> timer.pause(delay, what));
        }
    }

    private Pending begin(Pending what, Function<Runnable, Deadlines.Deadline> schedule) {
        if (closed && !what.isAwaited) {
            return what;
        }
        pending.add(what);
        what.keep(schedule.apply(what));
        if (closed) {
            // It may have come too late to be found by the close. Who waits does so for its own time at the most.
            drop(what);
        }
        return what;
    }

    private void drop(Pending what) {
        if (!what.isAwaited) {
            what.cancel();
        }
    }

    /** None of those that were pending is left on the timer. */
    @Override
    public void close() {
        closed = true;
        for (Pending each : pending) {
            if (each.isAwaited) {
                each.hurry();
            } else {
                each.cancel();
            }
        }
    }

    private final class Pending implements Runnable, Deadlines.Deadline {
        private final Runnable action;
        private final boolean isAwaited;
        // Guarded by this.
        private Deadlines.Deadline scheduled;
        private boolean over;

        Pending(Runnable action, boolean isAwaited) {
            this.action = action;
            this.isAwaited = isAwaited;
        }

        /** It may be over before its deadline is known here. */
        synchronized void keep(Deadlines.Deadline deadline) {
            scheduled = deadline;
            if (over) {
                deadline.cancel();
            }
        }

        @Override
        public void run() {
            if (end()) {
                action.run();
            }
        }

        @Override
        public void cancel() {
            end();
        }

        /** Runs on the timer's thread, as it would have anyway. */
        void hurry() {
            timer.schedule(Duration.ZERO, this);
        }

        /** True for the one that ends it. */
        private boolean end() {
            synchronized (this) {
                if (over) {
                    return false;
                }
                over = true;
                if (scheduled != null) {
                    scheduled.cancel();
                }
            }
            pending.remove(this);
            return true;
        }
    }
}
