package io.strikemq.domain.record;

/** Versions of the message format ("magic"): 0 of Kafka 0.8, 1 with timestamps (KIP-32), 2 with batches (KIP-98). */
public final class MessageFormat {
    public static final byte V0 = 0;
    public static final byte V1 = 1;
    public static final byte V2 = 2;

    /** A record or batch that carries no timestamp, as all of format 0. */
    public static final long NO_TIMESTAMP = -1;

    private MessageFormat() {}
}
