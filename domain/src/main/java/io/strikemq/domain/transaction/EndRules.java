package io.strikemq.domain.transaction;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.transaction.TransactionEffect.Answer;
import io.strikemq.domain.transaction.TransactionEffect.Store;
import io.strikemq.domain.transaction.TransactionEffect.WriteMarkers;
import io.strikemq.domain.transaction.TransactionEvent.End;
import java.util.OptionalLong;

/**
 * How transactions end. What a producer is told that ends one which is not open:
 *
 * <pre>
 *                  versions 0, 1            version 2: epoch of now     version 2: epoch before
 *                  abort       commit       abort        commit         abort      commit
 * Empty            TXN_STATE   TXN_STATE    new epoch    TXN_STATE      FENCED     FENCED
 * CompleteAbort    NONE        TXN_STATE    new epoch    TXN_STATE      NONE       TXN_STATE
 * CompleteCommit   TXN_STATE   NONE         new epoch    TXN_STATE      TXN_STATE  NONE
 * </pre>
 *
 * <p>In version 2 the epoch tells a retry from the end of the next transaction; before, nothing does.
 */
final class EndRules {
    private static final short NO_EPOCH = ProducerIdentity.NONE.epoch();

    private EndRules() {}

    static TransactionTransition end(Transaction transaction, End end, OptionalLong freshId, long nowMs) {
        if (transaction.isUnknown()) {
            return TransactionTransition.refused(transaction, ErrorCode.INVALID_PRODUCER_ID_MAPPING);
        }
        return end.client().bumpsEpochs()
                ? endOfVersion2(transaction, end, freshId, nowMs)
                : endOfOlderVersion(transaction, end, nowMs);
    }

    private static TransactionTransition endOfOlderVersion(Transaction transaction, End end, long nowMs) {
        TransactionProducer producer = transaction.producer();
        if (producer.id() != end.producer().id()) {
            return TransactionTransition.refused(transaction, ErrorCode.INVALID_PRODUCER_ID_MAPPING);
        }
        if (producer.epoch() != end.producer().epoch()) {
            return TransactionTransition.refused(transaction, ErrorCode.PRODUCER_FENCED);
        }
        if (transaction.state().isPrepared()) {
            return TransactionTransition.refused(transaction, ErrorCode.CONCURRENT_TRANSACTIONS);
        }
        if (!transaction.is(TransactionState.ONGOING)) {
            return transaction.is(complete(end.outcome()))
                    ? TransactionTransition.settled(transaction)
                    : TransactionTransition.refused(transaction, ErrorCode.INVALID_TXN_STATE);
        }
        return prepared(
                new TransactionDraft(transaction).version(TransactionVersion.V0), end.outcome(), nowMs, ErrorCode.NONE);
    }

    private static TransactionTransition endOfVersion2(
            Transaction transaction, End end, OptionalLong freshId, long nowMs) {
        if (transaction.state().isPrepared()) {
            return TransactionTransition.refused(transaction, ErrorCode.CONCURRENT_TRANSACTIONS);
        }
        TransactionProducer producer = transaction.producer();
        boolean isRetryWithOldId = isRetryWithOldId(producer, end.producer());
        if (producer.id() != end.producer().id() && !isRetryWithOldId) {
            return TransactionTransition.refused(transaction, ErrorCode.INVALID_PRODUCER_ID_MAPPING);
        }
        boolean isRetry = isRetryWithOldId || producer.epoch() == end.producer().epoch() + 1;
        boolean canBeRetry =
                transaction.is(TransactionState.COMPLETE_COMMIT) || transaction.is(TransactionState.COMPLETE_ABORT);
        if (isRetry && canBeRetry) {
            return transaction.is(complete(end.outcome()))
                    ? TransactionTransition.settled(transaction)
                    : TransactionTransition.refused(transaction, ErrorCode.INVALID_TXN_STATE);
        }
        if (producer.epoch() != end.producer().epoch()) {
            return TransactionTransition.refused(transaction, ErrorCode.PRODUCER_FENCED);
        }
        boolean isOngoing = transaction.is(TransactionState.ONGOING);
        if (!isOngoing && end.outcome() == Outcome.COMMIT) {
            return TransactionTransition.refused(transaction, ErrorCode.INVALID_TXN_STATE);
        }
        if (producer.isExhausted() && freshId.isEmpty()) {
            return TransactionTransition.needsProducerId(transaction);
        }
        TransactionDraft draft = bumped(new TransactionDraft(transaction), freshId);
        // The producer may abort what it never began: its records can be on their way, and the new epoch stops them.
        draft.started(isOngoing ? transaction.startMs() : nowMs).version(end.client());
        return prepared(draft, end.outcome(), nowMs, ErrorCode.NONE);
    }

    /** Whether the epoch was the id's last, and the producer has not heard of its new id. */
    private static boolean isRetryWithOldId(TransactionProducer producer, ProducerIdentity asking) {
        return producer.previousId() == asking.id() && asking.epoch() == Short.MAX_VALUE - 1 && producer.epoch() == 0;
    }

    /** Aborts an open transaction without its producer, which has a stale epoch from now on. */
    static TransactionTransition fence(
            Transaction transaction,
            TransactionVersion server,
            OptionalLong freshId,
            long nowMs,
            ErrorCode toldAfterwards) {
        TransactionDraft draft = new TransactionDraft(transaction).enter(TransactionState.PREPARE_EPOCH_FENCE);
        if (server.bumpsEpochs()) {
            if (transaction.producer().isExhausted() && freshId.isEmpty()) {
                return TransactionTransition.needsProducerId(transaction);
            }
            bumped(draft, freshId).version(server);
        } else {
            draft.producer(draft.producer().withEpochs(after(draft.producer().epoch()), NO_EPOCH))
                    .version(TransactionVersion.V0);
        }
        return prepared(draft, Outcome.ABORT, nowMs, toldAfterwards);
    }

    /** The markers have the next epoch; after the last one the producer goes on with another id. */
    private static TransactionDraft bumped(TransactionDraft draft, OptionalLong freshId) {
        TransactionProducer producer = draft.producer();
        long nextId = producer.isExhausted() ? freshId.getAsLong() : ProducerIdentity.NONE.id();
        return draft.producer(
                producer.withEpochs(after(producer.epoch()), producer.epoch()).withNextId(nextId));
    }

    private static short after(short epoch) {
        return epoch == Short.MAX_VALUE ? epoch : (short) (epoch + 1);
    }

    private static TransactionTransition prepared(
            TransactionDraft draft, Outcome outcome, long nowMs, ErrorCode toldAfterwards) {
        Transaction next = draft.enter(
                        outcome == Outcome.COMMIT ? TransactionState.PREPARE_COMMIT : TransactionState.PREPARE_ABORT)
                .updated(nowMs);
        ProducerIdentity from =
                toldAfterwards == ErrorCode.NONE ? afterCompletion(next).identity() : ProducerIdentity.NONE;
        return TransactionTransition.to(next, new Store(), new Answer(toldAfterwards, from), markers(next));
    }

    /** The markers of a transaction whose outcome is decided. */
    static WriteMarkers markers(Transaction prepared) {
        Outcome outcome = prepared.is(TransactionState.PREPARE_COMMIT) ? Outcome.COMMIT : Outcome.ABORT;
        return new WriteMarkers(prepared.producer().identity(), outcome, prepared.version(), prepared.partitions());
    }

    /** The transaction once all markers are written. */
    static Transaction completed(Transaction prepared, long nowMs) {
        TransactionProducer after = afterCompletion(prepared);
        return new TransactionDraft(prepared)
                .enter(
                        prepared.is(TransactionState.PREPARE_COMMIT)
                                ? TransactionState.COMPLETE_COMMIT
                                : TransactionState.COMPLETE_ABORT)
                .producer(after.withPreviousId(prepared.producer().id()))
                .withoutPartitions()
                .updated(nowMs);
    }

    /** A new id begins with epoch 0; the last epoch stays the one that the producer knew. */
    private static TransactionProducer afterCompletion(Transaction prepared) {
        TransactionProducer producer = prepared.producer();
        boolean getsNextId = prepared.version().bumpsEpochs() && producer.nextId() != ProducerIdentity.NONE.id();
        return getsNextId
                ? producer.withId(producer.nextId())
                        .withEpochs((short) 0, producer.lastEpoch())
                        .withNextId(ProducerIdentity.NONE.id())
                : producer.withNextId(ProducerIdentity.NONE.id());
    }

    private static TransactionState complete(Outcome outcome) {
        return outcome == Outcome.COMMIT ? TransactionState.COMPLETE_COMMIT : TransactionState.COMPLETE_ABORT;
    }
}
