package io.strikemq.parity.compaction;

import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.Time;

/** Kafka's idea of a clock, which stands still until it is turned. */
final class HandTurnedTime implements Time {
    private long millis;

    HandTurnedTime(long millis) {
        this.millis = millis;
    }

    void turnTo(long newMillis) {
        millis = newMillis;
    }

    @Override
    public long milliseconds() {
        return millis;
    }

    @Override
    public long nanoseconds() {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Override
    public void sleep(long ms) {
        throw new UnsupportedOperationException("nobody waits here");
    }
}
