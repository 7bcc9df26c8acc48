package io.strikemq.domain.fault;

import io.strikemq.domain.intercept.SeenRequest;

/** Decides what befalls requests. Called by event loops, which must not wait, and by many of them at once. */
public interface FaultInjector {
    /** What befalls this one, counted as hits. */
    InjectedFaults faults(SeenRequest request);
}
