package io.strikemq.application.transaction;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.transaction.log.TransactionRecord;
import java.util.ArrayList;
import java.util.List;

/** A log of transactions in memory that can be broken. */
final class RememberedTransactionLog implements TransactionLog {
    static final int EPOCH = 3;

    private final List<TransactionRecord> records = new ArrayList<>();
    private ErrorCode failure = ErrorCode.NONE;

    void failWith(ErrorCode error) {
        failure = error;
    }

    List<TransactionRecord> records() {
        return List.copyOf(records);
    }

    @Override
    public void prepare() {
        // It always is.
    }

    @Override
    public void append(TransactionRecord transactionRecord) {
        if (failure != ErrorCode.NONE) {
            throw new BrokerException(failure, "The log is broken.");
        }
        records.add(transactionRecord);
    }

    @Override
    public int coordinatorEpoch(String transactionalId) {
        return EPOCH;
    }

    @Override
    public void replay(Visitor visitor) {
        records().forEach(visitor::found);
    }
}
