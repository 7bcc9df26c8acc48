package io.strikemq.domain.intercept;

import io.strikemq.domain.fault.FaultInjector;

/**
 * Who wants to see requests. While nobody does, all that a request pays is one volatile read. Thread-safe.
 */
public final class Interceptors {
    private volatile Active active;

    /** Those who want to see a request that comes now; null when nobody does. */
    public Active active() {
        return active;
    }

    /** From now on requests are shown to this one; null ends it. */
    public synchronized void observe(RequestObserver observer) {
        become(active == null ? null : active.injector(), observer);
    }

    /** From now on this one decides what befalls requests; null ends it. */
    public synchronized void inject(FaultInjector injector) {
        become(injector, active == null ? null : active.observer());
    }

    private void become(FaultInjector injector, RequestObserver observer) {
        active = injector == null && observer == null ? null : new Active(injector, observer);
    }

    /**
     * Who sees a request.
     *
     * @param injector decides what befalls it; null when there is none
     * @param observer is told what became of it; null when there is none
     */
    public record Active(FaultInjector injector, RequestObserver observer) {}
}
