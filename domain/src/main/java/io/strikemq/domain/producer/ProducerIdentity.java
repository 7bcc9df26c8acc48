package io.strikemq.domain.producer;

/** An idempotent producer's id and epoch (KIP-98); both -1 stand for none. */
public record ProducerIdentity(long id, short epoch) {
    /** No identity. */
    public static final ProducerIdentity NONE = new ProducerIdentity(-1, (short) -1);
}
