package io.strikemq.domain.journal;

import io.strikemq.domain.intercept.NamedRow;
import io.strikemq.domain.intercept.Outcome.Fate;
import io.strikemq.domain.intercept.RowError;
import io.strikemq.domain.request.Printable;
import java.util.ArrayList;
import java.util.List;

/**
 * A request of a Kafka client that is over.
 *
 * @param number     counts the requests since the journal was cleared, in the order in which they were over; from 1 on
 * @param timeMs     when it came, by the broker's clock
 * @param clientId   what the client calls itself; empty when it says nothing
 * @param host       the client's address, as Kafka shows it: {@code /127.0.0.1}
 * @param port       the client's port: with the host, one connection
 * @param api        Kafka's name of the API, such as {@code ListOffsets}
 * @param names      what it named, at most {@link #MOST_ROWS}
 * @param fate       how it ended
 * @param errors     the error codes in its answer, at most {@link #MOST_ROWS}; empty where there was none
 * @param leftOut    how many rows of names and errors there were beyond that
 * @param durationUs from when it came to when its answer was ready, in real microseconds; a fetch that waits for records waits that long
 */
public record JournaledRequest(
        long number,
        long timeMs,
        String clientId,
        String host,
        int port,
        String api,
        short version,
        List<NamedRow> names,
        Fate fate,
        List<RowError> errors,
        int leftOut,
        long durationUs) {
    /** So many rows of a request are kept. */
    public static final int MOST_ROWS = 100;

    private static final int MOST_TOLD = 5;

    public JournaledRequest {
        names = List.copyOf(names);
        errors = List.copyOf(errors);
    }

    /** In words: {@code #12 Produce v11 of a-producer /127.0.0.1: t-0, ANSWERED with NOT_LEADER_OR_FOLLOWER of t-0}. */
    @Override
    public String toString() {
        List<String> named = names.stream().map(JournaledRequest::told).toList();
        List<String> failed = errors.stream()
                .map(error -> error.error()
                        + (error.row().isWhole() ? "" : " of " + told(error.row()))
                        + (error.message() == null ? "" : " (" + Printable.text(error.message(), 300) + ")"))
                .toList();
        return "#" + number + " " + api + " v" + version + " of "
                + (clientId.isEmpty() ? "" : Printable.name(clientId) + " ") + host
                + (named.isEmpty() ? "" : ": " + some(named)) + ", " + fate
                + (failed.isEmpty() ? "" : " with " + some(failed));
    }

    private static String told(NamedRow row) {
        List<String> parts = new ArrayList<>();
        if (row.group() != null) {
            parts.add("group " + Printable.name(row.group()));
        }
        if (row.transactionalId() != null) {
            parts.add("transactional id " + Printable.name(row.transactionalId()));
        }
        if (row.topic() != null) {
            parts.add(
                    row.partition() == NamedRow.NO_PARTITION
                            ? "topic " + Printable.name(row.topic())
                            : Printable.name(row.topic()) + "-" + row.partition());
        }
        return String.join(" ", parts);
    }

    private static String some(List<String> all) {
        return all.size() <= MOST_TOLD
                ? String.join(", ", all)
                : String.join(", ", all.subList(0, MOST_TOLD)) + ", and " + (all.size() - MOST_TOLD) + " more";
    }
}
