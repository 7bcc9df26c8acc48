package io.strikemq.domain.producer;

/**
 * What a partition tells of an idempotent producer that it remembers (KIP-664).
 *
 * @param lastSequence  of the last record that it wrote; -1 for none
 * @param lastTimestamp the largest of its last batch, in milliseconds; -1 for none
 */
public record ActiveProducer(ProducerIdentity identity, int lastSequence, long lastTimestamp) {}
