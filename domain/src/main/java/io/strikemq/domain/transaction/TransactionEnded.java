package io.strikemq.domain.transaction;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.producer.ProducerIdentity;

/**
 * What became of the end of a transaction.
 *
 * @param producer by which id and epoch the producer goes on; {@link ProducerIdentity#NONE} with an error
 */
public record TransactionEnded(ErrorCode error, ProducerIdentity producer) {}
