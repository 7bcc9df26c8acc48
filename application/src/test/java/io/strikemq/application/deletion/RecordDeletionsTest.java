package io.strikemq.application.deletion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.application.Batch;
import io.strikemq.application.LogLines;
import io.strikemq.application.OneBroker;
import io.strikemq.application.Reading;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.log.RecordDeletion;
import io.strikemq.domain.log.RecordsDeleted;
import io.strikemq.domain.record.TimestampType;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicSettings;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The answers were compared with those of Kafka 4.4. */
class RecordDeletionsTest {
    private final OneBroker broker = new OneBroker();

    @BeforeEach
    void fill() {
        broker.topic("t", 2);
        broker.produce("t", 0, "a", "b", "c");
        broker.produce("t", 0, "d");
    }

    @Test
    void whatIsDeletedCannotBeReadAnyMore() {
        assertEquals(deleted(3), broker.deleteBefore("t", 0, 3));

        assertEquals(List.of("d"), values(3));
        FetchResult below = broker.read(new Reading().from("t", 0, 2));
        assertEquals(ErrorCode.OFFSET_OUT_OF_RANGE, below.partitions().get(0).error());
        assertEquals(4, broker.produce("t", 0, "e").baseOffset());
        assertEquals(3, broker.produce("t", 0, "f").logStartOffset());
    }

    @Test
    void ofABatchThatIsDeletedInPartClientsSkipWhatLiesBeforeTheStart() {
        assertEquals(deleted(2), broker.deleteBefore("t", 0, 2));

        assertEquals(List.of("a", "b", "c", "d"), values(2));
        FetchResult below = broker.read(new Reading().from("t", 0, 1));
        assertEquals(ErrorCode.OFFSET_OUT_OF_RANGE, below.partitions().get(0).error());
    }

    @Test
    void whatIsGoneAlreadyIsNoError() {
        broker.deleteBefore("t", 0, 3);

        assertEquals(deleted(3), broker.deleteBefore("t", 0, 3));
        assertEquals(deleted(3), broker.deleteBefore("t", 0, 1));
    }

    @Test
    void allIsDeletedUpToTheHighWatermark() {
        assertEquals(deleted(4), broker.deleteBefore("t", 0, RecordDeletion.ALL));
        assertEquals(deleted(4), broker.deleteBefore("t", 0, 4));

        assertEquals(List.of(), values(4));
        RecordsDeleted empty = broker.deleteBefore("t", 1, RecordDeletion.ALL);
        assertEquals(new RecordsDeleted(new TopicPartition("t", 1), ErrorCode.NONE, 0), empty);
    }

    @Test
    void offsetsThatAreNotInTheLogAreRefused() {
        for (long offset : new long[] {5, -2, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertEquals(refused(ErrorCode.OFFSET_OUT_OF_RANGE), broker.deleteBefore("t", 0, offset));
        }
        assertEquals(List.of("a", "b", "c", "d"), values(0));
    }

    @Test
    void partitionsThatAreNotThereAreUnknown() {
        assertEquals(
                ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                broker.deleteBefore("t", 2, 0).error());
        assertEquals(
                ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                broker.deleteBefore("other", 0, 0).error());
        assertEquals(
                ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                broker.deleteBefore(Topic.CONSUMER_OFFSETS, 0, 0).error());
    }

    @Test
    void internalTopicsAreNotTouched() {
        broker.topic(Topic.CONSUMER_OFFSETS, 1);

        assertEquals(
                ErrorCode.INVALID_TOPIC_EXCEPTION,
                broker.deleteBefore(Topic.CONSUMER_OFFSETS, 0, 0).error());
    }

    @Test
    void ofATopicThatIsOnlyCompactedNothingIsDeleted() {
        broker.settings(withPolicies(Set.of("compact")));
        assertEquals(refused(ErrorCode.POLICY_VIOLATION), broker.deleteBefore("t", 0, 99));

        broker.settings(withPolicies(Set.of("compact", "delete")));
        assertEquals(deleted(1), broker.deleteBefore("t", 0, 1));
        broker.settings(withPolicies(Set.of()));
        assertEquals(deleted(2), broker.deleteBefore("t", 0, 2));
    }

    @Test
    void aDeletionIsRememberedByTheNextBroker() {
        broker.deleteBefore("t", 0, 2);
        broker.partitions.close();

        OneBroker next = broker.restarted();
        assertEquals(2, next.partition("t", 0).startOffset());
        assertEquals(4, next.partition("t", 0).end().highWatermark());
    }

    @Test
    void producersAreStillKnownWhenTheirRecordsAreGone() {
        broker.produce("t", 0, sequenced(0));
        broker.deleteBefore("t", 0, RecordDeletion.ALL);
        assertEquals(4, broker.produce("t", 0, sequenced(0)).baseOffset(), "a duplicate");
        broker.partitions.close();

        OneBroker next = broker.restarted();
        assertEquals(4, next.produce("t", 0, sequenced(0)).baseOffset(), "a duplicate");
        assertEquals(5, next.produce("t", 0, sequenced(1)).baseOffset());
    }

    @Test
    void producersAreNotCheckpointedWhereTheirRecordsStayOrTheLastCheckpointHasThem() {
        broker.deleteBefore("t", 0, 3);
        assertEquals(1, broker.logs.checkpoints());

        broker.deleteBefore("t", 0, 2);
        broker.produce("t", 0, "e");
        broker.deleteBefore("t", 0, 4);
        assertEquals(1, broker.logs.checkpoints());

        broker.deleteBefore("t", 0, 5);
        assertEquals(2, broker.logs.checkpoints());
    }

    @Test
    void whoWaitsForTheNextRecordGoesOnWaiting() {
        Reading atTheEnd = new Reading().waiting(Duration.ofSeconds(1)).from("t", 0, 4);
        CompletableFuture<FetchResult> waiting = broker.fetch(atTheEnd);
        broker.deleteBefore("t", 0, RecordDeletion.ALL);
        assertFalse(waiting.isDone());

        broker.produce("t", 0, "e");
        assertEquals(List.of("e"), Reading.values(broker, waiting.join()));
    }

    @Test
    void aDiskThatFailsIsTold() {
        broker.logs.fillDisk();
        try (LogLines log = new LogLines(RecordDeletions.class)) {
            assertEquals(refused(ErrorCode.KAFKA_STORAGE_ERROR), broker.deleteBefore("t", 0, 2));
            assertEquals(1, log.records().size());
        }

        broker.logs.repair();
        assertEquals(deleted(2), broker.deleteBefore("t", 0, 2));
    }

    @Test
    void aBugIsLoggedAndDisturbsNoOtherPartition() {
        broker.logs.failWith(() -> new IllegalStateException("a bug"));
        try (LogLines log = new LogLines(RecordDeletions.class)) {
            assertEquals(refused(ErrorCode.UNKNOWN_SERVER_ERROR), broker.deleteBefore("t", 0, 2));
            assertEquals(1, log.records().size());
        }
    }

    @Test
    void theCallerDoesNotWaitForTheDisk() {
        Deque<Runnable> later = new ArrayDeque<>();
        CompletableFuture<List<RecordsDeleted>> answer = delete(later, t(0, 2));
        assertFalse(answer.isDone());

        later.remove().run();
        assertEquals(List.of(deleted(2)), answer.join());
    }

    @Test
    void whoAsksForOnePartitionDoesNotWaitForWhoAsksForMany() {
        Deque<Runnable> later = new ArrayDeque<>();
        CompletableFuture<List<RecordsDeleted>> many = delete(later, t(0, 1), t(1, 0), t(0, 2), t(0, 3));
        CompletableFuture<List<RecordsDeleted>> one = delete(later, t(1, 0));

        later.remove().run();
        later.remove().run();
        assertTrue(one.isDone());
        assertFalse(many.isDone());
        while (!later.isEmpty()) {
            later.remove().run();
        }
        assertEquals(
                List.of(1L, 0L, 2L, 3L),
                many.join().stream().map(RecordsDeleted::lowWatermark).toList());
    }

    @Test
    void nothingIsAskedForAndNothingIsDone() {
        assertEquals(List.of(), delete(new ArrayDeque<>()).join());
    }

    private CompletableFuture<List<RecordsDeleted>> delete(Deque<Runnable> later, RecordDeletion... deletions) {
        return new RecordDeletions(broker.partitions, later::add)
                .deleteRecords(OneBroker.CLIENT, List.of(deletions))
                .toCompletableFuture();
    }

    private static RecordDeletion t(int partition, long beforeOffset) {
        return new RecordDeletion(new TopicPartition("t", partition), beforeOffset);
    }

    private List<String> values(long offset) {
        return Reading.values(broker, broker.read(new Reading().from("t", 0, offset)));
    }

    private static RecordsDeleted deleted(long lowWatermark) {
        return new RecordsDeleted(new TopicPartition("t", 0), ErrorCode.NONE, lowWatermark);
    }

    private static RecordsDeleted refused(ErrorCode error) {
        return new RecordsDeleted(new TopicPartition("t", 0), error, -1);
    }

    private ByteBuffer sequenced(int sequence) {
        return new Batch(broker.time.wallClockMillis())
                .producer(7, 0, sequence)
                .records("s")
                .build(broker.codecs);
    }

    private static TopicSettings withPolicies(Set<String> policies) {
        TopicSettings defaults = OneBroker.KAFKA_DEFAULTS;
        return new TopicSettings(
                defaults.maxMessageBytes(),
                TimestampType.CREATE_TIME,
                defaults.timestampBeforeMaxMs(),
                defaults.timestampAfterMaxMs(),
                defaults.compression(),
                policies,
                defaults.minInSyncReplicas(),
                defaults.segmentBytes(),
                defaults.indexIntervalBytes(),
                defaults.life(),
                defaults.compaction());
    }
}
