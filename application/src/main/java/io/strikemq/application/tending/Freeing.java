package io.strikemq.application.tending;

import io.strikemq.domain.port.out.Deadlines;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Gives the space of dropped segments back, on the background thread, as much later as file.delete.delay.ms says. */
public final class Freeing {
    private static final long LONGEST_MILLIS = Duration.ofDays(365).toMillis();

    private final Deadlines deadlines;
    private final Executor background;

    public Freeing(Deadlines deadlines, Executor background) {
        this.deadlines = deadlines;
        this.background = background;
    }

    /** Does it at once without a delay: the caller is on a thread that may wait. */
    public void after(long delayMillis, Runnable freeing) {
        if (delayMillis == 0) {
            freeing.run();
        } else {
            deadlines.schedule(
                    Duration.ofMillis(Math.min(delayMillis, LONGEST_MILLIS)), () -> background.execute(freeing));
        }
    }
}
