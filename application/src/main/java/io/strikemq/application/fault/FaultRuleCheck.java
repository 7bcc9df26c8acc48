package io.strikemq.application.fault;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fault.FaultAction;
import io.strikemq.domain.fault.FaultMatch;
import io.strikemq.domain.fault.FaultRule;
import io.strikemq.domain.fault.FaultRule.Moment;
import io.strikemq.domain.fault.FaultableApi;
import io.strikemq.domain.intercept.NamedRow;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Refuses rules that could never be felt: a tester would wait for them in vain. */
final class FaultRuleCheck {
    private final Supplier<List<FaultableApi>> served;

    FaultRuleCheck(Supplier<List<FaultableApi>> served) {
        this.served = served;
    }

    void check(FaultRule rule) {
        List<FaultableApi> apis = apis(rule.match());
        versions(rule.match(), apis);
        counts(rule);
        action(rule, apis);
    }

    private List<FaultableApi> apis(FaultMatch match) {
        List<FaultableApi> all = served.get();
        for (String name : match.apis()) {
            if (all.stream().noneMatch(api -> api.name().equals(name))) {
                throw refused("there is no API '" + name + "' here; there are " + names(all, api -> true));
            }
        }
        return match.apis().isEmpty()
                ? all
                : all.stream().filter(api -> match.apis().contains(api.name())).toList();
    }

    private static void versions(FaultMatch match, List<FaultableApi> apis) {
        if (match.partition() < NamedRow.NO_PARTITION) {
            throw refused("a partition is 0 or more, not " + match.partition());
        }
        for (FaultableApi api : apis) {
            if (match.lowestVersion() > match.highestVersion()
                    || match.lowestVersion() > api.highestVersion()
                    || match.highestVersion() < api.lowestVersion()) {
                throw refused(api.name() + " has the versions " + api.lowestVersion() + " to " + api.highestVersion()
                        + ", and none from " + match.lowestVersion() + " to " + match.highestVersion());
            }
        }
    }

    private static void counts(FaultRule rule) {
        if (rule.skipped() < 0) {
            throw refused("the first request that matches is number 1, so none is number " + (rule.skipped() + 1));
        }
        if (rule.times() < 1) {
            throw refused("a rule hits at least once, not " + rule.times() + " times");
        }
        if (!(rule.probability() > 0 && rule.probability() <= 1)) {
            throw refused("a probability is over 0 and up to 1, not " + rule.probability());
        }
    }

    private void action(FaultRule rule, List<FaultableApi> apis) {
        FaultAction action = rule.action();
        if (action instanceof FaultAction.Answer answer) {
            if (answer.error() == ErrorCode.NONE) {
                throw refused("NONE is no error to answer with");
            }
        } else if (action instanceof FaultAction.Delay delay) {
            time(delay.least(), "delay");
            time(delay.most(), "delay");
            if (delay.most().compareTo(delay.least()) < 0) {
                throw refused("a delay goes from the shorter time to the longer one");
            }
        } else if (action instanceof FaultAction.Throttle throttle) {
            time(throttle.time(), "throttle time");
            afterwards(rule);
        } else if (action instanceof FaultAction.CorruptRecords) {
            records(rule, apis);
        } else if (action instanceof FaultAction.Slow slow) {
            if (slow.bytesPerSecond() < 1) {
                throw refused("at least 1 byte comes in a second, not " + slow.bytesPerSecond());
            }
            afterwards(rule);
        } else if (action instanceof FaultAction.Withhold
                || action instanceof FaultAction.Close
                || action instanceof FaultAction.Reset) {
            return;
        } else {
            throw new AssertionError(action);
        }
    }

    private static void time(Duration time, String what) {
        if (time.isNegative() || time.compareTo(FaultAction.LONGEST) > 0) {
            throw refused("a " + what + " is from 0 to " + FaultAction.LONGEST + ", not " + time);
        }
    }

    /** Where the rule names APIs, each of them has to fetch records. */
    private void records(FaultRule rule, List<FaultableApi> apis) {
        afterwards(rule);
        for (FaultableApi api : apis) {
            if (!api.carriesRecords() && !rule.match().apis().isEmpty()) {
                throw refused("answers of " + api.name() + " carry no records; those of these APIs do: "
                        + names(served.get(), FaultableApi::carriesRecords));
            }
        }
    }

    private static void afterwards(FaultRule rule) {
        if (rule.moment() == Moment.BEFORE_HANDLING) {
            throw refused("what befalls the answer comes after the request was handled, not before");
        }
    }

    private static String names(List<FaultableApi> apis, Predicate<FaultableApi> which) {
        return apis.stream().filter(which).map(FaultableApi::name).collect(Collectors.joining(", "));
    }

    private static BrokerException refused(String message) {
        return new BrokerException(ErrorCode.INVALID_REQUEST, message);
    }
}
