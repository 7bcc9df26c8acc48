package io.strikemq.domain.port.in;

import io.strikemq.domain.offset.OffsetCommitted;
import io.strikemq.domain.offset.OffsetsInTransaction;
import io.strikemq.domain.request.RequestContext;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Commits offsets of groups with the transactions of producers. Callable from any thread. */
@FunctionalInterface
public interface CommitOffsetsInTransaction {
    /**
     * Writes the offsets down, to hold from the moment at which the transaction is committed; complete when they are in the
     * log, one result a partition in the order given.
     *
     * <p>Errors beside those of a plain commit: INVALID_GROUP_ID; INVALID_PRODUCER_EPOCH, INVALID_PRODUCER_ID_MAPPING,
     * INVALID_TXN_STATE, TRANSACTION_ABORTABLE and CONCURRENT_TRANSACTIONS by the coordinator of the transaction.
     */
    CompletionStage<List<OffsetCommitted>> commit(RequestContext context, OffsetsInTransaction offsets);
}
