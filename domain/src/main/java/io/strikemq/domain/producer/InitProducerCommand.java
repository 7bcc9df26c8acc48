package io.strikemq.domain.producer;

/**
 * A producer that wants an id.
 *
 * @param transactionalId null for a producer without transactions
 * @param timeoutMs       how long its transactions may last; means nothing without them
 * @param current         who it was until now, where it goes on after an error (KIP-360), or {@link ProducerIdentity#NONE}
 */
public record InitProducerCommand(String transactionalId, int timeoutMs, ProducerIdentity current) {}
