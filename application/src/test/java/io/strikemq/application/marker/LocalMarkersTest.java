package io.strikemq.application.marker;

import static io.strikemq.application.OneBroker.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.application.LogLines;
import io.strikemq.application.OneBroker;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.producer.MarkerCommand;
import io.strikemq.domain.producer.MarkersWritten;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionMarker;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.settings.FetchSettings;
import io.strikemq.domain.thread.NonBlockingThread;
import io.strikemq.domain.topic.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalMarkersTest {
    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);
    private static final TopicPartition MISSING = new TopicPartition("t", 7);

    private final OneBroker broker = new OneBroker();
    private final List<String> told = new ArrayList<>();
    private boolean isListenerBroken;
    private final LocalMarkers markers = new LocalMarkers(broker.partitions, (marker, partition, offset) -> {
        if (isListenerBroken) {
            throw new IllegalStateException("a bug that this test provokes");
        }
        told.add(marker.producer().id() + " in " + partition + " at " + offset);
    });

    LocalMarkersTest() {
        broker.topic("t", 2);
    }

    @Test
    void eachPartitionGetsOneMarkerAndIsAnsweredForItself() {
        broker.transactional("t", 0, 7, 0, "a");
        MarkersWritten written = write(marker(7, 0, 0, 1), FIRST, MISSING, SECOND, FIRST);

        assertEquals(
                new MarkersWritten(
                        7,
                        Map.of(
                                FIRST, ErrorCode.NONE,
                                SECOND, ErrorCode.NONE,
                                MISSING, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)),
                written);
        assertEquals(2, broker.partition("t", 0).end().lastStableOffset());
        assertEquals(1, broker.partition("t", 1).end().highWatermark());
    }

    @Test
    void aMarkerOfNobodyIsNotWrittenAndRefusesTheWhole() {
        for (TransactionMarker nobodys : List.of(marker(-1, 0, 0, 1), marker(7, -1, 0, 1), marker(7, 0, 0, -1))) {
            CompletionException refused = assertThrows(CompletionException.class, () -> write(nobodys, FIRST));
            assertEquals(ErrorCode.UNKNOWN_SERVER_ERROR, ((BrokerException) refused.getCause()).error());
        }
        assertEquals(0, broker.partition("t", 0).end().highWatermark());
        assertEquals(
                ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                write(marker(-1, -1, 0, 1), MISSING).errors().get(MISSING));
    }

    @Test
    void oldEpochsAreFenced() {
        assertEquals(ErrorCode.NONE, error(marker(7, 3, 5, 1)));
        assertEquals(ErrorCode.INVALID_PRODUCER_EPOCH, error(marker(7, 2, 5, 1)));
        assertEquals(ErrorCode.TRANSACTION_COORDINATOR_FENCED, error(marker(7, 3, 4, 1)));
        assertEquals(ErrorCode.INVALID_PRODUCER_EPOCH, error(marker(8, -2, 0, 1)));
        assertEquals(ErrorCode.TRANSACTION_COORDINATOR_FENCED, error(marker(8, 0, -2, 1)));
        assertEquals(1, broker.partition("t", 0).end().highWatermark());
    }

    @Test
    void aFullDiskIsToldAndTheMarkerMayBeWrittenLater() {
        broker.transactional("t", 0, 7, 0, "a");
        broker.logs.fillDisk();
        assertEquals(ErrorCode.KAFKA_STORAGE_ERROR, error(marker(7, 0, 0, 1)));
        assertEquals(0, broker.partition("t", 0).end().lastStableOffset());
        broker.logs.repair();
        assertEquals(ErrorCode.NONE, error(marker(7, 0, 0, 1)));
        assertEquals(2, broker.partition("t", 0).end().lastStableOffset());
    }

    @Test
    void whoeverKeepsSomethingIsToldOfMarkersThatAreInALog() {
        broker.transactional("t", 0, 7, 0, "a");
        write(marker(7, 0, 0, 1), FIRST, MISSING, SECOND);
        broker.logs.fillDisk();
        error(marker(7, 0, 0, 1));
        assertEquals(List.of("7 in t-0 at 1", "7 in t-1 at 0"), told);
    }

    /** So that it is written and told again, until all is done. */
    @Test
    void aMarkerOfWhichNotAllCouldBeToldIsNoSuccess() {
        isListenerBroken = true;
        try (LogLines expected = new LogLines(LocalMarkers.class)) {
            assertEquals(ErrorCode.UNKNOWN_SERVER_ERROR, error(marker(7, 0, 0, 1)));
            assertEquals(1, expected.records().size());
        }
        isListenerBroken = false;
        assertEquals(ErrorCode.NONE, error(marker(7, 0, 0, 1)));
        assertEquals(List.of("7 in t-0 at 1"), told);
    }

    /** Whoever asks: the coordinator, or an administrator by a request of its own. */
    @Test
    void manyMarkersAreLeftToAWorkerByThreadsThatServeOthersMeanwhile() throws Exception {
        List<Runnable> tasks = new ArrayList<>();
        Executor workers = task -> {
            if (NonBlockingThread.mayWait()) {
                task.run();
            } else {
                tasks.add(task);
            }
        };
        OneBroker wide = new OneBroker(FetchSettings.DEFAULT, workers);
        wide.topic("wide", 65);
        List<TopicPartition> all = IntStream.range(0, 65)
                .mapToObj(each -> new TopicPartition("wide", each))
                .toList();
        all.forEach(each -> wide.partitions.find(each).end());
        LocalMarkers there = new LocalMarkers(wide.partitions, (marker, partition, offset) -> {});

        assertTrue(onLoop(there, all.subList(0, 32), all.subList(32, 64)).isDone());
        assertEquals(List.of(), tasks);

        CompletableFuture<List<MarkersWritten>> many = onLoop(there, all.subList(0, 33), all.subList(33, 65));
        assertFalse(many.isDone());
        assertEquals(1, wide.partition("wide", 0).end().highWatermark());
        tasks.get(0).run();
        assertEquals(
                List.of(33, 32),
                many.join().stream().map(each -> each.errors().size()).toList());
        assertEquals(2, wide.partition("wide", 0).end().highWatermark());
        assertEquals(1, wide.partition("wide", 64).end().highWatermark());

        assertEquals(1, tasks.size());
        assertEquals(
                65, write(there, marker(7, 0, 0, 1), all).errors().size(), "a thread that may wait writes them itself");
    }

    private static CompletableFuture<List<MarkersWritten>> onLoop(
            LocalMarkers markers, List<TopicPartition> first, List<TopicPartition> second) throws Exception {
        List<CompletableFuture<List<MarkersWritten>>> answers = new ArrayList<>();
        Thread loop = new NonBlockingThread(
                () -> answers.add(markers.write(
                                CLIENT,
                                List.of(
                                        new MarkerCommand(marker(7, 0, 0, 1), first),
                                        new MarkerCommand(marker(8, 0, 0, 1), second)))
                        .toCompletableFuture()),
                "loop");
        loop.start();
        loop.join();
        return answers.get(0);
    }

    private ErrorCode error(TransactionMarker marker) {
        return write(marker, FIRST).errors().get(FIRST);
    }

    private MarkersWritten write(TransactionMarker marker, TopicPartition... partitions) {
        return write(markers, marker, List.of(partitions));
    }

    private static MarkersWritten write(
            LocalMarkers markers, TransactionMarker marker, List<TopicPartition> partitions) {
        return markers.write(CLIENT, List.of(new MarkerCommand(marker, partitions)))
                .toCompletableFuture()
                .join()
                .get(0);
    }

    private static TransactionMarker marker(long producer, int epoch, int coordinatorEpoch, int version) {
        return new TransactionMarker(
                new ProducerIdentity(producer, (short) epoch), Outcome.ABORT, coordinatorEpoch, (short) version);
    }
}
