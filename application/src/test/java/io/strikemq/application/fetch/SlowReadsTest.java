package io.strikemq.application.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.application.OneBroker;
import io.strikemq.application.Reading;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.fetch.IsolationLevel;
import io.strikemq.domain.offset.OffsetFound;
import io.strikemq.domain.offset.OffsetQuery;
import io.strikemq.domain.record.MessageFormat;
import io.strikemq.domain.settings.FetchSettings;
import io.strikemq.domain.topic.TopicPartition;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What has batches opened, and so may load a codec's library, is left to workers; everything else is read at once. */
class SlowReadsTest {
    private final Queue<Runnable> workers = new ArrayDeque<>();
    private final OneBroker broker = new OneBroker(FetchSettings.DEFAULT, workers::add);

    @BeforeEach
    void thereIsATopicWithAnOpenLog() {
        broker.topic("t", 1);
        var first = lookUp(OffsetQuery.LATEST);
        runAll();
        assertTrue(first.isDone());
    }

    @Test
    void aLookUpByTimeIsDoneByAWorker() {
        broker.produce("t", 0, "a", "b");
        for (long time : List.of(0L, OffsetQuery.MAX_TIMESTAMP)) {
            CompletableFuture<List<OffsetFound>> answer = lookUp(time);
            assertFalse(answer.isDone());
            runAll();
            assertEquals(0, answer.join().get(0).offset());
        }
        for (long end : List.of(OffsetQuery.LATEST, OffsetQuery.EARLIEST, OffsetQuery.UNSUPPORTED)) {
            assertTrue(lookUp(end).isDone());
        }
    }

    @Test
    void recordsAreConvertedByAWorker() {
        broker.produce("t", 0, "a");
        CompletableFuture<FetchResult> answer =
                fetch(new Reading().inFormat(MessageFormat.V1).from("t", 0, 0));
        assertFalse(answer.isDone());
        runAll();
        assertTrue(answer.join().partitions().get(0).records().sizeInBytes() > 0);
        assertTrue(fetch(new Reading().from("t", 0, 0)).isDone());
    }

    @Test
    void soAreThoseThatAFetchHasWaitedFor() {
        CompletableFuture<FetchResult> old = fetch(new Reading()
                .inFormat(MessageFormat.V1)
                .waiting(Duration.ofSeconds(1))
                .from("t", 0, 0));
        runAll();
        CompletableFuture<FetchResult> current =
                fetch(new Reading().waiting(Duration.ofSeconds(1)).from("t", 0, 0));
        assertFalse(old.isDone());
        assertFalse(current.isDone());

        broker.produce("t", 0, "a");

        assertTrue(current.isDone());
        assertFalse(old.isDone(), "whoever appends converts nothing");
        runAll();
        assertTrue(old.join().partitions().get(0).records().sizeInBytes() > 0);
    }

    private CompletableFuture<List<OffsetFound>> lookUp(long timestamp) {
        var query = new OffsetQuery(new TopicPartition("t", 0), -1, timestamp);
        return broker.offsets
                .lookUp(OneBroker.CLIENT, IsolationLevel.READ_UNCOMMITTED, List.of(query))
                .toCompletableFuture();
    }

    private CompletableFuture<FetchResult> fetch(Reading reading) {
        return broker.fetch.fetch(OneBroker.CLIENT, reading.query()).toCompletableFuture();
    }

    private void runAll() {
        while (!workers.isEmpty()) {
            workers.remove().run();
        }
    }
}
