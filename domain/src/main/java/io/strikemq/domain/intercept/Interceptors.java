package io.strikemq.domain.intercept;

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
        become(observer);
    }

    private void become(RequestObserver observer) {
        active = observer == null ? null : new Active(observer);
    }

    /**
     * Who sees a request.
     *
     * @param observer null when there is none
     */
    public record Active(RequestObserver observer) {}
}
