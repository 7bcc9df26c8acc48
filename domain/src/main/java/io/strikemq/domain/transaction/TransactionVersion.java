package io.strikemq.domain.transaction;

/** The levels of Kafka's feature {@code transaction.version}: by which rules a transaction runs. */
public enum TransactionVersion {
    /** Kafka before 4.0. */
    V0,
    /** As version 0, with records in the log that have room for more (KIP-915). */
    V1,
    /** KIP-890: each transaction has an epoch of its own, and the broker adds partitions when they are written to. */
    V2;

    /** The feature's number. */
    public short level() {
        return (short) ordinal();
    }

    /**
     * The version of that number.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static TransactionVersion of(int level) {
        if (level < 0 || level >= values().length) {
            throw new IllegalArgumentException("there is no transaction.version " + level);
        }
        return values()[level];
    }

    /** Whether the end of a transaction gives its producer another epoch. */
    public boolean bumpsEpochs() {
        return this == V2;
    }

    /** The version of Kafka's log records that a broker of this version writes. */
    public short logValueVersion() {
        return (short) (this == V0 ? 0 : 1);
    }
}
