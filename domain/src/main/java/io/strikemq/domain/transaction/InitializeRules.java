package io.strikemq.domain.transaction;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.transaction.TransactionEffect.Answer;
import io.strikemq.domain.transaction.TransactionEffect.Store;
import io.strikemq.domain.transaction.TransactionEvent.Initialize;
import java.util.OptionalLong;

/** Who gets a transactional id, and which producer id and epoch with it. */
final class InitializeRules {
    private static final short NO_EPOCH = ProducerIdentity.NONE.epoch();

    private InitializeRules() {}

    static TransactionTransition apply(
            Transaction transaction, Initialize initialize, OptionalLong freshId, long nowMs) {
        if (transaction.isUnknown()) {
            return freshId.isEmpty()
                    ? TransactionTransition.needsProducerId(transaction)
                    : begun(transaction, initialize, freshId.getAsLong(), nowMs);
        }
        if (transaction.state().isPrepared()) {
            return TransactionTransition.refused(transaction, ErrorCode.CONCURRENT_TRANSACTIONS);
        }
        if (!mayGoOn(transaction.producer(), initialize.expected())) {
            return TransactionTransition.refused(transaction, ErrorCode.PRODUCER_FENCED);
        }
        if (transaction.is(TransactionState.ONGOING)) {
            // The producer asks again, and then gets an epoch beyond the one that fences the producer before it.
            return EndRules.fence(transaction, initialize.server(), freshId, nowMs, ErrorCode.CONCURRENT_TRANSACTIONS);
        }
        return epochBumped(transaction, initialize, freshId, nowMs);
    }

    private static TransactionTransition begun(
            Transaction transaction, Initialize initialize, long freshId, long nowMs) {
        TransactionDraft draft = new TransactionDraft(transaction);
        TransactionProducer producer = new TransactionProducer(freshId, (short) 0, freshId, -1, NO_EPOCH);
        return initialized(draft.producer(producer), initialize, nowMs);
    }

    /**
     * Whether the producer is who it says, or was: it may have used up its epochs, got another id, and not heard of it.
     * Whether its epoch is still good is seen when it is bumped.
     */
    private static boolean mayGoOn(TransactionProducer producer, ProducerIdentity expected) {
        return expected.equals(ProducerIdentity.NONE)
                || expected.id() == producer.id()
                || expected.id() == producer.previousId() && TransactionProducer.isExhausted(expected.epoch());
    }

    private static TransactionTransition epochBumped(
            Transaction transaction, Initialize initialize, OptionalLong freshId, long nowMs) {
        TransactionProducer producer = transaction.producer();
        short expected = initialize.expected().epoch();
        boolean begins = initialize.expected().equals(ProducerIdentity.NONE);
        TransactionDraft draft = new TransactionDraft(transaction);
        if (begins || expected == producer.epoch()) {
            short last = begins ? NO_EPOCH : producer.epoch();
            if (!producer.isExhausted()) {
                return initialized(
                        draft.producer(draft.producer().withEpochs((short) (producer.epoch() + 1), last)),
                        initialize,
                        nowMs);
            }
            return freshId.isEmpty()
                    ? TransactionTransition.needsProducerId(transaction)
                    : initialized(
                            draft.producer(
                                    draft.producer().withId(freshId.getAsLong()).withEpochs((short) 0, last)),
                            initialize,
                            nowMs);
        }
        // The answer to the bump was lost. Had another producer been initialized since, the last epoch would be -1.
        return expected == producer.lastEpoch()
                ? initialized(draft, initialize, nowMs)
                : TransactionTransition.refused(transaction, ErrorCode.PRODUCER_FENCED);
    }

    private static TransactionTransition initialized(TransactionDraft draft, Initialize initialize, long nowMs) {
        Transaction next = draft.enter(TransactionState.EMPTY)
                .timeout(initialize.timeoutMs())
                .withoutPartitions()
                .started(Transaction.NEVER)
                .updated(nowMs);
        return TransactionTransition.to(
                next, new Store(), new Answer(ErrorCode.NONE, next.producer().identity()));
    }
}
