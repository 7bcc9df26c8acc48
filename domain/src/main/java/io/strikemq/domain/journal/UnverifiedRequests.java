package io.strikemq.domain.journal;

/**
 * There were more or fewer requests than there were to be. An assertion that failed, so that test frameworks show it as such; the
 * message lists those that were there, and those that fail in one thing only.
 */
public final class UnverifiedRequests extends AssertionError {
    private static final long serialVersionUID = 1L;

    /** The message is the whole story. */
    public UnverifiedRequests(String message) {
        super(message);
    }
}
