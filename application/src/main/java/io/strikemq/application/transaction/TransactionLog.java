package io.strikemq.application.transaction;

import io.strikemq.domain.transaction.log.TransactionRecord;

/** Where transactions are kept. Callable from any thread. */
public interface TransactionLog {
    /**
     * Makes the log ready for its first record, which may take long; cheap once it is.
     *
     * @throws io.strikemq.domain.error.BrokerException when it cannot be made
     */
    void prepare();

    /**
     * Appends a record; it survives the end of the process when the call returns.
     *
     * @throws io.strikemq.domain.error.BrokerException when the log does not take it
     */
    void append(TransactionRecord transactionRecord);

    /** The epoch of the coordinator for this id, which its markers carry. */
    int coordinatorEpoch(String transactionalId);

    /** Tells of all records: of each id, what was appended last is told last; some may be told twice. */
    void replay(Visitor visitor);

    /** Who is told what the log holds. */
    interface Visitor {
        /** A record. */
        void found(TransactionRecord transactionRecord);

        /** Something that cannot be read, and why. */
        void skipped(String what, String why);
    }
}
