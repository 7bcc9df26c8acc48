package io.strikemq.application.group;

import io.strikemq.domain.group.log.CommittedOffset;

/** Sums of times that come from clients or logs, and may be anything. */
final class Times {
    private Times() {}

    /**
     * {@code fromMs} and a time after it, at the end of time where that is too far away. Never before 1970: below that
     * lies {@link CommittedOffset#NO_EXPIRY}, and what has ended by then has ended.
     */
    static long later(long fromMs, long durationMs) {
        long sum = fromMs + durationMs;
        boolean overflows = ((fromMs ^ sum) & (durationMs ^ sum)) < 0;
        if (overflows) {
            return fromMs > 0 ? Long.MAX_VALUE : 0;
        }
        return Math.max(0, sum);
    }
}
