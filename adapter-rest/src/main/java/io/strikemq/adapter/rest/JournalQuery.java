package io.strikemq.adapter.rest;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.intercept.Outcome.Fate;
import io.strikemq.domain.journal.EventFilter;
import io.strikemq.domain.journal.Happening;
import io.strikemq.domain.journal.RequestFilter;
import io.strikemq.domain.journal.Subject;
import io.strikemq.domain.journal.Times;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What query strings say of the journal. */
final class JournalQuery {
    static final List<String> REQUESTS = List.of(
            "api",
            "version",
            "topic",
            "partition",
            "group",
            "transactional_id",
            "client_id",
            "error",
            "fate",
            "since_ms",
            "after");
    static final List<String> EVENTS = List.of("kind", "topic", "group", "transactional_id", "since_ms");
    static final List<String> TIMES = List.of("exactly", "at_least", "at_most");
    static final List<String> SUBJECTS = List.of("group", "topic", "transactional_id", "error");
    static final List<String> LIMIT = List.of("limit");

    private static final String ANY = "any";

    private JournalQuery() {}

    static List<String> with(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    static RequestFilter requests(RestCall call) {
        RequestFilter filter = RequestFilter.requests();
        filter = call.has("api") ? filter.api(call.text("api")) : filter;
        filter = call.has("version") ? filter.version((int) call.number("version", 0, Short.MAX_VALUE, 0)) : filter;
        filter = call.has("topic") && !call.has("partition") ? filter.topic(call.text("topic")) : filter;
        filter = call.has("group") ? filter.group(call.text("group")) : filter;
        filter = call.has("transactional_id") ? filter.transactionalId(call.text("transactional_id")) : filter;
        filter = call.has("client_id") ? filter.client(call.text("client_id")) : filter;
        filter = call.has("fate") ? filter.fate(constant(call, "fate", Fate.values())) : filter;
        filter = call.has("since_ms") ? filter.since(since(call)) : filter;
        filter = call.has("after") ? filter.after(call.number("after", 0, Long.MAX_VALUE, 0)) : filter;
        if (call.has("partition")) {
            if (!call.has("topic")) {
                throw Failures.malformed("query parameter 'partition' needs 'topic' beside it");
            }
            filter = filter.partition(call.text("topic"), (int) call.number("partition", 0, Integer.MAX_VALUE, 0));
        }
        if (!call.has("error")) {
            return filter;
        }
        return call.text("error").equalsIgnoreCase(ANY)
                ? filter.anyError()
                : filter.error(constant(call, "error", ErrorCode.values()));
    }

    static EventFilter events(RestCall call) {
        EventFilter filter = EventFilter.events();
        filter = call.has("kind") ? filter.kind(constant(call, "kind", Happening.Kind.values())) : filter;
        filter = call.has("topic") ? filter.topic(call.text("topic")) : filter;
        filter = call.has("group") ? filter.group(call.text("group")) : filter;
        filter = call.has("transactional_id") ? filter.transactionalId(call.text("transactional_id")) : filter;
        return call.has("since_ms") ? filter.since(since(call)) : filter;
    }

    private static Instant since(RestCall call) {
        return Instant.ofEpochMilli(call.number("since_ms", 0, Long.MAX_VALUE, 0));
    }

    /** How many there are to be; empty where the query does not say. */
    static Optional<Times> times(RestCall call) {
        List<String> given = TIMES.stream().filter(call::has).toList();
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if (given.size() > 1 && given.contains("exactly")) {
            throw Failures.malformed("query parameter 'exactly' goes with no other bound");
        }
        long least = number(call, call.has("exactly") ? "exactly" : "at_least", 0);
        long most = number(call, call.has("exactly") ? "exactly" : "at_most", Long.MAX_VALUE);
        if (least > most) {
            throw Failures.malformed("at_least must not be more than at_most");
        }
        return Optional.of(new Times(least, most));
    }

    private static long number(RestCall call, String name, long otherwise) {
        return call.number(name, 0, Long.MAX_VALUE, otherwise);
    }

    static Subject subject(RestCall call) {
        List<String> given = SUBJECTS.stream().filter(call::has).toList();
        if (given.size() != 1) {
            throw Failures.malformed(
                    "one of the query parameters " + String.join(", ", SUBJECTS) + " says what is to be explained");
        }
        String name = call.text(given.get(0));
        return switch (given.get(0)) {
            case "group" -> Subject.group(name);
            case "topic" -> Subject.topic(name);
            case "transactional_id" -> Subject.transaction(name);
            default -> Subject.error(constant(call, "error", ErrorCode.values()));
        };
    }

    private static <E extends Enum<E>> E constant(RestCall call, String parameter, E[] all) {
        String text = call.text(parameter);
        return Arrays.stream(all)
                .filter(each -> each.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> Failures.malformed("query parameter '" + parameter + "' must be one of "
                        + (all.length > 20
                                ? "Kafka's errors, such as " + all[all.length / 2].name()
                                : Arrays.stream(all)
                                        .map(each -> each.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", ")))
                        + ", not '" + text + "'"));
    }
}
