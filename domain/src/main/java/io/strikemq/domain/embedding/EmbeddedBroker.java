package io.strikemq.domain.embedding;

import io.strikemq.domain.port.in.Powers;
import java.util.List;
import java.util.Map;

/** A broker that runs inside this JVM. Callable from any thread. */
public interface EmbeddedBroker extends AutoCloseable {
    /** Where Kafka clients find it: host and port. */
    String bootstrapServers();

    /**
     * The port of the REST API, which is started when somebody asks for it the first time.
     *
     * @throws IllegalStateException when the broker is closed, or the port cannot be had
     */
    int httpPort();

    /**
     * Creates a topic; when the call returns, it can be produced to.
     *
     * @param partitions how many, or -1 for the broker's default
     * @param configs    by Kafka's names of topic configs
     * @throws io.strikemq.domain.error.BrokerException with Kafka's error when it is refused: TOPIC_ALREADY_EXISTS,
     *     INVALID_CONFIG …
     */
    void createTopic(String name, int partitions, Map<String, String> configs);

    /**
     * What a test may do to the broker beyond Kafka's protocol; the same object every time.
     *
     * <p>When the broker is closed, all of them throw an IllegalStateException.
     */
    Powers powers();

    /** The last lines that the broker logged, the oldest first; a stack trace is one line for each of its frames. */
    List<String> log();

    /** Stops the broker and waits until its threads have ended, and its ports and files are closed. Idempotent. */
    @Override
    void close();
}
