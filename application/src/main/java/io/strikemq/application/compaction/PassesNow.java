package io.strikemq.application.compaction;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.RecordsCompacted;

/** The passes over a partition that somebody asked for: as many as it takes until all is compacted that was there then. */
final class PassesNow {
    private static final long NONE = -1;

    /** How often a pass is begun anew because records were deleted under it: each time a segment less is there. */
    private static final int MOST_FURTHER_TRIES = 100;

    private long goal = NONE;
    private int furtherTries;
    private RecordsCompacted done;

    /** The first pass begins: it is to come up to this offset. */
    void begin(long offset) {
        goal = offset;
    }

    /** Whether a pass was begun before. */
    boolean hasBegun() {
        return goal != NONE;
    }

    /** Whether to begin anew after a pass that failed like this: what deletions have left is compacted. */
    boolean mayTryAgain(Throwable failure) {
        return failure instanceof BrokerException refused
                && refused.error() == ErrorCode.OFFSET_OUT_OF_RANGE
                && furtherTries++ < MOST_FURTHER_TRIES;
    }

    /** A pass is over; says whether one more has to follow. */
    boolean add(RecordsCompacted pass) {
        boolean isProgress = done == null || pass.compactedTo() > done.compactedTo();
        done = done == null ? pass : done.then(pass);
        return isProgress && pass.compactedTo() < goal;
    }

    /** What all of them have done. */
    RecordsCompacted done() {
        return done;
    }
}
