package io.strikemq.domain.await;

import java.util.concurrent.CompletionStage;

/** A wait that has begun and holds no thread. It is over once: whatever comes first. Callable from any thread. */
public interface Wait {
    /**
     * Completes on a thread of the broker when the condition is true, or with {@link UnmetCondition} after
     * {@link #giveUp}, a {@link java.util.concurrent.CancellationException} after {@link #cancel}, a
     * {@link io.strikemq.domain.error.BrokerException} when the broker stops or is reset, or an
     * {@link IllegalStateException} when a predicate threw.
     */
    CompletionStage<Awaited> outcome();

    /** The time is over: looks once more, and ends the wait. */
    void giveUp();

    /** Nobody is interested any more: ends the wait, and frees what it takes. */
    void cancel();
}
