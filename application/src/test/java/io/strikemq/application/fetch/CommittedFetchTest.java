package io.strikemq.application.fetch;

import static io.strikemq.application.OneBroker.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.application.OneBroker;
import io.strikemq.application.Reading;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.fetch.IsolationLevel;
import io.strikemq.domain.fetch.PartitionFetched;
import io.strikemq.domain.fetch.PartitionFetched.AbortedTransaction;
import io.strikemq.domain.offset.OffsetFound;
import io.strikemq.domain.offset.OffsetQuery;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.topic.TopicPartition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What readers of committed records get, when, and what others do (KIP-98). */
class CommittedFetchTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private OneBroker broker = new OneBroker();

    @BeforeEach
    void createTopic() {
        broker.topic("t", 1);
    }

    @AfterEach
    void nothingIsLeftBehind() {
        assertEquals(0, broker.time.pendingDeadlines(), "deadlines that nobody cancelled");
        assertEquals(0, broker.logs.heldSlices(), "slices that nobody released");
    }

    @Test
    void onlyWhatLiesBeforeTheOldestOpenTransactionIsRead() {
        broker.produce("t", 0, "plain");
        broker.transactional("t", 0, 1, 0, "open");
        broker.produce("t", 0, "behind");

        PartitionFetched committed = read(new Reading().committed().from("t", 0, 0));
        assertEquals(3, committed.highWatermark());
        assertEquals(1, committed.lastStableOffset());
        assertEquals(List.of("plain"), Reading.values(broker, committed));
        committed.records().release();

        PartitionFetched all = read(new Reading().from("t", 0, 0));
        assertEquals(List.of("plain", "open", "behind"), Reading.values(broker, all));
        assertEquals(1, all.lastStableOffset());
        assertNull(all.aborted());
        all.records().release();
    }

    @Test
    void abortedTransactionsAreToldToThoseWhoAskedForCommittedRecordsOnly() {
        broker.transactional("t", 0, 1, 0, "a");
        broker.transactional("t", 0, 2, 0, "b");
        broker.end("t", 0, 2, Outcome.ABORT);
        broker.end("t", 0, 1, Outcome.ABORT);
        broker.transactional("t", 0, 3, 0, "c");
        broker.end("t", 0, 3, Outcome.COMMIT);

        assertEquals(
                List.of(new AbortedTransaction(2, 1), new AbortedTransaction(1, 0)),
                aborted(new Reading().committed().from("t", 0, 0)));
        assertEquals(
                List.of(new AbortedTransaction(1, 0)),
                aborted(new Reading().committed().from("t", 0, 3)));
        assertEquals(List.of(), aborted(new Reading().committed().from("t", 0, 4)));
        assertNull(aborted(new Reading().from("t", 0, 0)));
    }

    @Test
    void abortedTransactionsThatBeginBehindWhatIsReadAreNotTold() {
        broker.produce("t", 0, "plain");
        broker.transactional("t", 0, 1, 0, "a");
        broker.end("t", 0, 1, Outcome.ABORT);
        assertEquals(
                List.of(), aborted(new Reading().atMostOfEach(1).committed().from("t", 0, 0)));
        assertEquals(
                List.of(new AbortedTransaction(1, 1)),
                aborted(new Reading().atMostOfEach(1).committed().from("t", 0, 1)));
    }

    @Test
    void theMarkerEndsTheWaitThatRecordsOfTheTransactionDoNot() {
        CompletableFuture<FetchResult> answer =
                broker.fetch(new Reading().committed().waiting(LONG).from("t", 0, 0));
        broker.transactional("t", 0, 1, 0, "a");
        broker.produce("t", 0, "plain");
        assertFalse(answer.isDone());
        broker.end("t", 0, 1, Outcome.COMMIT);
        assertTrue(answer.isDone());
        FetchResult result = answer.join();
        assertEquals(3, result.partitions().get(0).lastStableOffset());
        result.release();
    }

    @Test
    void theBytesBehindTheStableEndDoNotCount() {
        broker.transactional("t", 0, 1, 0, "a");
        broker.transactional("t", 0, 2, 0, "b".repeat(500));
        CompletableFuture<FetchResult> answer = broker.fetch(
                new Reading().committed().atLeast(500).waiting(LONG).from("t", 0, 0));
        broker.end("t", 0, 1, Outcome.COMMIT);
        assertFalse(answer.isDone(), "the small transaction alone is not enough");
        broker.end("t", 0, 2, Outcome.COMMIT);
        assertTrue(answer.isDone());
        answer.join().release();
    }

    @Test
    void theBytesOfATransactionFromBeforeARestartCount() {
        broker.transactional("t", 0, 1, 0, "a".repeat(500));
        broker.logs.kill();
        broker = broker.restarted();
        CompletableFuture<FetchResult> answer = broker.fetch(
                new Reading().committed().atLeast(500).waiting(LONG).from("t", 0, 0));
        assertFalse(answer.isDone());
        broker.end("t", 0, 1, Outcome.COMMIT);
        assertTrue(answer.isDone());
        answer.join().release();
    }

    @Test
    void deletedRecordsHoldNoReaderBack() {
        broker.transactional("t", 0, 1, 0, "a");
        broker.produce("t", 0, "plain");
        broker.deleteBefore("t", 0, 1);
        assertEquals(1, broker.partition("t", 0).end().lastStableOffset());
        broker.deleteBefore("t", 0, 2);
        assertEquals(2, broker.partition("t", 0).end().lastStableOffset());
        broker.produce("t", 0, "more");
        assertEquals(2, broker.partition("t", 0).end().lastStableOffset(), "it is still open");
        broker.end("t", 0, 1, Outcome.ABORT);
        assertEquals(4, broker.partition("t", 0).end().lastStableOffset());
    }

    @Test
    void readersOfOldFormatsAreGivenNoControlRecords() {
        broker.transactional("t", 0, 1, 0, "a");
        broker.end("t", 0, 1, Outcome.COMMIT);
        CompletableFuture<FetchResult> answer =
                broker.fetch(new Reading().inFormat(1).waiting(LONG).from("t", 0, 1));
        assertFalse(answer.isDone(), "a marker alone is nothing to answer with");
        broker.produce("t", 0, "b");
        assertTrue(answer.join().partitions().get(0).records().sizeInBytes() > 0);
        answer.join().release();
    }

    @Test
    void readersOfOldFormatsGetPastControlRecordsThatAreMoreThanTheirLimit() {
        for (int i = 0; i < 20; i++) {
            broker.end("t", 0, 1, Outcome.COMMIT);
        }
        broker.produce("t", 0, "behind");
        PartitionFetched fetched =
                read(new Reading().inFormat(0).atMostOfEach(100).from("t", 0, 0));
        assertEquals(20, fetched.records().buffers().get(0).getLong(0), "the offset of the first message");
        fetched.records().release();
    }

    @Test
    void offsetsAreLookedUpWithinWhatIsCommitted() {
        broker.produce("t", 0, "plain");
        broker.time.advance(Duration.ofSeconds(1));
        long later = broker.time.wallClockMillis();
        broker.transactional("t", 0, 1, 0, "open");

        assertEquals(
                1, lookUp(IsolationLevel.READ_COMMITTED, OffsetQuery.LATEST).offset());
        assertEquals(
                2, lookUp(IsolationLevel.READ_UNCOMMITTED, OffsetQuery.LATEST).offset());
        assertEquals(-1, lookUp(IsolationLevel.READ_COMMITTED, later).offset());
        assertEquals(1, lookUp(IsolationLevel.READ_UNCOMMITTED, later).offset());
        broker.end("t", 0, 1, Outcome.ABORT);
        assertEquals(1, lookUp(IsolationLevel.READ_COMMITTED, later).offset(), "an aborted record is found as well");
        assertEquals(
                3, lookUp(IsolationLevel.READ_COMMITTED, OffsetQuery.LATEST).offset());
    }

    private OffsetFound lookUp(IsolationLevel isolation, long timestamp) {
        return broker.offsets
                .lookUp(CLIENT, isolation, List.of(new OffsetQuery(new TopicPartition("t", 0), -1, timestamp)))
                .toCompletableFuture()
                .join()
                .get(0);
    }

    private List<AbortedTransaction> aborted(Reading reading) {
        PartitionFetched fetched = read(reading);
        fetched.records().release();
        return fetched.aborted();
    }

    private PartitionFetched read(Reading reading) {
        PartitionFetched fetched = broker.read(reading).partitions().get(0);
        assertEquals(ErrorCode.NONE, fetched.error());
        return fetched;
    }
}
