package io.strikemq.adapter.kafka.net;

import io.strikemq.domain.port.out.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.LoggerFactory;

/** What all connections of a server take together. Thread-safe. */
final class ServerLoad {
    private final long unsentLimit;
    private final AtomicLong unsent = new AtomicLong();
    private final AtomicInteger connections = new AtomicInteger();
    private final LongAdder failures = new LongAdder();
    private final RepeatedWarnings refusals;

    ServerLoad(long unsentLimit, Clock clock) {
        this.unsentLimit = unsentLimit;
        this.refusals = new RepeatedWarnings(LoggerFactory.getLogger(Connection.class)::warn, clock);
    }

    /** Warnings of clients whose connection is closed for what they sent. */
    RepeatedWarnings refusals() {
        return refusals;
    }

    /** Counts bytes that wait to be sent, or (negative) no longer wait. */
    void unsent(long bytes) {
        if (bytes != 0) {
            unsent.addAndGet(bytes);
        }
    }

    long unsentBytes() {
        return unsent.get();
    }

    boolean isUnsentFull() {
        return unsent.get() >= unsentLimit;
    }

    AtomicInteger connections() {
        return connections;
    }

    /** Counts an exception that nobody expected. */
    void failed() {
        failures.increment();
    }

    long failures() {
        return failures.sum();
    }
}
