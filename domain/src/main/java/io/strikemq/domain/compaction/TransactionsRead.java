package io.strikemq.domain.compaction;

import io.strikemq.domain.log.AbortedTransaction;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.record.EndTransactionRecord;
import io.strikemq.domain.record.RecordBatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Follows the transactions of a log while its batches are read in order: which were aborted, and whose markers have
 * nothing left to end. For one thread.
 */
final class TransactionsRead {
    /** In the order of their first offsets. */
    private final List<AbortedTransaction> aborted;

    private int nextAborted;
    private final Map<Long, Aborted> openAborted = new HashMap<>();
    private final Set<Long> openCommitted = new HashSet<>();
    private final List<AbortedTransaction> stillAborted = new ArrayList<>();

    private static final class Aborted {
        private final AbortedTransaction transaction;
        private boolean hasBatches;

        private Aborted(AbortedTransaction transaction) {
            this.transaction = transaction;
        }
    }

    /** {@code aborted}: at least those of the batches that will be read. */
    TransactionsRead(List<AbortedTransaction> aborted) {
        this.aborted = aborted.stream()
                .sorted(Comparator.comparingLong(AbortedTransaction::firstOffset))
                .toList();
    }

    /** The next batch of records; says whether it was aborted. */
    boolean isAborted(RecordBatch batch) {
        beginUpTo(batch);
        if (!batch.isTransactional()) {
            return false;
        }
        Aborted open = openAborted.get(batch.producerId());
        if (open == null) {
            openCommitted.add(batch.producerId());
            return false;
        }
        open.hasBatches = true;
        return true;
    }

    /** The next control batch; says whether it is a marker that ends nothing that was read, or holds none any more. */
    boolean endsNothing(RecordBatch control) {
        beginUpTo(control);
        if (control.recordCount() == 0) {
            return true;
        }
        EndTransactionRecord end = EndTransactionRecord.in(control);
        if (end == null) {
            return false;
        }
        if (end.outcome() == Outcome.COMMIT) {
            return !openCommitted.remove(control.producerId());
        }
        Aborted ended = openAborted.remove(control.producerId());
        if (ended == null || !ended.hasBatches) {
            return true;
        }
        stillAborted.add(ended.transaction);
        return false;
    }

    /** The aborted transactions of which there was a batch, whose markers were read since the last call. */
    List<AbortedTransaction> takeStillAborted() {
        List<AbortedTransaction> taken = List.copyOf(stillAborted);
        stillAborted.clear();
        return taken;
    }

    /** Those that begin up to the end of a batch, and do not end before it: reading may begin in the midst of a log. */
    private void beginUpTo(RecordBatch batch) {
        while (nextAborted < aborted.size() && aborted.get(nextAborted).firstOffset() <= batch.lastOffset()) {
            AbortedTransaction begun = aborted.get(nextAborted++);
            if (begun.lastOffset() >= batch.baseOffset()) {
                openAborted.putIfAbsent(begun.producerId(), new Aborted(begun));
            }
        }
    }
}
