package io.strikemq.domain.producer;

/**
 * A verification that a partition belongs to a producer's transaction, from the question to the append (KIP-890). A
 * marker that ends the transaction in between makes it void: records that come late must not begin a new transaction,
 * which nobody would ever end.
 *
 * <p>Not thread-safe: the partition's lock guards it, and others only hold it.
 */
public final class TransactionGuard {
    /** Where nothing was to be verified, since the transaction is open already. */
    public static final TransactionGuard NOT_NEEDED = new TransactionGuard(-1, (short) -1, false, 0);

    private final long sinceMillis;
    private boolean producerBumpsEpochs;
    private int lowestSequence;
    private short epoch;

    /** A guard for records of this epoch that begin with this sequence number; {@code sinceMillis} is the wall clock. */
    TransactionGuard(int sequence, short epoch, boolean producerBumpsEpochs, long sinceMillis) {
        this.lowestSequence = sequence;
        this.epoch = epoch;
        this.producerBumpsEpochs = producerBumpsEpochs;
        this.sinceMillis = sinceMillis;
    }

    /**
     * More records of the producer are to be verified. By which rules it runs goes with its newest epoch: the id may have
     * passed from a new client to an old one, whose marker ends what has the marker's epoch.
     */
    void includes(int sequence, short batchEpoch, boolean bumpsEpochs) {
        if (batchEpoch > epoch) {
            epoch = batchEpoch;
            producerBumpsEpochs = bumpsEpochs;
            lowestSequence = sequence;
        } else if (batchEpoch == epoch) {
            lowestSequence = Math.min(lowestSequence, sequence);
        }
    }

    /** The smallest sequence number among the records that were to be verified. */
    int lowestSequence() {
        return lowestSequence;
    }

    /** The newest epoch among them. */
    short epoch() {
        return epoch;
    }

    /** Whether each transaction of the producer of that epoch has an epoch of its own (transaction version 2). */
    boolean producerBumpsEpochs() {
        return producerBumpsEpochs;
    }

    long sinceMillis() {
        return sinceMillis;
    }
}
