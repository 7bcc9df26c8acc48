package io.strikemq.application.transaction;

import io.strikemq.domain.request.Printable;
import io.strikemq.domain.transaction.Transaction;
import io.strikemq.domain.transaction.log.TransactionRecord;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the log says of all transactional ids: of each the last word. What could not be read is named in the broker's log,
 * the first few pieces one by one, and all of them as a number. For one thread.
 */
final class LoadedTransactions implements TransactionLog.Visitor {
    static final int MOST_NAMED = 10;

    private static final Logger LOG = System.getLogger(LoadedTransactions.class.getName());

    private final Map<String, Transaction> transactions = new TreeMap<>();
    private long skipped;

    @Override
    public void found(TransactionRecord found) {
        if (found.value() == null) {
            transactions.remove(found.transactionalId());
        } else {
            transactions.put(found.transactionalId(), found.value());
        }
    }

    @Override
    public void skipped(String what, String why) {
        skipped++;
        if (skipped <= MOST_NAMED) {
            LOG.log(Level.WARNING, "Skipping " + Printable.name(what) + ": " + Printable.name(why));
        }
    }

    /** The last word of each id that is not forgotten. */
    Collection<Transaction> all() {
        return transactions.values();
    }

    /** Says in the broker's log how much is missing, if something is. */
    void report() {
        if (skipped > 0) {
            LOG.log(
                    Level.WARNING,
                    "Transactions were read back without " + skipped
                            + " records or batches that cannot be read; the first " + Math.min(skipped, MOST_NAMED)
                            + " are named above.");
        }
    }
}
