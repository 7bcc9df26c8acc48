package io.strikemq.domain.port.in;

import io.strikemq.domain.journal.EventFilter;
import io.strikemq.domain.journal.JournalSize;
import io.strikemq.domain.journal.JournaledEvent;
import io.strikemq.domain.journal.JournaledRequest;
import io.strikemq.domain.journal.RequestFilter;
import io.strikemq.domain.journal.Subject;
import io.strikemq.domain.journal.Times;
import java.util.List;

/**
 * What the broker remembers: the last requests of Kafka clients, if it is told to keep some, and always the last rare
 * events. A request is there before its client has the answer. A reset of the broker clears it. Callable from any thread.
 */
public interface ReadJournal {
    /**
     * The requests that pass, in the order in which they were over.
     *
     * @throws io.strikemq.domain.error.BrokerException INVALID_REQUEST when the filter names an API that is not served
     */
    List<JournaledRequest> requests(RequestFilter filter);

    /** The events that pass, in their order. */
    List<JournaledEvent> events(EventFilter filter);

    /**
     * How many requests pass, of those that are kept.
     *
     * @throws io.strikemq.domain.error.BrokerException INVALID_REQUEST while no requests are kept, or when the filter names an API that
     *         is not served
     */
    long count(RequestFilter filter);

    /**
     * Makes sure that so many requests pass, of those that are kept.
     *
     * @throws io.strikemq.domain.journal.UnverifiedRequests when more or fewer do, or when there is a most and requests have been
     *         dropped that could have passed
     * @throws io.strikemq.domain.error.BrokerException INVALID_REQUEST while no requests are kept, or when the filter names an API that
     *         is not served
     */
    void verify(Times times, RequestFilter filter);

    /** What happened, and why, in sentences in the order in which it did; one that says so when nothing is known. */
    List<String> explain(Subject subject);

    /** How many requests are kept, and how many are gone already. */
    JournalSize size();

    /** From now on keeps so many requests, 0 for none; the last ones stay. At most {@link JournalSize#MOST}. */
    void keep(int requests);

    /** Forgets all requests and events. */
    void clear();
}
