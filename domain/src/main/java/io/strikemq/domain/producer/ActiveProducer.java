package io.strikemq.domain.producer;

/**
 * What a partition tells of an idempotent producer that it remembers (KIP-664).
 *
 * @param lastSequence      of the last record that it wrote; -1 for none
 * @param lastTimestamp     the largest of its last batch, or of the marker after it, in milliseconds; -1 for none
 * @param coordinatorEpoch  of the coordinator that ended its last transaction; -1 for none
 * @param transactionOffset where its open transaction begins; -1 without one
 */
public record ActiveProducer(
        ProducerIdentity identity,
        int lastSequence,
        long lastTimestamp,
        int coordinatorEpoch,
        long transactionOffset) {}
