package io.strikemq.application.journal;

import io.strikemq.domain.intercept.Interceptors;
import io.strikemq.domain.intercept.NamedRow;
import io.strikemq.domain.intercept.Outcome;
import io.strikemq.domain.intercept.RequestObserver;
import io.strikemq.domain.intercept.RowError;
import io.strikemq.domain.intercept.SeenRequest;
import io.strikemq.domain.journal.JournalSize;
import io.strikemq.domain.journal.JournaledRequest;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.request.Printable;
import io.strikemq.domain.request.RequestContext;
import java.util.List;

/** Keeps the last requests of Kafka clients, while it is told to keep some; then only it is shown them. Thread-safe. */
final class RequestJournal implements RequestObserver {
    /** So much of what an answer says of an error is kept. */
    private static final int MESSAGE_CHARACTERS = 500;

    private final Interceptors interceptors;
    private final Clock clock;
    private final Clock realTime;
    /** Null while no requests are kept. */
    private volatile RequestRing ring;

    /** {@code clock}: the broker's, for when; {@code realTime}: for how long. */
    RequestJournal(Interceptors interceptors, Clock clock, Clock realTime) {
        this.interceptors = interceptors;
        this.clock = clock;
        this.realTime = realTime;
    }

    synchronized void keep(int requests) {
        if (requests < 0 || requests > JournalSize.MOST) {
            throw new IllegalArgumentException(
                    "a journal keeps from 0 to " + JournalSize.MOST + " requests, not " + requests);
        }
        RequestRing now = ring;
        if (requests == 0) {
            ring = null;
        } else {
            ring = now == null ? new RequestRing(requests) : now.resized(requests);
        }
        interceptors.observe(requests == 0 ? null : this);
    }

    synchronized void clear() {
        RequestRing now = ring;
        if (now != null) {
            ring = new RequestRing(now.capacity());
        }
    }

    boolean isOn() {
        return ring != null;
    }

    JournalSize size() {
        RequestRing now = ring;
        if (now == null) {
            return new JournalSize(0, 0, 0);
        }
        int kept = now.all().size();
        return new JournalSize(now.capacity(), kept, now.added() - kept);
    }

    List<JournaledRequest> all() {
        RequestRing now = ring;
        return now == null ? List.of() : now.all();
    }

    @Override
    public Observation arrived(SeenRequest request) {
        String api = request.api();
        short version = request.version();
        int port = request.clientPort();
        RequestContext context = request.context();
        List<NamedRow> names = request.names();
        long timeMs = clock.wallClockMillis();
        long beganNanos = realTime.monotonicNanos();
        return outcome -> {
            RequestRing now = ring;
            if (now != null) {
                long durationUs = (realTime.monotonicNanos() - beganNanos) / 1000;
                now.add(number -> new JournaledRequest(
                        number,
                        timeMs,
                        context.clientId(),
                        context.clientAddress(),
                        port,
                        api,
                        version,
                        first(names),
                        outcome.fate(),
                        errors(outcome),
                        beyond(names) + beyond(outcome.errors()),
                        durationUs));
            }
        };
    }

    private static List<RowError> errors(Outcome outcome) {
        return first(outcome.errors()).stream()
                .map(each -> each.message() == null || each.message().length() <= MESSAGE_CHARACTERS
                        ? each
                        : new RowError(each.row(), each.error(), Printable.text(each.message(), MESSAGE_CHARACTERS)))
                .toList();
    }

    private static <T> List<T> first(List<T> rows) {
        return rows.size() <= JournaledRequest.MOST_ROWS ? rows : rows.subList(0, JournaledRequest.MOST_ROWS);
    }

    private static int beyond(List<?> rows) {
        return Math.max(0, rows.size() - JournaledRequest.MOST_ROWS);
    }
}
