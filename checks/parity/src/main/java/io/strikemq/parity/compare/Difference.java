package io.strikemq.parity.compare;

/**
 * A place where two answers differ.
 *
 * @param playing the case, with its version
 * @param at      API and path, without indexes: {@code CreateTopics topics[].errorMessage}
 * @param exact   step and path with indexes, for whoever looks for it
 * @param kafka   what Kafka answers there
 * @param ours    what this broker answers
 */
public record Difference(String playing, String at, String exact, String kafka, String ours) {}
