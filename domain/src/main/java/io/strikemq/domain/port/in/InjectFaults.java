package io.strikemq.domain.port.in;

import io.strikemq.domain.fault.FaultRule;
import io.strikemq.domain.fault.FaultStatus;
import java.util.List;
import java.util.Optional;

/**
 * Faults that Kafka's clients shall feel. Several rules may hit one request: what they do adds up, and where it does not, the one that was
 * added first decides. Nothing but requests of Kafka clients is hit: neither REST calls nor what the broker does by itself.
 *
 * <p>Callable from any thread. A rule holds for all requests that come after the call returned.
 */
public interface InjectFaults {
    /** So many rules there may be at once, spent ones too. */
    int MOST_RULES = 1000;

    /**
     * Adds a rule.
     *
     * @return its id, which no other rule ever gets
     * @throws io.strikemq.domain.error.BrokerException INVALID_REQUEST, with a sentence, for a rule that can hit nothing or do
     *     nothing: an API that is not served, records corrupted that are not fetched; POLICY_VIOLATION beyond {@link #MOST_RULES}
     */
    long add(FaultRule rule);

    /** All rules, in the order in which they were added. */
    List<FaultStatus> list();

    /** The rule of this id. */
    Optional<FaultStatus> find(long id);

    /** Removes a rule; false when there is none of this id. What it has begun, as an answer that waits, goes on. */
    boolean remove(long id);

    /** Removes all rules; returns how many there were. */
    int removeAll();
}
