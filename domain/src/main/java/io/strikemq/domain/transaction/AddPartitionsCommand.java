package io.strikemq.domain.transaction;

import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.topic.TopicPartition;
import java.util.List;

/**
 * Partitions that are to take part in a producer's transaction: what the producer asks for itself, and brokers before they
 * append its records.
 *
 * @param transactionalId null and empty are refused
 * @param client          by which rules the producer runs its transactions
 */
public record AddPartitionsCommand(
        String transactionalId,
        ProducerIdentity producer,
        List<TopicPartition> partitions,
        TransactionVersion client,
        Purpose purpose) {
    /** What is to be done with them. */
    public enum Purpose {
        /** They are added. */
        ADD,
        /** It is only told which of them are part of it (KIP-890). */
        VERIFY
    }
}
