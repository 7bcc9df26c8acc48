package io.strikemq.domain.port.in;

import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.transaction.Transaction;
import io.strikemq.domain.transaction.TransactionFilter;
import io.strikemq.domain.transaction.TransactionListing;
import java.util.Optional;

/** Looks at transactions from outside. Callable from any thread. */
public interface InspectTransactions {
    /**
     * The transactional ids that pass, sorted.
     *
     * @throws io.strikemq.domain.error.BrokerException INVALID_REGULAR_EXPRESSION for a pattern that is none
     */
    TransactionListing list(RequestContext context, TransactionFilter filter);

    /** What is known of an id; empty when nobody uses it. */
    Optional<Transaction> describe(RequestContext context, String transactionalId);
}
