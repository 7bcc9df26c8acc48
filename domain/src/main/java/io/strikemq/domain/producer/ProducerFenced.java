package io.strikemq.domain.producer;

/**
 * A transactional id after its producer was fenced.
 *
 * @param producer the identity that nobody has now
 * @param aborts   whether a transaction was open, which is aborted
 */
public record ProducerFenced(String transactionalId, ProducerIdentity producer, boolean aborts) {}
