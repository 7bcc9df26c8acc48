package io.strikemq.bootstrap;

/** The broker cannot start; the message is one sentence for the user. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
