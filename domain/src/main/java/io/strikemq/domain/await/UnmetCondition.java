package io.strikemq.domain.await;

import java.time.Duration;

/**
 * A condition has not come true in time. An assertion that failed, so that test frameworks show it as such; the message
 * says what was waited for and what was seen last: {@code group g: Stable wanted with 2 members, but it is
 * PreparingRebalance with 1 member (consumer-1) (after 5000 ms)}.
 */
public final class UnmetCondition extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final String seen;

    /** {@code seen}: what was seen last; {@code waited}: for how long, in real time. */
    public UnmetCondition(Condition condition, String seen, Duration waited) {
        super(condition.text() + ", but " + seen + " (after " + waited.toMillis() + " ms)");
        this.seen = seen;
    }

    /** What was seen last, as a part of a sentence. */
    public String seen() {
        return seen;
    }
}
