package io.strikemq.application.await;

import io.strikemq.application.await.Changes.Kind;
import io.strikemq.domain.transaction.Transaction;
import java.util.Set;

/** One condition, looked at as often as something may have changed it; by one thread at a time. */
interface Check {
    /**
     * What a look has found.
     *
     * @param holds whether the condition is true
     * @param seen  what there is, as a part of a sentence
     * @param isAll whether that is all: a look that would take long ends earlier, and goes on with the next one
     */
    record Sight(boolean holds, String seen, boolean isAll) {
        static Sight of(boolean holds, String seen) {
            return new Sight(holds, seen, true);
        }
    }

    /** Looks. May wait for the disk. */
    Sight look();

    /** Which changes may make it true. */
    Set<Kind> wanted();

    /** What a transactional id is now; called by any thread, and takes no lock. */
    default void changed(Transaction transaction) {
        // Most have nothing to do with transactions.
    }
}
