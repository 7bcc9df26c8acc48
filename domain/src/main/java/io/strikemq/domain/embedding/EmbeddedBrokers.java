package io.strikemq.domain.embedding;

import java.util.Map;

/**
 * Starts brokers inside this JVM. It sets no system property and no shutdown hook, writes to no standard stream, and all
 * threads of its brokers are daemons. Callable from any thread.
 */
public interface EmbeddedBrokers {
    /**
     * Starts a broker and waits until it serves the Kafka protocol. What is not set is as the broker has it by default, but
     * that it listens on a free port of 127.0.0.1, and keeps everything in memory unless a directory is named.
     *
     * @param settings by the broker's own names or Kafka's, as text
     * @throws IllegalArgumentException with one line for each setting that is wrong
     * @throws IllegalStateException with one sentence, when a port or the directory does not allow it; nothing is left
     *     behind then
     */
    EmbeddedBroker start(Map<String, String> settings);
}
