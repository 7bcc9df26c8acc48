package io.strikemq.domain.transaction;

import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionMarker.Outcome;

/**
 * The end of a producer's transaction.
 *
 * @param transactionalId null and empty are refused
 * @param client          by which rules the producer runs its transactions
 */
public record EndTransactionCommand(
        String transactionalId, ProducerIdentity producer, Outcome outcome, TransactionVersion client) {}
