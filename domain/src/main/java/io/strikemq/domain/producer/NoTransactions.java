package io.strikemq.domain.producer;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;

/** What transactional clients hear as long as there is no transaction coordinator. */
public final class NoTransactions {
    /**
     * Of the errors that end a transactional producer at once in every client, the one beside which the clients show
     * the broker's sentence. COORDINATOR_NOT_AVAILABLE would let them ask again and again, without a word.
     */
    public static final ErrorCode ERROR = ErrorCode.CLUSTER_AUTHORIZATION_FAILED;

    /** For users. */
    public static final String MESSAGE =
            "This broker has no transactions yet. Idempotent producers work: leave out transactional.id.";

    private NoTransactions() {}

    /** The refusal of a request that only makes sense in a transaction. */
    public static BrokerException refusal() {
        return new BrokerException(ERROR, MESSAGE);
    }
}
