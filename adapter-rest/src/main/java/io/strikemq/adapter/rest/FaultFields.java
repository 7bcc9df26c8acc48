package io.strikemq.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.strikemq.domain.fault.FaultAction;
import io.strikemq.domain.fault.FaultMatch;
import io.strikemq.domain.fault.FaultRule;
import io.strikemq.domain.fault.FaultRule.Moment;
import io.strikemq.domain.intercept.NamedRow;
import java.time.Duration;
import java.util.List;

/** A fault rule as it is shown: the fields of {@link FaultBody}, times in milliseconds, which {@code POST} takes again. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FaultFields(
        List<String> on,
        List<Integer> versions,
        String topic,
        Integer partition,
        String group,
        String transactionalId,
        String clientId,
        String principal,
        Long skip,
        Long times,
        Double probability,
        Long seed,
        String until,
        Boolean beforeHandling,
        Boolean afterHandling,
        String answer,
        Long delay,
        Long delayMost,
        Long delaySeed,
        Boolean withhold,
        Boolean close,
        Boolean reset,
        Boolean corruptRecords,
        Long throttle,
        Integer slow) {
    static FaultFields of(FaultRule rule) {
        FaultMatch match = rule.match();
        FaultAction action = rule.action();
        FaultAction.Delay delay = action instanceof FaultAction.Delay it ? it : null;
        boolean isDrawn = delay != null && !delay.least().equals(delay.most());
        boolean isShare = rule.probability() < 1;
        return new FaultFields(
                match.apis().isEmpty() ? null : List.copyOf(match.apis()),
                match.lowestVersion() == 0 && match.highestVersion() == FaultMatch.ANY_VERSION
                        ? null
                        : List.of(match.lowestVersion(), match.highestVersion()),
                match.topic(),
                match.partition() == NamedRow.NO_PARTITION ? null : (Integer) match.partition(),
                match.group(),
                match.transactionalId(),
                match.clientId(),
                match.principal(),
                rule.skipped() == 0 ? null : (Long) rule.skipped(),
                rule.times() == FaultRule.ALWAYS ? null : (Long) rule.times(),
                isShare ? (Double) rule.probability() : null,
                isShare ? (Long) rule.seed() : null,
                rule.until() == null ? null : rule.until().toString(),
                only(rule.moment() == Moment.BEFORE_HANDLING),
                only(rule.moment() == Moment.AFTER_HANDLING),
                action instanceof FaultAction.Answer answer ? answer.error().name() : null,
                delay == null ? null : millis(delay.least()),
                isDrawn ? millis(delay.most()) : null,
                isDrawn ? (Long) delay.seed() : null,
                only(action instanceof FaultAction.Withhold),
                only(action instanceof FaultAction.Close),
                only(action instanceof FaultAction.Reset),
                only(action instanceof FaultAction.CorruptRecords),
                action instanceof FaultAction.Throttle throttle ? millis(throttle.time()) : null,
                action instanceof FaultAction.Slow slow ? (Integer) slow.bytesPerSecond() : null);
    }

    private static Boolean only(boolean isSo) {
        return isSo ? Boolean.TRUE : null;
    }

    private static Long millis(Duration time) {
        return time.toMillis();
    }
}
