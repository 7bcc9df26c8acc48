package io.strikemq.application.transaction;

import io.strikemq.domain.transaction.Transaction;
import io.strikemq.domain.transaction.TransactionEvent;

/** Sees what becomes of transactions. Called without a lock by the thread that changed it: quick, and never fails. */
@FunctionalInterface
public interface TransactionWatch {
    /** Nobody looks. */
    TransactionWatch NOBODY = (before, event, after) -> {};

    /** This event has made the one of the other, and the log has it. */
    void stored(Transaction before, TransactionEvent event, Transaction after);
}
