package io.strikemq.domain.port.out;

import java.util.function.Predicate;

/**
 * The regular expressions with which consumers name topics (KIP-848): those of RE2, as in Kafka, which no text keeps busy for long.
 * Callable from any thread.
 */
public interface RegularExpressions {
    /** What is wrong with a regular expression, in the library's words; null when it is one. */
    String faultOf(String regex);

    /**
     * Whether a text as a whole is meant; for one thread.
     *
     * @throws IllegalArgumentException when it is no regular expression
     */
    Predicate<String> compile(String regex);
}
