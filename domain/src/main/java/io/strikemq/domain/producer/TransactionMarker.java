package io.strikemq.domain.producer;

/**
 * Ends a producer's transaction on a partition (KIP-98): the transaction coordinator has it written to every partition of
 * the transaction.
 *
 * @param producer           whose transaction ends, and the epoch that the marker carries
 * @param outcome            how it ends
 * @param coordinatorEpoch   the leader epoch of the coordinator's partition of __transaction_state; one that is older than
 *                           that of the producer's last marker is fenced
 * @param transactionVersion by which rules the transaction was run (KIP-1228): from 2 on each transaction has an epoch of
 *                           its own, so a marker's epoch must be larger than that of the records; below, at least as large
 */
public record TransactionMarker(
        ProducerIdentity producer, Outcome outcome, int coordinatorEpoch, short transactionVersion) {
    private static final short EPOCH_FOR_EACH = 2;
    private static final short UNKNOWN_VERSION = -1;

    /** Whether it names a producer, its epoch and the rules by which it is to be taken. */
    public boolean isComplete() {
        return producer.id() != ProducerIdentity.NONE.id()
                && producer.epoch() != ProducerIdentity.NONE.epoch()
                && transactionVersion != UNKNOWN_VERSION;
    }

    /** Whether its transaction has an epoch of its own. */
    boolean hasOwnEpoch() {
        return transactionVersion >= EPOCH_FOR_EACH;
    }

    /** How a transaction ends. */
    public enum Outcome {
        /** Its records are void. */
        ABORT,
        /** Its records are valid. */
        COMMIT
    }
}
