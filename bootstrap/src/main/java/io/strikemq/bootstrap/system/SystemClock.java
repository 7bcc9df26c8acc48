package io.strikemq.bootstrap.system;

import io.strikemq.domain.port.out.Clock;

/** The machine's own time. */
public final class SystemClock implements Clock {
    @Override
    public long wallClockMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public long monotonicNanos() {
        return System.nanoTime();
    }
}
