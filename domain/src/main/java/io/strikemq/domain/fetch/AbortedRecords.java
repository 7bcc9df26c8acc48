package io.strikemq.domain.fetch;

import io.strikemq.domain.fetch.PartitionFetched.AbortedTransaction;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.record.EndTransactionRecord;
import io.strikemq.domain.record.RecordBatch;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;

/**
 * Tells a reader of committed records which of the batches that it fetched are of aborted transactions, as Kafka's
 * consumers do (KIP-98). For the batches of one fetch in the order of their offsets, by one thread.
 */
public final class AbortedRecords {
    private final Queue<AbortedTransaction> ahead =
            new PriorityQueue<>(Comparator.comparingLong(AbortedTransaction::firstOffset));
    /** Whose records are void until the marker comes. */
    private final Set<Long> producers = new HashSet<>();

    /** What the fetch said of aborted transactions; null for a reader that asked for uncommitted records too. */
    public AbortedRecords(List<AbortedTransaction> aborted) {
        if (aborted != null) {
            ahead.addAll(aborted);
        }
    }

    /** Whether the batch, which is the next one, is of an aborted transaction. */
    public boolean hides(RecordBatch batch) {
        while (!ahead.isEmpty() && ahead.peek().firstOffset() <= batch.lastOffset()) {
            producers.add(ahead.remove().producerId());
        }
        if (!batch.isTransactional() || !producers.contains(batch.producerId())) {
            return false;
        }
        EndTransactionRecord end = EndTransactionRecord.in(batch);
        if (end != null && end.outcome() == Outcome.ABORT) {
            producers.remove(batch.producerId());
        }
        return true;
    }
}
