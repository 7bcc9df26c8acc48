package io.strikemq.domain.fault;

import io.strikemq.domain.error.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What befalls one request at one moment, by all the rules that hit it.
 *
 * @param delay          what all of them make it wait
 * @param answers        in the order of their rules: for a row the first one counts that matches it
 * @param ending         how it ends instead of with an answer; the first one
 * @param corrupted      of which rows the records are corrupted
 * @param throttle       the longest; zero for none
 * @param bytesPerSecond the slowest; 0 for as fast as it can
 */
public record FaultPlan(
        Duration delay,
        List<Refused> answers,
        Ending ending,
        List<FaultMatch> corrupted,
        Duration throttle,
        int bytesPerSecond) {
    /** Nothing befalls it. */
    public static final FaultPlan NOTHING =
            new FaultPlan(Duration.ZERO, List.of(), Ending.AN_ANSWER, List.of(), Duration.ZERO, 0);

    public FaultPlan {
        answers = List.copyOf(answers);
        corrupted = List.copyOf(corrupted);
    }

    /** An error for the rows of a match; for the whole when it names none. */
    public record Refused(FaultMatch match, ErrorCode error) {}

    /** How a request ends. */
    public enum Ending {
        AN_ANSWER,
        WITHHELD,
        CLOSED,
        RESET
    }

    /** Whether nothing befalls the request. */
    public boolean isNothing() {
        return equals(NOTHING);
    }

    /** This, and what a rule does to the {@code number}-th request that matches it. */
    FaultPlan with(FaultRule rule, long number) {
        FaultAction action = rule.action();
        if (action instanceof FaultAction.Answer answer) {
            Refused refused = new Refused(rule.match(), answer.error());
            return new FaultPlan(delay, and(answers, refused), ending, corrupted, throttle, bytesPerSecond);
        } else if (action instanceof FaultAction.Delay) {
            Duration sum = delay.plus(rule.delay(number));
            return new FaultPlan(sum, answers, ending, corrupted, throttle, bytesPerSecond);
        } else if (action instanceof FaultAction.Withhold) {
            return ending(Ending.WITHHELD);
        } else if (action instanceof FaultAction.Close) {
            return ending(Ending.CLOSED);
        } else if (action instanceof FaultAction.Reset) {
            return ending(Ending.RESET);
        } else if (action instanceof FaultAction.CorruptRecords) {
            List<FaultMatch> more = and(corrupted, rule.match());
            return new FaultPlan(delay, answers, ending, more, throttle, bytesPerSecond);
        } else if (action instanceof FaultAction.Throttle longer) {
            Duration longest = longer.time().compareTo(throttle) > 0 ? longer.time() : throttle;
            return new FaultPlan(delay, answers, ending, corrupted, longest, bytesPerSecond);
        } else if (action instanceof FaultAction.Slow slow) {
            int slowest = bytesPerSecond == 0 ? slow.bytesPerSecond() : Math.min(bytesPerSecond, slow.bytesPerSecond());
            return new FaultPlan(delay, answers, ending, corrupted, throttle, slowest);
        }
        throw new AssertionError(action);
    }

    private FaultPlan ending(Ending other) {
        Ending first = ending == Ending.AN_ANSWER ? other : ending;
        return new FaultPlan(delay, answers, first, corrupted, throttle, bytesPerSecond);
    }

    private static <T> List<T> and(List<T> some, T more) {
        List<T> all = new ArrayList<>(some);
        all.add(more);
        return all;
    }
}
