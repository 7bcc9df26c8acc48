package io.strikemq.domain.port.out;

import java.util.UUID;

/** The source of ids and of chance, so that a test can repeat them. Thread-safe. */
public interface Identifiers {
    /** A random UUID that was never given out before; never one of Kafka's reserved ones (zero, one). */
    UUID newUuid();

    /** A random number from 1 to {@link Integer#MAX_VALUE}, such as a fetch session's id. */
    int newPositiveInt();
}
