package io.strikemq.application.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.application.LogLines;
import io.strikemq.application.OneBroker;
import io.strikemq.application.Reading;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.fetch.PartitionFetched;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What has happened to a log is published, though the log cannot be read to count what lies behind the stable end. */
class StableEndTest {
    private final OneBroker broker = new OneBroker();

    StableEndTest() {
        broker.topic("t", 1);
    }

    @Test
    void aMarkerThatWasAppended() {
        broker.transactional("t", 0, 1, 0, "a");
        broker.transactional("t", 0, 2, 0, "b");
        CompletableFuture<FetchResult> answer = broker.fetch(
                new Reading().committed().waiting(Duration.ofSeconds(30)).from("t", 0, 0));
        try (LogLines lines = new LogLines(StableEnd.class)) {
            failTheNextRead();
            broker.end("t", 0, 1, Outcome.COMMIT);
            assertEquals(1, lines.records().size());
        }

        assertTrue(answer.isDone());
        PartitionFetched fetched = answer.join().partitions().get(0);
        assertEquals(List.of("a"), Reading.values(broker, fetched));
        assertEquals(3, fetched.highWatermark());
        assertEquals(1, fetched.lastStableOffset());
        answer.join().release();
    }

    @Test
    void aDeletionOfRecords() {
        broker.transactional("t", 0, 1, 0, "a");
        broker.produce("t", 0, "plain");
        try (LogLines lines = new LogLines(StableEnd.class)) {
            failTheNextRead();
            assertEquals(ErrorCode.NONE, broker.deleteBefore("t", 0, 1).error());
            assertEquals(1, lines.records().size());
        }
        assertEquals(1, broker.partition("t", 0).end().lastStableOffset());
    }

    private void failTheNextRead() {
        broker.logs.beforeNextRead(() -> {
            throw new BrokerException(ErrorCode.KAFKA_STORAGE_ERROR, "cannot read t-0: too many open files");
        });
    }
}
