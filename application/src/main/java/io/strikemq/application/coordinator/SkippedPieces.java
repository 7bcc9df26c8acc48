package io.strikemq.application.coordinator;

import io.strikemq.domain.request.Printable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * What of a {@link CoordinatorTopic} could not be read: named in the broker's log, the first few pieces one by one, and all
 * of them as a number. For one thread.
 */
public final class SkippedPieces {
    /** How many are named. */
    public static final int MOST_NAMED = 10;

    private final Logger log;
    private long count;

    /** {@code log}: where it is said. */
    public SkippedPieces(Logger log) {
        this.log = log;
    }

    /** One more: which record, batch or partition, and why. */
    public void add(String what, String why) {
        count++;
        if (count <= MOST_NAMED) {
            log.log(Level.WARNING, "Skipping " + Printable.name(what) + ": " + Printable.name(why));
        }
    }

    /** How many there were until now. */
    public long count() {
        return count;
    }

    /** Says how much is missing, if something is; {@code whole}: what was read back without it. */
    public void report(String whole) {
        if (count > 0) {
            log.log(
                    Level.WARNING,
                    whole + " were read back without " + count + " records or batches that cannot be read; the first "
                            + Math.min(count, MOST_NAMED) + " are named above.");
        }
    }
}
