package io.strikemq.domain.error;

import java.util.Objects;

/**
 * An expected refusal of a whole request, carrying Kafka's error code and one sentence for the user.
 *
 * <p>Each adapter translates it in one place. Outcomes per partition are values, not exceptions.
 */
public final class BrokerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode error;

    /** Refuses a request with {@code error}; {@code message} says what, which value, and what would be right. */
    public BrokerException(ErrorCode error, String message) {
        super(message);
        this.error = Objects.requireNonNull(error, "error");
    }

    /** As above, with the failure that led to it. */
    public BrokerException(ErrorCode error, String message, Throwable cause) {
        super(message, cause);
        this.error = Objects.requireNonNull(error, "error");
    }

    /** Kafka's error code for this refusal. */
    public ErrorCode error() {
        return error;
    }

    /** INVALID_REQUEST in the words that Kafka has for all that its clients would never send. */
    public static BrokerException malformedRequest() {
        return new BrokerException(
                ErrorCode.INVALID_REQUEST,
                "This most likely occurs because of a request being malformed by the client library or the message was"
                        + " sent to an incompatible broker. See the broker logs for more details.");
    }
}
