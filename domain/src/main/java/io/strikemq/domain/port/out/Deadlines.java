package io.strikemq.domain.port.out;

import java.time.Duration;

/** Runs things later. Nothing wakes up while nothing is scheduled. Callable from any thread. */
public interface Deadlines {
    /**
     * Runs {@code action} once, {@code delay} from now, on a thread of the timer; the action is short and does not
     * block. A delay of zero or less runs it as soon as possible, never on the calling thread.
     */
    Deadline schedule(Duration delay, Runnable action);

    /**
     * The same for whoever waits for the broker and not for a time: a client for an answer, the broker for itself before it tries again.
     * While the clock stands still, real time counts as well, so that nobody is kept waiting for good.
     */
    default Deadline pause(Duration delay, Runnable action) {
        return schedule(delay, action);
    }

    /** Something that will run later, unless it is cancelled. */
    interface Deadline {
        /** Makes sure, as far as it has not begun to run, that it never will. Calling it again does nothing. */
        void cancel();
    }
}
