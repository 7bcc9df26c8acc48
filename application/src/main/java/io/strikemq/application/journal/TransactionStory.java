package io.strikemq.application.journal;

import io.strikemq.application.transaction.TransactionWatch;
import io.strikemq.domain.journal.Happening;
import io.strikemq.domain.journal.Happening.Kind;
import io.strikemq.domain.port.out.Events;
import io.strikemq.domain.transaction.Transaction;
import io.strikemq.domain.transaction.TransactionEvent;
import io.strikemq.domain.transaction.TransactionState;

/** Tells of transactions that are aborted against their producer's will. */
public final class TransactionStory implements TransactionWatch {
    private final Events events;

    /** Tells these. */
    public TransactionStory(Events events) {
        this.events = events;
    }

    @Override
    public void stored(Transaction before, TransactionEvent event, Transaction after) {
        if (!before.is(TransactionState.ONGOING) || !after.is(TransactionState.PREPARE_ABORT)) {
            return;
        }
        String reason = reason(before, event);
        if (reason == null) {
            return;
        }
        String id = before.transactionalId();
        events.happened(Happening.ofTransaction(
                Kind.TRANSACTION_ABORTED,
                id,
                "the transaction of transactional id " + id + " on " + before.partitions() + " is aborted, since "
                        + reason + "; its producer " + before.producer().id() + " with epoch "
                        + before.producer().epoch() + " is fenced"));
    }

    /** Null where the producer wanted it. */
    private static String reason(Transaction before, TransactionEvent event) {
        if (event instanceof TransactionEvent.TimePassed) {
            return "it was open for longer than its timeout of " + before.timeoutMs() + " ms";
        } else if (event instanceof TransactionEvent.Initialize) {
            return "a producer initialized the id anew";
        } else if (event instanceof TransactionEvent.End
                || event instanceof TransactionEvent.AddPartitions
                || event instanceof TransactionEvent.MarkersWritten
                || event instanceof TransactionEvent.Loaded
                || event instanceof TransactionEvent.Unused) {
            return null;
        } else {
            throw new IllegalStateException("unexpected " + event);
        }
    }
}
