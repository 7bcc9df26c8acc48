package io.strikemq.application.await;

import io.strikemq.application.await.Changes.Kind;
import io.strikemq.domain.await.Condition.TransactionOver;
import io.strikemq.domain.port.in.InspectTransactions;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.transaction.Transaction;
import io.strikemq.domain.transaction.TransactionState;
import java.util.Set;

/**
 * Whether a transaction is over. The next one may begin before anybody looks, so that an end is remembered when it is
 * told.
 */
final class TransactionCheck implements Check {
    private final TransactionOver wanted;
    private final InspectTransactions transactions;
    /** A transaction that was over in the way that is wanted; null without any. */
    private volatile Transaction ended;

    TransactionCheck(TransactionOver wanted, InspectTransactions transactions) {
        this.wanted = wanted;
        this.transactions = transactions;
    }

    @Override
    public void changed(Transaction transaction) {
        if (transaction.transactionalId().equals(wanted.transactionalId()) && isOver(transaction)) {
            ended = transaction;
        }
    }

    @Override
    public Sight look() {
        Transaction over = ended;
        if (over != null) {
            return Sight.of(true, said(over));
        }
        return transactions
                .describe(SeenGroups.NOBODY, wanted.transactionalId())
                .map(now -> Sight.of(isOver(now), said(now)))
                .orElseGet(() -> Sight.of(false, "nobody has used the id"));
    }

    private static String said(Transaction transaction) {
        return "it is " + transaction.state().kafkaName();
    }

    private boolean isOver(Transaction transaction) {
        boolean isCommitted = transaction.is(TransactionState.COMPLETE_COMMIT);
        boolean isAborted = transaction.is(TransactionState.COMPLETE_ABORT);
        return isCommitted && wanted.outcome() != Outcome.ABORT || isAborted && wanted.outcome() != Outcome.COMMIT;
    }

    @Override
    public Set<Kind> wanted() {
        return Set.of(Kind.TRANSACTIONS);
    }
}
