package io.strikemq.domain.await;

import io.strikemq.domain.await.Condition.TransactionOver;
import io.strikemq.domain.producer.TransactionMarker.Outcome;

/** Begins conditions on the transactions of a transactional id; {@link Condition#transaction}. */
public record OfTransaction(String transactionalId) {
    /** {@link TransactionOver}, committed. */
    public TransactionOver isCommitted() {
        return new TransactionOver(transactionalId, Outcome.COMMIT);
    }

    /** {@link TransactionOver}, aborted. */
    public TransactionOver isAborted() {
        return new TransactionOver(transactionalId, Outcome.ABORT);
    }

    /** {@link TransactionOver}, one way or the other. */
    public TransactionOver isOver() {
        return new TransactionOver(transactionalId, null);
    }
}
