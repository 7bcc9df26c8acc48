package io.strikemq.application.journal;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.intercept.Interceptors;
import io.strikemq.domain.journal.EventFilter;
import io.strikemq.domain.journal.JournalSize;
import io.strikemq.domain.journal.JournaledEvent;
import io.strikemq.domain.journal.JournaledRequest;
import io.strikemq.domain.journal.RequestFilter;
import io.strikemq.domain.journal.Subject;
import io.strikemq.domain.journal.Times;
import io.strikemq.domain.journal.UnverifiedRequests;
import io.strikemq.domain.port.in.ReadJournal;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.Events;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What a broker remembers of requests and events. Outlives what they are about. */
public final class BrokerJournal implements ReadJournal {
    /** So many requests are told where one verifies in vain. */
    private static final int MOST_TOLD = 10;

    private final RequestJournal requests;
    private final EventJournal events;
    private final Supplier<List<String>> servedApis;

    /**
     * Keeps no requests before it is told to.
     *
     * @param interceptors shows the requests
     * @param clock        the broker's, for when something was
     * @param realTime     for how long something took
     * @param servedApis   the names of all APIs that the broker answers
     */
    public BrokerJournal(Interceptors interceptors, Clock clock, Clock realTime, Supplier<List<String>> servedApis) {
        this.requests = new RequestJournal(interceptors, clock, realTime);
        this.events = new EventJournal(clock);
        this.servedApis = servedApis;
    }

    /** Who is to be told of events. */
    public Events events() {
        return events;
    }

    @Override
    public List<JournaledRequest> requests(RequestFilter filter) {
        refuseUnknownApis(filter);
        return requests.all().stream().filter(filter::passes).toList();
    }

    /** A name that is misspelt would be taken for an API of which there was no request. */
    private void refuseUnknownApis(RequestFilter filter) {
        for (String name : filter.apis()) {
            if (servedApis.get().stream().noneMatch(name::equalsIgnoreCase)) {
                throw new BrokerException(
                        ErrorCode.INVALID_REQUEST,
                        "there is no API '" + name + "' here; there are " + String.join(", ", servedApis.get()));
            }
        }
    }

    @Override
    public List<JournaledEvent> events(EventFilter filter) {
        return events.all().stream().filter(filter::passes).toList();
    }

    @Override
    public long count(RequestFilter filter) {
        refuseWhileOff();
        return requests(filter).size();
    }

    private void refuseWhileOff() {
        if (!requests.isOn()) {
            throw new BrokerException(
                    ErrorCode.INVALID_REQUEST,
                    "the journal keeps no requests: the setting journal_requests, or the journal itself while the broker"
                            + " runs, has to say how many");
        }
    }

    @Override
    public void verify(Times times, RequestFilter filter) {
        refuseWhileOff();
        refuseUnknownApis(filter);
        List<JournaledRequest> all = requests.all();
        List<JournaledRequest> passing = all.stream().filter(filter::passes).toList();
        boolean isSure = times.most() == Long.MAX_VALUE || isAllKept(filter, all);
        if (!times.allows(passing.size()) || !isSure) {
            throw new UnverifiedRequests(unverified(times, filter, all, passing));
        }
    }

    /** Whether no request was dropped that could have passed. */
    private boolean isAllKept(RequestFilter filter, List<JournaledRequest> all) {
        return requests.size().dropped() == 0 || (!all.isEmpty() && all.get(0).number() <= filter.after() + 1);
    }

    private String unverified(
            Times times, RequestFilter filter, List<JournaledRequest> all, List<JournaledRequest> passing) {
        StringBuilder text = new StringBuilder(times.text() + " " + filter.text() + " wanted, but there were "
                + passing.size() + " of " + all.size() + " in all");
        add(text, "", passing.stream().map(JournaledRequest::toString), passing.size());
        List<String> near = all.stream()
                .flatMap(request -> filter.onlyMiss(request).stream().map(miss -> request + " [not " + miss + "]"))
                .toList();
        add(text, "near misses:", near.stream(), near.size());
        long dropped = requests.size().dropped();
        if (dropped > 0) {
            text.append("\nof ").append(dropped).append(" requests before these nothing is known: the journal keeps ");
            text.append(requests.size().capacity());
        }
        return text.toString();
    }

    private static void add(StringBuilder text, String title, Stream<String> lines, int count) {
        if (count > 0 && !title.isEmpty()) {
            text.append('\n').append(title);
        }
        lines.limit(MOST_TOLD).forEach(line -> text.append("\n  ").append(line));
        if (count > MOST_TOLD) {
            text.append("\n  and ").append(count - MOST_TOLD).append(" more");
        }
    }

    @Override
    public List<String> explain(Subject subject) {
        if (subject instanceof Subject.OfGroup group) {
            return told(EventFilter.events().group(group.groupId()), "group " + group.groupId());
        } else if (subject instanceof Subject.OfTopic topic) {
            return told(EventFilter.events().topic(topic.name()), "topic " + topic.name());
        } else if (subject instanceof Subject.OfTransaction transaction) {
            String id = transaction.transactionalId();
            return told(EventFilter.events().transactionalId(id), "transactional id " + id);
        } else if (subject instanceof Subject.OfError error) {
            return errors(error.error());
        } else {
            throw new IllegalStateException("unexpected " + subject);
        }
    }

    private List<String> told(EventFilter filter, String what) {
        List<JournaledEvent> known = events(filter);
        return known.isEmpty()
                ? List.of("nothing is known of " + what + ": nothing has happened to it since the broker started or was"
                        + " reset, or more than " + EventJournal.CAPACITY + " events ago")
                : known.stream()
                        .map(event -> Instant.ofEpochMilli(event.timeMs()) + " "
                                + event.what().text())
                        .toList();
    }

    private List<String> errors(ErrorCode error) {
        refuseWhileOff();
        List<JournaledRequest> answered = requests(RequestFilter.requests().error(error));
        return answered.isEmpty()
                ? List.of("no request that is kept was answered with " + error)
                : answered.stream()
                        .map(request -> Instant.ofEpochMilli(request.timeMs()) + " " + request)
                        .toList();
    }

    @Override
    public JournalSize size() {
        return requests.size();
    }

    @Override
    public void keep(int count) {
        requests.keep(count);
    }

    @Override
    public void clear() {
        requests.clear();
        events.clear();
    }
}
