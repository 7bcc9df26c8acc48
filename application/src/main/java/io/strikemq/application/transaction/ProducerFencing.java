package io.strikemq.application.transaction;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.FenceProducers;
import io.strikemq.domain.producer.ProducerFenced;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.transaction.Transaction;
import io.strikemq.domain.transaction.TransactionState;

/** Fences a producer by what another one would do in its place: InitProducerId, without knowing who had the id. */
public final class ProducerFencing implements FenceProducers {
    private final CoordinatedTransactions transactions;
    private final TransactionCoordination coordination;

    public ProducerFencing(CoordinatedTransactions transactions, TransactionCoordination coordination) {
        this.transactions = transactions;
        this.coordination = coordination;
    }

    @Override
    public ProducerFenced fence(String transactionalId) {
        Transaction before = now(transactionalId);
        boolean isOpen = before.is(TransactionState.ONGOING);
        ProducerIdentity next = initialized(before);
        if (isOpen) {
            // Its abort has used up an epoch, which its producer might take for the end of its own commit.
            next = initialized(now(transactionalId));
        }
        return new ProducerFenced(transactionalId, next, isOpen);
    }

    /**
     * Whoever initializes in the middle of a transaction is told to come again. Who had the id until then is fenced all the same, as soon as
     * the abort has begun.
     */
    private ProducerIdentity initialized(Transaction before) {
        try {
            return coordination.initialize(before.transactionalId(), before.timeoutMs(), ProducerIdentity.NONE);
        } catch (BrokerException e) {
            Transaction after = now(before.transactionalId());
            boolean isAborting = after.is(TransactionState.PREPARE_ABORT) || after.is(TransactionState.COMPLETE_ABORT);
            if (e.error() != ErrorCode.CONCURRENT_TRANSACTIONS || !isAborting) {
                throw e;
            }
            return after.producer().identity();
        }
    }

    private Transaction now(String transactionalId) {
        return transactions
                .find(transactionalId)
                .map(CoordinatedTransaction::now)
                .filter(transaction -> !transaction.isUnknown())
                .orElseThrow(() -> new BrokerException(
                        ErrorCode.TRANSACTIONAL_ID_NOT_FOUND,
                        "there is no transactional id '" + transactionalId + "'"));
    }
}
