package io.strikemq.adapter.rest;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fault.FaultMatch;
import io.strikemq.domain.fault.FaultRule;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The body that describes a fault rule: the words of {@link FaultRule} are its fields. Null stands for what is not said.
 *
 * @param versions lowest and highest
 * @param answer   the name of an error; it, or one of the others down to {@code slow}, says what befalls the requests
 * @param slow     bytes per second
 */
record FaultBody(
        List<String> on,
        List<Integer> versions,
        String topic,
        Integer partition,
        String group,
        String transactionalId,
        String clientId,
        String principal,
        Long skip,
        Long nth,
        Long times,
        Double probability,
        Long seed,
        JsonValue until,
        Boolean beforeHandling,
        Boolean afterHandling,
        String answer,
        JsonValue delay,
        JsonValue delayMost,
        Long delaySeed,
        Boolean withhold,
        Boolean close,
        Boolean reset,
        Boolean corruptRecords,
        JsonValue throttle,
        Integer slow) {
    private static final String ACTIONS = "answer, delay, withhold, close, reset, corrupt_records, throttle and slow";

    static FaultRule read(ByteBuffer bytes) {
        FaultBody body = Json.read(bytes, FaultBody.class);
        if (body == null) {
            throw Failures.malformed("the body must be an object that describes a fault rule");
        }
        return body.rule();
    }

    private FaultRule rule() {
        FaultRule rule = action(match());
        if (nth != null && (skip != null || times != null)) {
            throw Failures.malformed("nth says which single request is hit; with it there is neither skip nor times");
        }
        rule = skip == null ? rule : rule.skip(skip);
        rule = times == null ? rule : rule.times(times);
        rule = nth == null ? rule : rule.nth(nth);
        if (probability == null && seed != null) {
            throw Failures.malformed("seed has no meaning without probability");
        }
        rule = probability == null ? rule : rule.probability(probability, seed == null ? 0 : seed);
        rule = until == null ? rule : rule.until(Instant.ofEpochMilli(TimeFields.moment(until, "until")));
        boolean isBefore = isSaid(beforeHandling, "before_handling");
        boolean isAfter = isSaid(afterHandling, "after_handling");
        if (isBefore && isAfter) {
            throw Failures.malformed("a fault comes before_handling or after_handling, not both");
        }
        if (isBefore) {
            return rule.beforeHandling();
        }
        return isAfter ? rule.afterHandling() : rule;
    }

    private FaultMatch match() {
        FaultMatch match = on == null ? FaultRule.onEverything() : FaultRule.on(on);
        if (versions != null) {
            if (versions.size() != 2 || versions.contains(null)) {
                throw Failures.malformed("versions must be two numbers, the lowest and the highest, as [3, 9]");
            }
            match = match.versions(versions.get(0), versions.get(1));
        }
        match = topic == null ? match : match.topic(topic);
        match = partition == null ? match : match.partition(partition(partition));
        match = group == null ? match : match.group(group);
        match = transactionalId == null ? match : match.transactionalId(transactionalId);
        match = clientId == null ? match : match.clientId(clientId);
        return principal == null ? match : match.principal(principal);
    }

    private static int partition(int number) {
        if (number < 0) {
            throw Failures.malformed("partition must be 0 or more, not " + number);
        }
        return number;
    }

    private FaultRule action(FaultMatch match) {
        List<Supplier<FaultRule>> said = new ArrayList<>();
        Stream.of(
                        answer == null ? null : (Supplier<FaultRule>) () -> match.answer(error()),
                        delay == null ? null : (Supplier<FaultRule>) () -> delayed(match),
                        isSaid(withhold, "withhold") ? (Supplier<FaultRule>) match::withhold : null,
                        isSaid(close, "close") ? (Supplier<FaultRule>) match::close : null,
                        isSaid(reset, "reset") ? (Supplier<FaultRule>) match::reset : null,
                        isSaid(corruptRecords, "corrupt_records") ? (Supplier<FaultRule>) match::corruptRecords : null,
                        throttle == null
                                ? null
                                : (Supplier<FaultRule>) () -> match.throttle(TimeFields.duration(throttle, "throttle")),
                        slow == null ? null : (Supplier<FaultRule>) () -> match.slow(slow))
                .filter(action -> action != null)
                .forEach(said::add);
        if (said.size() != 1) {
            throw Failures.malformed("a fault rule says one of " + ACTIONS + ", this one "
                    + (said.isEmpty() ? "none" : said.size()) + " of them");
        }
        if (delay == null && (delayMost != null || delaySeed != null)) {
            throw Failures.malformed("delay_most and delay_seed have no meaning without delay");
        }
        return said.get(0).get();
    }

    private FaultRule delayed(FaultMatch match) {
        Duration least = TimeFields.duration(delay, "delay");
        if (delayMost == null) {
            if (delaySeed != null) {
                throw Failures.malformed("delay_seed has no meaning without delay_most");
            }
            return match.delay(least);
        }
        return match.delay(least, TimeFields.duration(delayMost, "delay_most"), delaySeed == null ? 0 : delaySeed);
    }

    private ErrorCode error() {
        return Stream.of(ErrorCode.values())
                .filter(error -> error.name().equals(answer))
                .findFirst()
                .orElseThrow(() -> Failures.malformed("answer must be the name of one of Kafka's errors, as"
                        + " NOT_LEADER_OR_FOLLOWER or COORDINATOR_NOT_AVAILABLE, not '" + answer + "'"));
    }

    private static boolean isSaid(Boolean flag, String field) {
        if (flag != null && !flag) {
            throw Failures.malformed(field + " must be true, or not be there");
        }
        return flag != null;
    }
}
