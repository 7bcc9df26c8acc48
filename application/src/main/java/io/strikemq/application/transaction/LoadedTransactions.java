package io.strikemq.application.transaction;

import io.strikemq.application.coordinator.SkippedPieces;
import io.strikemq.domain.transaction.Transaction;
import io.strikemq.domain.transaction.log.TransactionRecord;
import java.lang.System.Logger;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the log says of all transactional ids: of each the last word. What could not be read is named in the broker's log.
 * For one thread.
 */
final class LoadedTransactions implements TransactionLog.Visitor {
    private static final Logger LOG = System.getLogger(LoadedTransactions.class.getName());

    private final Map<String, Transaction> transactions = new TreeMap<>();
    private final SkippedPieces skipped = new SkippedPieces(LOG);

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
        skipped.add(what, why);
    }

    /** The last word of each id that is not forgotten. */
    Collection<Transaction> all() {
        return transactions.values();
    }

    /** Says in the broker's log how much is missing, if something is. */
    void report() {
        skipped.report("Transactions");
    }
}
