package io.strikemq.domain.journal;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.intercept.NamedRow;
import io.strikemq.domain.intercept.Outcome.Fate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which requests are meant: {@code RequestFilter.requests().api("Produce").topic("orders")}. All that is said has to hold.
 * Immutable; each method returns another.
 */
public final class RequestFilter {
    private static final RequestFilter ALL = new RequestFilter(List.of(), List.of(), 0);

    private final List<Criterion> criteria;
    private final List<String> apis;
    private final long after;

    private record Criterion(String text, Predicate<JournaledRequest> test) {}

    private RequestFilter(List<Criterion> criteria, List<String> apis, long after) {
        this.criteria = criteria;
        this.apis = apis;
        this.after = after;
    }

    /** All requests. */
    public static RequestFilter requests() {
        return ALL;
    }

    /** Of this API, by Kafka's name: {@code Produce}, {@code JoinGroup}; case does not matter. */
    public RequestFilter api(String name) {
        List<String> more = new ArrayList<>(apis);
        more.add(name);
        RequestFilter same = new RequestFilter(criteria, List.copyOf(more), after);
        return same.and("API " + name, request -> request.api().equalsIgnoreCase(name));
    }

    /** Of this version of the API. */
    public RequestFilter version(int version) {
        return and("version " + version, request -> request.version() == version);
    }

    /** That name this topic. */
    public RequestFilter topic(String name) {
        return and("topic " + name, names(row -> name.equals(row.topic())));
    }

    /** That name this partition of the topic. */
    public RequestFilter partition(String topic, int partition) {
        return and(
                "partition " + topic + "-" + partition,
                names(row -> topic.equals(row.topic()) && row.partition() == partition));
    }

    /** That name this group. */
    public RequestFilter group(String id) {
        return and("group " + id, names(row -> id.equals(row.group())));
    }

    /** That name this transactional id. */
    public RequestFilter transactionalId(String id) {
        return and("transactional id " + id, names(row -> id.equals(row.transactionalId())));
    }

    private static Predicate<JournaledRequest> names(Predicate<NamedRow> which) {
        return request -> request.names().stream().anyMatch(which);
    }

    /** Of a client that calls itself so. */
    public RequestFilter client(String clientId) {
        return and("client " + clientId, request -> request.clientId().equals(clientId));
    }

    /** With this error somewhere in the answer; NONE: without any error in it. */
    public RequestFilter error(ErrorCode error) {
        return error == ErrorCode.NONE
                ? and("no error", request -> request.errors().isEmpty())
                : and("error " + error, request -> request.errors().stream().anyMatch(each -> each.error() == error));
    }

    /** With any error in the answer. */
    public RequestFilter anyError() {
        return and("an error", request -> !request.errors().isEmpty());
    }

    /** That ended so. */
    public RequestFilter fate(Fate fate) {
        return and("fate " + fate, request -> request.fate() == fate);
    }

    /** That came at this time or later, by the broker's clock. */
    public RequestFilter since(Instant time) {
        return and("since " + time, request -> request.timeMs() >= time.toEpochMilli());
    }

    /** That were over after the one of this number. */
    public RequestFilter after(long number) {
        RequestFilter same = new RequestFilter(criteria, apis, Math.max(after, number));
        return same.and("after #" + number, request -> request.number() > number);
    }

    private RequestFilter and(String text, Predicate<JournaledRequest> test) {
        List<Criterion> more = new ArrayList<>(criteria);
        more.add(new Criterion(text, test));
        return new RequestFilter(List.copyOf(more), apis, after);
    }

    /** Up to this number, no request is meant; 0 where nothing is said of numbers. */
    public long after() {
        return after;
    }

    /** The names of APIs that are said, as they were said. */
    public List<String> apis() {
        return apis;
    }

    /** Whether all that is said holds for the request. */
    public boolean passes(JournaledRequest request) {
        return criteria.stream().allMatch(criterion -> criterion.test().test(request));
    }

    /** The only thing of several that does not hold for the request, in words; empty when it passes, or more does not. */
    public Optional<String> onlyMiss(JournaledRequest request) {
        List<Criterion> missed = criteria.stream()
                .filter(criterion -> !criterion.test().test(request))
                .toList();
        return missed.size() == 1 && criteria.size() > 1
                ? Optional.of(missed.get(0).text())
                : Optional.empty();
    }

    /** In words: {@code requests with API Produce, topic orders}. */
    public String text() {
        return criteria.isEmpty()
                ? "requests"
                : "requests with "
                        + String.join(
                                ", ", criteria.stream().map(Criterion::text).toList());
    }
}
