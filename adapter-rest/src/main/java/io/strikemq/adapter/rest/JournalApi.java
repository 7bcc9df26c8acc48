package io.strikemq.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.strikemq.domain.intercept.NamedRow;
import io.strikemq.domain.intercept.RowError;
import io.strikemq.domain.journal.JournalSize;
import io.strikemq.domain.journal.JournaledEvent;
import io.strikemq.domain.journal.JournaledRequest;
import io.strikemq.domain.journal.RequestFilter;
import io.strikemq.domain.journal.Subject;
import io.strikemq.domain.journal.Times;
import io.strikemq.domain.journal.UnverifiedRequests;
import io.strikemq.domain.port.in.ReadJournal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code /v1/journal} and what lies below it, and {@code /v1/explain}. */
public final class JournalApi extends RestApi {
    private static final int MAX_BODY = 1024;
    /** What an entry takes while it is written, as a rule. */
    private static final int ENTRY_BYTES = 512;

    private static final long DEFAULT_LIMIT = 1000;

    private final ReadJournal journal;

    /** Answers from this port. */
    public JournalApi(ReadJournal journal) {
        this.journal = journal;
    }

    @Override
    List<Route> routes() {
        return List.of(
                Route.get("/v1/journal", "the last requests of Kafka clients, where they are kept", this::requests)
                        .withParameters(JournalQuery.with(JournalQuery.REQUESTS, JournalQuery.LIMIT)),
                Route.put("/v1/journal", "keep so many requests from now on", this::keep)
                        .withBody(call -> MAX_BODY),
                Route.delete("/v1/journal", "forget all requests and events", this::clear),
                Route.get("/v1/journal/count", "how many requests are so, or whether they are as many", this::count)
                        .withParameters(JournalQuery.with(JournalQuery.REQUESTS, JournalQuery.TIMES)),
                Route.get(
                                "/v1/journal/events",
                                "what rarely happens: topics, rebalances, aborts, removals",
                                this::events)
                        .withParameters(JournalQuery.with(JournalQuery.EVENTS, JournalQuery.LIMIT)),
                Route.get(
                                "/v1/explain",
                                "what happened to a group, topic or transactional id, or why an error",
                                this::explain)
                        .withParameters(JournalQuery.SUBJECTS));
    }

    private record Requests(int capacity, long kept, long dropped, List<ShownRequest> requests) {}

    private record ShownRequest(
            long number,
            long timeMs,
            String clientId,
            String host,
            int port,
            String api,
            short version,
            List<ShownRow> names,
            String fate,
            List<ShownError> errors,
            int leftOut,
            long durationUs) {}

    @JsonInclude(Include.NON_NULL)
    private record ShownRow(String group, String transactionalId, String topic, Integer partition) {
        static ShownRow of(NamedRow row) {
            return new ShownRow(row.group(), row.transactionalId(), row.topic(), partition(row));
        }

        static Integer partition(NamedRow row) {
            return row.partition() == NamedRow.NO_PARTITION ? null : row.partition();
        }
    }

    @JsonInclude(Include.NON_NULL)
    private record ShownError(
            String error, String message, String group, String transactionalId, String topic, Integer partition) {
        static ShownError of(RowError error) {
            NamedRow row = error.row();
            return new ShownError(
                    error.error().name(),
                    error.message(),
                    row.group(),
                    row.transactionalId(),
                    row.topic(),
                    ShownRow.partition(row));
        }
    }

    @JsonInclude(Include.NON_NULL)
    private record ShownEvent(
            long number, long timeMs, String kind, String topic, String group, String transactionalId, String text) {}

    private record Events(List<ShownEvent> events) {}

    private record Count(long count) {}

    private record Explained(List<String> sentences) {}

    private record Wanted(Integer requests) {}

    private Answer requests(RestCall call) {
        JournalSize size = journal.size();
        List<JournaledRequest> passing = last(call, journal.requests(JournalQuery.requests(call)));
        return Answer.ok(new Requests(
                size.capacity(),
                size.kept(),
                size.dropped(),
                passing.stream().map(JournalApi::shown).toList()));
    }

    /** The last ones, so many; their memory is counted. */
    private static <T> List<T> last(RestCall call, List<T> all) {
        int limit = (int) call.number(JournalQuery.LIMIT.get(0), 1, JournalSize.MOST, DEFAULT_LIMIT);
        List<T> last = all.subList(Math.max(0, all.size() - limit), all.size());
        call.memory().take((long) last.size() * ENTRY_BYTES);
        return last;
    }

    private static ShownRequest shown(JournaledRequest request) {
        return new ShownRequest(
                request.number(),
                request.timeMs(),
                request.clientId(),
                request.host(),
                request.port(),
                request.api(),
                request.version(),
                request.names().stream().map(ShownRow::of).toList(),
                word(request.fate()),
                request.errors().stream().map(ShownError::of).toList(),
                request.leftOut(),
                request.durationUs());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private Answer keep(RestCall call) {
        Wanted wanted = Json.read(call.body(), Wanted.class);
        if (wanted == null || wanted.requests() == null) {
            throw Failures.malformed("requests is missing: how many are to be kept, 0 for none");
        }
        if (wanted.requests() < 0 || wanted.requests() > JournalSize.MOST) {
            throw Failures.malformed(
                    "requests must be a whole number from 0 to " + JournalSize.MOST + ", not " + wanted.requests());
        }
        journal.keep(wanted.requests());
        return Answer.ok(journal.size());
    }

    private Answer clear(RestCall call) {
        journal.clear();
        return Answer.ok(journal.size());
    }

    private Answer count(RestCall call) {
        RequestFilter filter = JournalQuery.requests(call);
        Optional<Times> times = JournalQuery.times(call);
        if (times.isPresent()) {
            try {
                journal.verify(times.get(), filter);
            } catch (UnverifiedRequests unverified) {
                throw new Refusal(409, unverified.getMessage());
            }
        }
        return Answer.ok(new Count(journal.count(filter)));
    }

    private Answer events(RestCall call) {
        return Answer.ok(new Events(last(call, journal.events(JournalQuery.events(call))).stream()
                .map(JournalApi::shown)
                .toList()));
    }

    private static ShownEvent shown(JournaledEvent event) {
        return new ShownEvent(
                event.number(),
                event.timeMs(),
                word(event.what().kind()),
                event.what().topic(),
                event.what().group(),
                event.what().transactionalId(),
                event.what().text());
    }

    private Answer explain(RestCall call) {
        Subject subject = JournalQuery.subject(call);
        return Answer.ok(new Explained(journal.explain(subject)));
    }
}
