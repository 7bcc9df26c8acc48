package io.strikemq.adapter.compression;

import java.util.function.Supplier;
import org.apache.kafka.common.utils.Time;

/** A clock for Kafka's classes that stands still. */
record FixedTime(long milliseconds) implements Time {
    @Override
    public long nanoseconds() {
        return 0;
    }

    @Override
    public void sleep(long ms) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void waitObject(Object object, Supplier<Boolean> condition, long deadlineMs) {
        throw new UnsupportedOperationException();
    }
}
