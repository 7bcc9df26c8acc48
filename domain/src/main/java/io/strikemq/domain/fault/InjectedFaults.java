package io.strikemq.domain.fault;

import io.strikemq.domain.fault.FaultRule.Moment;

/** What befalls one request: before it is handled, and after. */
public record InjectedFaults(FaultPlan before, FaultPlan after) {
    /** Nothing befalls it. */
    public static final InjectedFaults NONE = new InjectedFaults(FaultPlan.NOTHING, FaultPlan.NOTHING);

    /** This, and what a rule does to the {@code number}-th request that matches it. */
    public InjectedFaults with(FaultRule rule, long number) {
        return rule.moment() == Moment.BEFORE_HANDLING
                ? new InjectedFaults(before.with(rule, number), after)
                : new InjectedFaults(before, after.with(rule, number));
    }

    /** Whether nothing befalls the request. */
    public boolean areNone() {
        return before.isNothing() && after.isNothing();
    }
}
