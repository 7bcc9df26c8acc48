package io.strikemq.application.partition;

import static io.strikemq.application.OneBroker.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.application.Batch;
import io.strikemq.application.LogLines;
import io.strikemq.application.OneBroker;
import io.strikemq.application.Reading;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.fetch.IsolationLevel;
import io.strikemq.domain.offset.OffsetFound;
import io.strikemq.domain.offset.OffsetQuery;
import io.strikemq.domain.produce.PartitionProduced;
import io.strikemq.domain.produce.PartitionRecords;
import io.strikemq.domain.produce.ProduceCommand;
import io.strikemq.domain.produce.ProduceCommand.Acks;
import io.strikemq.domain.produce.ProduceCommand.Formats;
import io.strikemq.domain.settings.FetchSettings;
import io.strikemq.domain.thread.NonBlockingThread;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicRef;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.logging.LogRecord;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests for partitions whose logs are not open: they wait, and the threads that bring them do not. */
class PartitionOpeningTest {
    private final Queue<Runnable> workers = new ArrayDeque<>();
    private final OneBroker broker = new OneBroker(FetchSettings.DEFAULT, workers::add);

    @BeforeEach
    void thereAreTopics() {
        broker.topic("t", 1);
        broker.topic("many", 20);
    }

    @Test
    void aProducersRecordsAreAppendedWhenTheLogIsOpenThoughTheirBufferIsInUseAgain() {
        ByteBuffer batch = batch("a");
        CompletableFuture<List<PartitionProduced>> answer = produce(new PartitionRecords(T, 0, batch));
        assertFalse(answer.isDone());
        while (batch.hasRemaining()) {
            batch.put((byte) 0x55);
        }
        runAll();
        assertEquals(ErrorCode.NONE, answer.join().get(0).error());
        assertEquals(1, broker.partition("t", 0).end().highWatermark());
    }

    @Test
    void withAnOpenLogEverythingHappensAtOnceAndInPlace() {
        open("t", 0);
        assertTrue(produce(new PartitionRecords(T, 0, batch("a"))).isDone());
        assertTrue(broker.fetch(new Reading().from("t", 0, 0)).isDone());
        assertTrue(lookUp("t", 0).isDone());
        assertEquals(0, workers.size());
    }

    @Test
    void aFetchIsReadWhenTheLogIsOpenAndMayThenWaitForMore() {
        CompletableFuture<FetchResult> answer =
                broker.fetch(new Reading().from("t", 0, 0).atLeast(1).waiting(Duration.ofSeconds(10)));
        assertFalse(answer.isDone());
        runAll();
        assertFalse(answer.isDone());
        broker.produce("t", 0, "a");
        assertEquals(1, answer.join().partitions().size());
        answer.join().release();
        assertEquals(0, broker.logs.heldSlices());
    }

    @Test
    void aFetchThatIsCancelledBeforeTheLogIsOpenHoldsNothing() {
        CompletableFuture<FetchResult> early =
                broker.fetch(new Reading().from("t", 0, 0).waiting(Duration.ofSeconds(10)));
        early.cancel(false);
        runAll();
        CompletableFuture<FetchResult> later =
                broker.fetch(new Reading().from("many", 0, 0).waiting(Duration.ofSeconds(10)));
        runAll();
        later.cancel(false);
        assertEquals(0, broker.partition("t", 0).watchCount());
        assertEquals(0, broker.partition("many", 0).watchCount());
        assertEquals(0, broker.logs.heldSlices());
    }

    @Test
    void offsetsAreToldWhenTheLogIsOpen() {
        CompletableFuture<List<OffsetFound>> answer = lookUp("t", 0);
        assertFalse(answer.isDone());
        runAll();
        assertEquals(ErrorCode.NONE, answer.join().get(0).error());
    }

    @Test
    void whyALogCannotBeOpenedIsToldAndTheNextRequestTriesAgain() {
        CompletableFuture<List<PartitionProduced>> refused = produce(new PartitionRecords(T, 0, batch("a")));
        broker.logs.beforeNextOpening(() -> {
            broker.logs.beforeNextOpening(PartitionOpeningTest::diskFails);
            diskFails();
        });
        runAll();
        assertEquals(ErrorCode.KAFKA_STORAGE_ERROR, refused.join().get(0).error());
        CompletableFuture<List<PartitionProduced>> accepted = produce(new PartitionRecords(T, 0, batch("a")));
        runAll();
        assertEquals(ErrorCode.NONE, accepted.join().get(0).error());
    }

    /** Clients of old versions are not even told that it is the disk. */
    @Test
    void whyALogCannotBeOpenedIsLoggedOnceForEachReason() {
        try (LogLines lines = new LogLines(Partition.class)) {
            for (String reason : List.of("one reason", "one reason", "another")) {
                broker.logs.beforeNextOpening(() -> {
                    throw new BrokerException(ErrorCode.KAFKA_STORAGE_ERROR, reason);
                });
                assertThrows(
                        BrokerException.class, () -> broker.partition("t", 0).end());
            }
            assertEquals(
                    List.of(
                            "Partition t-0 cannot be used, clients are told KAFKA_STORAGE_ERROR: one reason",
                            "Partition t-0 cannot be used, clients are told KAFKA_STORAGE_ERROR: another"),
                    lines.records().stream().map(LogRecord::getMessage).toList());
        }
    }

    @Test
    void thatAResetCameInBetweenIsNotLogged() {
        try (LogLines lines = new LogLines(Partition.class)) {
            broker.logs.beforeNextOpening(() -> {
                throw new BrokerException(ErrorCode.NOT_CONTROLLER, "try again");
            });
            BrokerException told = assertThrows(
                    BrokerException.class, () -> broker.partition("t", 0).end());
            assertEquals(ErrorCode.NOT_CONTROLLER, told.error());
            assertEquals(List.of(), lines.records());
        }
    }

    @Test
    void aPartitionOfTheBrokersOwnThatCouldNotBeOpenedIsRefusedWhereNobodyMayWait() throws Exception {
        broker.logs.beforeNextOpening(PartitionOpeningTest::diskFails);
        broker.topic(Topic.CONSUMER_OFFSETS, 1);
        FutureTask<BrokerException> use = new FutureTask<>(() -> assertThrows(
                BrokerException.class,
                () -> broker.partition(Topic.CONSUMER_OFFSETS, 0).end()));
        Thread loop = new NonBlockingThread(use, "a-loop");
        loop.start();
        assertEquals("the disk fails on purpose", use.get().getMessage());
        loop.join();
        assertEquals(0, broker.partition(Topic.CONSUMER_OFFSETS, 0).end().highWatermark());
    }

    private static void diskFails() {
        throw new BrokerException(ErrorCode.KAFKA_STORAGE_ERROR, "the disk fails on purpose");
    }

    @Test
    void allThatAskForALogMeanwhileWaitForOneOpening() {
        lookUp("t", 0);
        lookUp("t", 0);
        assertEquals(1, workers.size());
    }

    @Test
    void aRequestWithManyPartitionsLetsOthersInBetween() {
        List<PartitionRecords> all = IntStream.range(0, 20)
                .mapToObj(partition -> new PartitionRecords(TopicRef.byName("many"), partition, batch("a")))
                .toList();
        CompletableFuture<List<PartitionProduced>> many = produce(all.toArray(new PartitionRecords[0]));
        CompletableFuture<List<OffsetFound>> one = lookUp("t", 0);
        while (!one.isDone()) {
            workers.remove().run();
        }
        assertTrue(broker.logs.opened().size() <= 3, "opened before: " + broker.logs.opened());
        runAll();
        assertEquals(20, many.join().size());
    }

    @Test
    void thePartitionsOfTheBrokersOwnTopicsAreOpenFromTheBeginning() {
        broker.topic(Topic.CONSUMER_OFFSETS, 3);
        assertEquals(3, broker.logs.opened().size());
        assertEquals(0, workers.size());
    }

    @Test
    void aThreadThatMustNotWaitOpensNoLog() throws Exception {
        FutureTask<Throwable> opening = new FutureTask<>(() -> {
            try {
                broker.partition("t", 0).end();
                return null;
            } catch (AssertionError e) {
                return e;
            }
        });
        Thread loop = new NonBlockingThread(opening, "a-loop");
        loop.start();
        assertEquals(
                "partition t-0 is opened on a thread that must not wait",
                opening.get().getMessage());
        loop.join();
    }

    @Test
    void aTopicIsGoneAtOnceThoughItsLogIsBeingOpened() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        broker.logs.beforeNextOpening(() -> {
            begun.countDown();
            awaitQuietly(goOn);
        });
        Partition partition = broker.partition("t", 0);
        List<ErrorCode> heard = new ArrayList<>();
        Thread opener = new Thread(() -> {
            try {
                partition.end();
            } catch (BrokerException e) {
                heard.add(e.error());
            }
        });
        opener.start();
        begun.await();
        broker.topics.delete(partition.topic());
        assertNull(broker.partition("t", 0));
        goOn.countDown();
        opener.join();
        assertEquals(List.of(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION), heard);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final TopicRef T = TopicRef.byName("t");

    private ByteBuffer batch(String... values) {
        return new Batch(broker.time.wallClockMillis()).records(values).build(broker.codecs);
    }

    private CompletableFuture<List<PartitionProduced>> produce(PartitionRecords... records) {
        ProduceCommand command =
                new ProduceCommand(Acks.ALL, Duration.ofSeconds(30), null, Formats.V2, List.of(records));
        return broker.produce.produce(CLIENT, command).toCompletableFuture();
    }

    private CompletableFuture<List<OffsetFound>> lookUp(String topic, int partition) {
        OffsetQuery query = new OffsetQuery(new TopicPartition(topic, partition), -1, OffsetQuery.LATEST);
        return broker.offsets
                .lookUp(CLIENT, IsolationLevel.READ_UNCOMMITTED, List.of(query))
                .toCompletableFuture();
    }

    private void open(String topic, int partition) {
        lookUp(topic, partition);
        runAll();
    }

    private void runAll() {
        while (!workers.isEmpty()) {
            workers.remove().run();
        }
    }
}
