package io.strikemq.application.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.application.LogLines;
import io.strikemq.application.OneBroker;
import io.strikemq.domain.compaction.CompactionSettings;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.RecordsCompacted;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.settings.CleanerSettings;
import io.strikemq.domain.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogCompactionTest {
    private static final Duration BACKOFF = Duration.ofSeconds(15);
    private static final Duration INSTANT = Duration.ofMillis(1);
    private static final long NEVER = Long.MAX_VALUE;

    private final CompactedTopic topic = new CompactedTopic();

    @BeforeEach
    void start() {
        topic.broker.compaction.start();
        topic.broker.time.advance(BACKOFF);
    }

    private void putTwiceAndRoll() {
        topic.put("a", "1");
        topic.put("a", "2");
        topic.roll();
        topic.put("b", "1");
    }

    @Test
    void sealedSegmentsAreCompactedAfterTheBackoff() {
        putTwiceAndRoll();
        topic.broker.time.advance(BACKOFF.minus(INSTANT));
        assertEquals(List.of("0 a=1", "1 a=2", "2 b=1"), topic.records());

        topic.broker.time.advance(INSTANT);
        assertEquals(List.of("1 a=2", "2 b=1"), topic.records());
    }

    @Test
    void aShorterBackoffHoldsForWhatWaitsAlready() {
        putTwiceAndRoll();
        CleanerSettings d = CleanerSettings.DEFAULT;
        topic.broker.cleaner = new CleanerSettings(
                true,
                Duration.ofMillis(100),
                d.maxBytesPerSecond(),
                d.dedupeBufferBytes(),
                d.dedupeLoadFactor(),
                d.ioBufferBytes());
        changed();
        topic.broker.time.advance(Duration.ofMillis(100));
        assertEquals(List.of("1 a=2", "2 b=1"), topic.records());
    }

    @Test
    void theSegmentThatIsAppendedToIsLeftAlone() {
        topic.put("a", "1");
        topic.put("a", "2");
        topic.broker.time.advance(Duration.ofDays(1));
        assertEquals(2, topic.records().size());
    }

    @Test
    void anIdleBrokerSleeps() {
        putTwiceAndRoll();
        topic.broker.time.advance(BACKOFF.multipliedBy(3));
        assertEquals(0, topic.broker.time.pendingDeadlines());
        int reads = topic.broker.logs.reads();
        topic.broker.time.advance(Duration.ofDays(400));
        assertEquals(reads, topic.broker.logs.reads());
    }

    @Test
    void whatSomebodyHadCompactedIsNotCompactedAgain() {
        topic.compaction(new CompactionSettings(0.1, 0, 60_000, 0));
        putTwiceAndRoll();
        try (LogLines log = new LogLines(CompactionTroubles.class)) {
            topic.compactNow();
            assertEquals(1, said(log).size());
            topic.broker.time.advance(Duration.ofDays(1));
            assertEquals(1, said(log).size());
        }
        assertEquals(0, topic.broker.time.pendingDeadlines());
    }

    @Test
    void aLogIsCompactedWhenMoreThanTheRatioOfItIsDirty() {
        putTwiceAndRoll();
        topic.put("c", "1");
        topic.roll();
        topic.put("d", "1");
        topic.broker.time.advance(BACKOFF);
        topic.put("d", "2");
        topic.roll();
        topic.put("e", "1");
        topic.broker.time.advance(BACKOFF);
        // As large as what is clean: 3 batches of both.
        assertEquals(List.of("1 a=2", "2 b=1", "3 c=1", "4 d=1", "5 d=2", "6 e=1"), topic.records());

        topic.compaction(new CompactionSettings(0.3, 0, NEVER, 0));
        changed();
        topic.broker.time.advance(BACKOFF);
        assertEquals(List.of("1 a=2", "2 b=1", "3 c=1", "5 d=2", "6 e=1"), topic.records());
    }

    private static List<String> said(LogLines log) {
        return log.records().stream().map(record -> record.getMessage()).toList();
    }

    private void changed() {
        Topic now = topic.partition().topic();
        topic.broker.compaction.topicChanged(now, now);
    }

    @Test
    void whatIsYoungIsSafeUntilItIsOldEnough() {
        topic.compaction(new CompactionSettings(0.5, 60_000, NEVER, 0));
        putTwiceAndRoll();
        topic.broker.time.advance(Duration.ofMillis(59_999));
        assertEquals(3, topic.records().size());

        topic.broker.time.advance(INSTANT);
        assertEquals(List.of("1 a=2", "2 b=1"), topic.records());
        assertEquals(0, topic.broker.time.pendingDeadlines());
    }

    @Test
    void whatIsOldIsCompactedWhateverTheRatio() {
        topic.compaction(new CompactionSettings(1, 0, 60_000, 0));
        putTwiceAndRoll();
        topic.broker.time.advance(Duration.ofMillis(60_000));
        assertEquals(3, topic.records().size());

        topic.broker.time.advance(INSTANT);
        assertEquals(List.of("1 a=2", "2 b=1"), topic.records());
        assertEquals(0, topic.broker.time.pendingDeadlines());
    }

    @Test
    void theEndOfATransactionMakesItsRecordsCleanable() {
        topic.put("a", "1");
        topic.broker.transactional(CompactedTopic.NAME, 0, 7, 0, "open");
        topic.roll();
        topic.put("a", "2");
        topic.roll();
        topic.put("b", "1");
        topic.broker.time.advance(BACKOFF);
        assertEquals(4, topic.records().size());

        topic.broker.end(CompactedTopic.NAME, 0, 7, Outcome.ABORT);
        topic.broker.time.advance(BACKOFF);
        assertEquals(List.of("2 a=2", "3 b=1"), topic.records());
    }

    @Test
    void keysThatDoNotFitAreDoneInMorePasses() {
        cleaner(24 * 3, CleanerSettings.DEFAULT.maxBytesPerSecond());
        // A segment that was done in part counts as clean and as dirty.
        topic.compaction(new CompactionSettings(0.3, 0, NEVER, 0));
        for (int round = 0; round < 2; round++) {
            for (String key : List.of("a", "b", "c", "d", "e", "f", "g")) {
                topic.put(key, "" + round);
            }
        }
        topic.roll();
        topic.put("z", "1");
        topic.broker.time.advance(BACKOFF);
        assertEquals(
                List.of("7 a=1", "8 b=1", "9 c=1", "10 d=1", "11 e=1", "12 f=1", "13 g=1", "14 z=1"), topic.records());
    }

    @Test
    void whoAsksWaitsForAllPasses() {
        cleaner(24 * 3, CleanerSettings.DEFAULT.maxBytesPerSecond());
        for (int i = 0; i < 20; i++) {
            topic.put("k" + i % 7, "" + i);
        }
        RecordsCompacted compacted = topic.compactNow();
        assertEquals(7, topic.records().size());
        assertEquals(20, compacted.compactedTo());
        assertEquals(20, compacted.recordsBefore());
        assertEquals(7, compacted.recordsAfter());
        assertEquals(topic.partition().sizeInBytes(), compacted.bytesAfter());
    }

    @Test
    void aTopicThatIsNotToBeCompactedAnyMoreInTheMidstIsLeftAsItIs() {
        putTwiceAndRoll();
        cleaner(1000, 1);
        topic.broker.time.advance(BACKOFF);
        topic.configure(CompactionSettings.DEFAULT, 1 << 30, Set.of("delete"));
        try (LogLines log = new LogLines(CompactionTroubles.class)) {
            topic.broker.time.advance(Duration.ofDays(1));
            assertEquals(List.of(), said(log));
        }
        assertEquals(3, topic.records().size());
        topic.partition().replaceableSegments().replaceFrom(0).close();
    }

    private void cleaner(long keyBytes, double bytesPerSecond) {
        topic.broker.cleaner = new CleanerSettings(true, BACKOFF, bytesPerSecond, keyBytes, 0.9, 200);
    }

    @Test
    void itReadsAndWritesNoMoreInASecondThanItMay() {
        for (int i = 0; i < 100; i++) {
            topic.put("k" + i % 2, "v");
        }
        topic.roll();
        topic.put("z", "1");
        long size = topic.partition().sizeInBytes();
        cleaner(1000, size / 10.0);
        topic.broker.time.advance(BACKOFF);
        // Everything is read twice.
        topic.broker.time.advance(Duration.ofSeconds(19));
        assertEquals(101, topic.records().size());
        topic.broker.time.advance(Duration.ofSeconds(2));
        assertEquals(3, topic.records().size());
    }

    @Test
    void whoWaitsIsNotSlowedDown() {
        putTwiceAndRoll();
        cleaner(1000, 1);
        topic.broker.time.advance(BACKOFF);
        assertEquals(3, topic.records().size(), "the background has begun and waits");
        topic.compactNow();
        assertEquals(List.of("1 a=2", "2 b=1"), topic.records());
    }

    @Test
    void aDisabledCleanerDoesNothingUnlessItIsAsked() {
        CleanerSettings d = CleanerSettings.DEFAULT;
        topic.broker.cleaner = new CleanerSettings(
                false, BACKOFF, d.maxBytesPerSecond(), d.dedupeBufferBytes(), d.dedupeLoadFactor(), d.ioBufferBytes());
        putTwiceAndRoll();
        topic.broker.time.advance(Duration.ofDays(1));
        assertEquals(3, topic.records().size());

        topic.compactNow();
        assertEquals(2, topic.records().size());
    }

    @Test
    void aTopicThatIsNotCompactedAnyMoreIsLeftAlone() {
        putTwiceAndRoll();
        topic.configure(CompactionSettings.DEFAULT, 1 << 30, Set.of("delete"));
        topic.broker.time.advance(Duration.ofDays(1));
        assertEquals(3, topic.records().size());
    }

    @Test
    void aLogThatIsNotThereIsNotMade() {
        OneBroker next = topic.broker;
        next.topic("unused", 1);
        assertEquals(
                0,
                next.compaction
                        .compactNow(next.partition("unused", 0))
                        .toCompletableFuture()
                        .join()
                        .recordsBefore());
        assertTrue(next.partition("unused", 0).needsOpening());
    }

    @Test
    void aTopicThatIsDeletedMeanwhileIsNoError() {
        putTwiceAndRoll();
        cleaner(1000, 1);
        topic.broker.time.advance(BACKOFF);
        try (LogLines log = new LogLines(CompactionTroubles.class)) {
            topic.broker.topics.delete(topic.partition().topic());
            assertEquals(0, topic.broker.time.pendingDeadlines(), "it has ended at once");
            topic.broker.time.advance(Duration.ofDays(1));
            assertEquals(List.of(), said(log));
        }
        assertEquals(0, topic.broker.logs.heldSlices());
    }

    @Test
    void recordsThatAreDeletedMeanwhileAreTriedAgain() {
        topic.configure(CompactionSettings.DEFAULT, 1 << 30, Set.of("compact", "delete"));
        putTwiceAndRoll();
        topic.put("b", "2");
        topic.roll();
        topic.put("c", "1");
        cleaner(1000, 60);
        topic.broker.time.advance(BACKOFF.plusSeconds(2));
        topic.partition().deleteBefore(2);
        try (LogLines log = new LogLines(CompactionTroubles.class)) {
            topic.broker.time.advance(Duration.ofMinutes(10));
            assertEquals(1, said(log).size(), "nothing is wrong: " + said(log));
        }
        assertEquals(List.of("3 b=2", "4 c=1"), topic.records());
    }

    @Test
    void whoAsksIsAnsweredAlthoughRecordsAreDeletedMeanwhile() {
        topic.configure(CompactionSettings.DEFAULT, 1 << 30, Set.of("compact", "delete"));
        putTwiceAndRoll();
        topic.put("b", "2");
        topic.roll();
        topic.put("c", "1");
        topic.broker.logs.beforeNextRead(() -> topic.partition().deleteBefore(2));
        RecordsCompacted compacted = topic.compactNow();
        assertEquals(List.of("3 b=2", "4 c=1"), topic.records());
        assertEquals(5, compacted.compactedTo());
        assertEquals(1, compacted.recordsBefore() - compacted.recordsAfter());
    }

    @Test
    void whatIsDeletedAtTheVeryEndOfACompactionIsNoError() {
        topic.configure(CompactionSettings.DEFAULT, 1 << 30, Set.of("compact", "delete"));
        putTwiceAndRoll();
        topic.put("b", "2");
        AtomicBoolean isDone = new AtomicBoolean();
        topic.broker.logs.duringCheckpoints(() -> {
            if (isDone.compareAndSet(false, true)) {
                topic.partition().deleteBefore(2);
            }
        });
        topic.compactNow();
        assertTrue(isDone.get());
        assertEquals(List.of("3 b=2"), topic.records());
    }

    @Test
    void whatIsDamagedIsToldOnceAndStaysAsItIs() {
        putTwiceAndRoll();
        topic.broker.logs.damage(1, 2);
        try (LogLines log = new LogLines(CompactionTroubles.class)) {
            topic.broker.time.advance(BACKOFF);
            topic.put("b", "2");
            topic.broker.time.advance(BACKOFF);
            assertEquals(1, said(log).size());
            assertTrue(
                    said(log).get(0).startsWith("t-0 is left as it is"),
                    said(log).get(0));
            CompletionException failure = assertThrows(CompletionException.class, topic::compactNow);
            BrokerException refused = (BrokerException) failure.getCause();
            assertEquals(ErrorCode.CORRUPT_MESSAGE, refused.error());
            assertEquals(2, said(log).size(), "who asks for it has the log told again");
        }
        assertEquals(0, topic.partition().startOffset());
    }

    @Test
    void aBatchThatTellsAWrongOffsetIsDamaged() {
        putTwiceAndRoll();
        topic.put("b", "2");
        topic.put("c", "1");
        topic.broker.logs.damageOffset(3, 4);
        assertDamaged();
        topic.broker.logs.damageOffset(3, 1);
        assertDamaged();
        topic.broker.logs.damageOffset(4, 1L << 46);
        assertDamaged();
        topic.broker.logs.damageOffset(4, 4);
        topic.compactNow();
        assertEquals(List.of("1 a=2", "3 b=2", "4 c=1"), topic.records());
    }

    private void assertDamaged() {
        CompletionException failure = assertThrows(CompletionException.class, topic::compactNow);
        BrokerException refused = (BrokerException) failure.getCause();
        assertEquals(ErrorCode.CORRUPT_MESSAGE, refused.error());
        assertTrue(refused.getMessage().contains("a batch says that it has the offsets"), refused.getMessage());
    }

    @Test
    void aFullDiskIsTriedAgainAfterTheBackoff() {
        putTwiceAndRoll();
        topic.broker.logs.duringCheckpoints(() -> {
            throw new BrokerException(ErrorCode.KAFKA_STORAGE_ERROR, "no space left on device");
        });
        try (LogLines log = new LogLines(CompactionTroubles.class)) {
            topic.broker.time.advance(BACKOFF);
            assertEquals(List.of("t-0 is not compacted for now; nothing is lost: no space left on device"), said(log));
        }
        assertEquals(3, topic.records().size());
        topic.broker.logs.duringCheckpoints(() -> {});
        topic.broker.time.advance(BACKOFF);
        assertEquals(List.of("1 a=2", "2 b=1"), topic.records());
    }

    @Test
    void aCloseInTheMidstLeavesTheLogAsItIs() {
        putTwiceAndRoll();
        cleaner(1000, 1);
        topic.broker.time.advance(BACKOFF);
        topic.broker.compaction.close();
        topic.broker.time.advance(Duration.ofDays(1));
        assertEquals(3, topic.records().size());
        assertEquals(0, topic.broker.logs.heldSlices());
        // Nobody holds a segment that is being written any more.
        topic.partition().replaceableSegments().replaceFrom(0).close();
    }

    @Test
    void theDirtiestLogGoesFirst() {
        topic.broker.topic("other", 1);
        putTwiceAndRoll();
        topic.broker.time.advance(BACKOFF);
        try (LogLines log = new LogLines(CompactionTroubles.class)) {
            for (int i = 0; i < 5; i++) {
                topic.put("a", "" + i);
                topic.broker.produce(
                        "other", 0, topic.batch().keyed("a", "" + i).build(topic.broker.codecs));
            }
            topic.roll();
            topic.broker.partition("other", 0).replaceableSegments().roll();
            topic.put("b", "3");
            topic.broker.produce("other", 0, topic.batch().keyed("b", "3").build(topic.broker.codecs));
            topic.broker.time.advance(BACKOFF);
            assertEquals(2, said(log).size());
            assertTrue(said(log).get(0).startsWith("other-0"), said(log).get(0));
            assertTrue(said(log).get(1).startsWith("t-0"), said(log).get(1));
        }
    }
}
