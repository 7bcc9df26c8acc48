package io.strikemq.domain.port.out;

import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.topic.TopicIdPartition;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Contracts of a log that soon has many segments: three batches fit into one. */
public abstract class SmallSegmentsContract {
    static final LogSettings SMALL_SEGMENTS = new LogSettings(300, 150);
    static final TopicIdPartition ORDERS = new TopicIdPartition(new UUID(7, 7), "orders", 0);

    PartitionLogs logs;
    PartitionLog log;

    /** Fresh and empty logs of the adapter under test; called once per test. */
    protected abstract PartitionLogs logs() throws IOException;

    @BeforeEach
    void openLog() throws IOException {
        logs = logs();
        log = logs.open(ORDERS, SMALL_SEGMENTS);
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    void reopen() {
        log.close();
        log = logs.open(ORDERS, SMALL_SEGMENTS);
    }
}
