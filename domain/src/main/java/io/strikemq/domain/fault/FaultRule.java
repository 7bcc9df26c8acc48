package io.strikemq.domain.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A fault that a broker shall have: which requests it is about, which of these it hits, and what befalls them. Immutable; it reads
 *
 * <pre>{@code
 * FaultRule.on("Produce").topic("orders").answer(ErrorCode.NOT_LEADER_OR_FOLLOWER).times(2)
 * }</pre>
 *
 * <p>It hits every request that matches, until it is removed, unless {@link #times}, {@link #nth}, {@link #probability} or {@link #until}
 * say otherwise. An error comes before the request is handled, which is not done then; all else befalls its answer, after it was done.
 * {@link #beforeHandling} and {@link #afterHandling} change that: an error after handling tells a client of a failure that was none.
 *
 * @param skipped      so many requests that match are not hit first
 * @param times        so many are hit at the most
 * @param probability  with which one that matches is hit, over 0 and up to 1
 * @param seed         decides which; the same seed hits the same ones
 * @param until        by the broker's clock: from then on nothing is hit; null for ever
 * @param moment       when it befalls them
 */
public record FaultRule(
        FaultMatch match,
        long skipped,
        long times,
        double probability,
        long seed,
        Instant until,
        Moment moment,
        FaultAction action) {
    /** No end. */
    public static final long ALWAYS = Long.MAX_VALUE;

    /** When a fault befalls a request. */
    public enum Moment {
        /** It is not done: the fault takes its place, or (a delay) comes first. */
        BEFORE_HANDLING,
        /** It is done, and the fault befalls the answer. */
        AFTER_HANDLING
    }

    public FaultRule {
        Objects.requireNonNull(match, "match");
        Objects.requireNonNull(moment, "moment");
        Objects.requireNonNull(action, "action");
    }

    /** Requests of these APIs, by Kafka's names, such as {@code ListOffsets}. */
    public static FaultMatch on(String... apis) {
        return on(List.of(apis));
    }

    /** Requests of these APIs; of all, where there are none. */
    public static FaultMatch on(List<String> apis) {
        Set<String> names = new LinkedHashSet<>(apis);
        FaultMatch all = FaultMatch.ALL;
        return new FaultMatch(
                names, all.lowestVersion(), all.highestVersion(), null, all.partition(), null, null, null, null);
    }

    /** All requests. */
    public static FaultMatch onEverything() {
        return FaultMatch.ALL;
    }

    static FaultRule of(FaultMatch match, Moment moment, FaultAction action) {
        return new FaultRule(match, 0, ALWAYS, 1, 0, null, moment, action);
    }

    /** Hits no more than so many. */
    public FaultRule times(long most) {
        return new FaultRule(match, skipped, most, probability, seed, until, moment, action);
    }

    /** Hits one. */
    public FaultRule once() {
        return times(1);
    }

    /** Hits only the n-th that matches; the first is 1. */
    public FaultRule nth(long number) {
        return skip(number - 1).times(1);
    }

    /** Lets so many that match pass first. */
    public FaultRule skip(long first) {
        return new FaultRule(match, first, times, probability, seed, until, moment, action);
    }

    /** Hits this share of those that match, over 0 and up to 1; the same ones for the same seed. */
    public FaultRule probability(double share, long with) {
        return new FaultRule(match, skipped, times, share, with, until, moment, action);
    }

    /** Hits nothing from then on, by the broker's clock. */
    public FaultRule until(Instant end) {
        return new FaultRule(match, skipped, times, probability, seed, end, moment, action);
    }

    /** Befalls requests before they are handled: they are not done. */
    public FaultRule beforeHandling() {
        return new FaultRule(match, skipped, times, probability, seed, until, Moment.BEFORE_HANDLING, action);
    }

    /** Befalls the answers of requests that were done. */
    public FaultRule afterHandling() {
        return new FaultRule(match, skipped, times, probability, seed, until, Moment.AFTER_HANDLING, action);
    }

    /** Whether it may still hit something. */
    public boolean isLive(long hitsSoFar, Instant now) {
        return hitsSoFar < times && (until == null || now.isBefore(until));
    }

    /**
     * Whether it hits the {@code number}-th request that matches; the first is 1.
     *
     * @param hitsSoFar how many of those before it was hit
     */
    public boolean hits(long number, long hitsSoFar, Instant now) {
        return isLive(hitsSoFar, now) && number > skipped && (probability >= 1 || Draw.of(seed, number) < probability);
    }

    /** For how long the {@code number}-th request that matches waits; zero unless the action is a delay. */
    public Duration delay(long number) {
        return action.delay(number);
    }
}
