package io.strikemq.domain.intercept;

import java.util.List;

/**
 * What became of a request.
 *
 * @param errors the error codes in the answer that is sent, in its order; empty without one
 */
public record Outcome(Fate fate, List<RowError> errors) {
    public Outcome {
        errors = List.copyOf(errors);
    }

    /** Without an answer. */
    public static Outcome of(Fate fate) {
        return new Outcome(fate, List.of());
    }

    /** How a request ends. */
    public enum Fate {
        /** Its answer is on its way. */
        ANSWERED,
        /** It asked for no answer, as a produce request with acks=0. */
        NOT_ASKED_FOR,
        /** It was handled or not, and is never answered, for a fault says so. */
        WITHHELD,
        /** Its connection was closed instead: it could not be answered, or a fault says so. */
        CLOSED,
        /** Its client went away before it was answered. */
        ABANDONED
    }
}
