package io.strikemq.domain.producer;

/**
 * What is known of a producer's last batch of records on a partition.
 *
 * @param offset its last offset; negative if none is known
 * @param epoch  the producer's
 */
public record LastBatch(long offset, short epoch) {}
