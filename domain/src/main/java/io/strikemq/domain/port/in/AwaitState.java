package io.strikemq.domain.port.in;

import io.strikemq.domain.await.Awaited;
import io.strikemq.domain.await.Condition;
import io.strikemq.domain.await.Wait;
import java.time.Duration;

/**
 * Waits for the broker's own state. The broker tells of its changes, so nothing is polled. Callable from any thread.
 *
 * <p>Time is real time here, whatever the broker's clock says: a clock that stands still must not hang a test.
 *
 * <p>Errors: {@link io.strikemq.domain.error.BrokerException} with THROTTLING_QUOTA_EXCEEDED when too many wait, with
 * BROKER_NOT_AVAILABLE when the broker stops or is reset meanwhile.
 */
public interface AwaitState {
    /**
     * Waits until the condition is true; returns at once where it is.
     *
     * @throws io.strikemq.domain.await.UnmetCondition when it is not in time; says what was seen instead
     * @throws IllegalStateException when the condition's predicate threw, or the thread was interrupted
     */
    Awaited await(Condition condition, Duration timeout);

    /** Begins to wait without a thread, for as long as the caller says; see {@link Wait}. */
    Wait begin(Condition condition);
}
