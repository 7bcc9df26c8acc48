package io.strikemq.domain.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fault.FaultPlan.Ending;
import io.strikemq.domain.fault.FaultRule.Moment;
import io.strikemq.domain.intercept.NamedRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Which requests a rule hits, whatever its numbers. */
class FaultRuleProperties {
    private static final Instant NOW = Instant.ofEpochMilli(1_000_000);

    @Property(tries = 200)
    void hitsAreThoseBehindTheSkippedAndNoMoreThanSaid(
            @ForAll @LongRange(max = 20) long skipped,
            @ForAll @LongRange(min = 1, max = 20) long times,
            @ForAll @IntRange(max = 60) int requests) {
        List<Long> hits = hits(rule().skip(skipped).times(times), requests);

        List<Long> expected = new ArrayList<>();
        for (long number = skipped + 1; number <= requests && expected.size() < times; number++) {
            expected.add(number);
        }
        assertEquals(expected, hits);
    }

    @Property(tries = 200)
    void theNthIsHitAlone(@ForAll @LongRange(min = 1, max = 50) long number) {
        assertEquals(List.of(number), hits(rule().nth(number), 60));
    }

    @Property(tries = 100)
    void chanceHitsItsShareAndTheSameOnesForTheSameSeed(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int tenths) {
        FaultRule rule = rule().probability(tenths / 10.0, seed);
        int requests = 4000;

        List<Long> hits = hits(rule, requests);

        assertEquals(hits, hits(rule, requests));
        double expected = requests * tenths / 10.0;
        assertTrue(Math.abs(hits.size() - expected) < 6 * Math.sqrt(expected), hits.size() + " of " + expected);
    }

    @Property(tries = 200)
    void aDrawnDelayIsBetweenItsEnds(
            @ForAll @LongRange(max = 10_000) long least,
            @ForAll @LongRange(max = 10_000) long more,
            @ForAll long seed,
            @ForAll @LongRange(min = 1, max = 1000) long number) {
        Duration from = Duration.ofMillis(least);
        Duration to = from.plusMillis(more);
        FaultRule rule = FaultRule.on("Fetch").delay(from, to, seed);

        Duration drawn = rule.delay(number);

        assertTrue(drawn.compareTo(from) >= 0 && drawn.compareTo(to) <= 0, drawn.toString());
        assertEquals(drawn, rule.delay(number));
    }

    @Example
    void nothingIsHitFromTheEndOn() {
        FaultRule rule = rule().until(NOW);

        assertTrue(rule.hits(1, 0, NOW.minusMillis(1)));
        assertFalse(rule.hits(1, 0, NOW));
        assertFalse(rule.isLive(0, NOW));
    }

    @Example
    void errorsComeBeforeHandlingAndAllElseAfter() {
        assertEquals(Moment.BEFORE_HANDLING, rule().moment());
        assertEquals(
                Moment.AFTER_HANDLING,
                FaultRule.onEverything().delay(Duration.ZERO).moment());
        assertEquals(Moment.AFTER_HANDLING, FaultRule.onEverything().close().moment());
        assertEquals(Moment.AFTER_HANDLING, rule().afterHandling().moment());
        assertEquals(
                Moment.BEFORE_HANDLING,
                FaultRule.onEverything().close().beforeHandling().moment());
    }

    @Example
    void aRowMatchesByAllThatIsSaid() {
        FaultMatch match = FaultRule.on().topic("t").partition(1).group("g");

        assertTrue(match.matches(new NamedRow("g", null, "t", 1)));
        assertFalse(match.matches(new NamedRow("g", null, "t", 2)));
        assertFalse(match.matches(new NamedRow("g", null, "u", 1)));
        assertFalse(match.matches(new NamedRow("h", null, "t", 1)));
        assertFalse(match.matches(new NamedRow("g", null, "t", NamedRow.NO_PARTITION)));
        assertFalse(FaultRule.on().transactionalId("x").matches(new NamedRow("g", null, "t", 1)));
        assertTrue(FaultRule.on("Fetch").versions(1, 2).clientId("c").isAboutTheWhole());
    }

    @Example
    void whatSeveralRulesDoAddsUpAndOtherwiseTheFirstDecides() {
        FaultMatch all = FaultRule.onEverything();
        InjectedFaults faults = InjectedFaults.NONE;
        assertTrue(faults.areNone());
        for (FaultRule rule : List.of(
                all.delay(Duration.ofMillis(200)),
                all.delay(Duration.ofMillis(300)),
                all.throttle(Duration.ofMillis(5)),
                all.throttle(Duration.ofMillis(3)),
                all.slow(100),
                all.slow(200),
                all.reset(),
                all.close(),
                all.corruptRecords(),
                all.answer(ErrorCode.UNKNOWN_SERVER_ERROR),
                all.answer(ErrorCode.INVALID_REQUEST),
                all.withhold().beforeHandling(),
                all.delay(Duration.ofMillis(7)).beforeHandling())) {
            faults = faults.with(rule, 1);
        }

        FaultPlan before = faults.before();
        assertEquals(Ending.WITHHELD, before.ending());
        assertEquals(Duration.ofMillis(7), before.delay());
        assertEquals(
                List.of(ErrorCode.UNKNOWN_SERVER_ERROR, ErrorCode.INVALID_REQUEST),
                before.answers().stream().map(FaultPlan.Refused::error).toList());
        assertEquals(
                new FaultPlan(Duration.ofMillis(500), List.of(), Ending.RESET, List.of(all), Duration.ofMillis(5), 100),
                faults.after());
    }

    private static FaultRule rule() {
        return FaultRule.on("Produce").answer(ErrorCode.NOT_LEADER_OR_FOLLOWER);
    }

    private static List<Long> hits(FaultRule rule, int requests) {
        List<Long> hits = new ArrayList<>();
        for (long number = 1; number <= requests; number++) {
            if (rule.hits(number, hits.size(), NOW)) {
                hits.add(number);
            }
        }
        return hits;
    }
}
