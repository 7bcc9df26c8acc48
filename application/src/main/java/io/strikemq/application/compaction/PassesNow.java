package io.strikemq.application.compaction;

import io.strikemq.domain.log.RecordsCompacted;

/** The passes over a partition that somebody asked for: as many as it takes until all is compacted that was there then. */
final class PassesNow {
    private long goal;
    private RecordsCompacted done;

    /** The first pass begins: it is to come up to this offset. */
    void begin(long offset) {
        goal = offset;
    }

    /** Whether a pass was done before. */
    boolean hasBegun() {
        return done != null;
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
