package io.strikemq.adapter.rest;

/** An expected refusal that only HTTP has a name for; all others are BrokerExceptions. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** Ends a call with this status and one sentence for the user. */
    Refusal(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
