package io.strikemq.domain.intercept;

/** Sees every request of Kafka clients. Called by event loops, which must not wait, and by many of them at once. */
public interface RequestObserver {
    /** A request came, and is handled when this returns. Null when it is of no interest. */
    Observation arrived(SeenRequest request);

    /** What is waited for of one request. */
    interface Observation {
        /** It is over; called once, on any thread, before the answer is written. */
        void settled(Outcome outcome);
    }
}
