package io.strikemq.application.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.application.Batch;
import io.strikemq.application.LogLines;
import io.strikemq.application.OneBroker;
import io.strikemq.application.Reading;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.log.LogLife;
import io.strikemq.domain.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogRetentionTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Set<String> DELETE = Set.of("delete");

    private final OneBroker broker = new OneBroker();
    private Topic topic;

    @BeforeEach
    void start() {
        keepFor(HOUR);
        topic = broker.topic("t", 2);
        broker.retention.start();
    }

    @Test
    void recordsGoWhenTheyBecomeTooOldAndNotBefore() {
        broker.produce("t", 0, "a", "b");
        broker.time.advance(HOUR);
        assertEquals(0, broker.partition("t", 0).startOffset());

        broker.time.advance(Duration.ofMillis(1));
        assertEquals(2, broker.partition("t", 0).startOffset());
        FetchResult below = broker.read(new Reading().from("t", 0, 1));
        assertEquals(ErrorCode.OFFSET_OUT_OF_RANGE, below.partitions().get(0).error());
        assertEquals(2, broker.produce("t", 0, "c").baseOffset());
    }

    @Test
    void aSegmentGoesWhenItsLatestRecordIsTooOld() {
        broker.produce("t", 0, "a");
        broker.time.advance(HOUR.dividedBy(2));
        broker.produce("t", 0, "b");
        broker.time.advance(HOUR);
        assertEquals(0, broker.partition("t", 0).startOffset());

        broker.time.advance(Duration.ofMillis(1));
        assertEquals(2, broker.partition("t", 0).startOffset());
    }

    @Test
    void recordsWithoutTimestampsAreAsOldAsTheirLastAppend() {
        broker.produce("t", 0, new Batch(-1).records("a").build(broker.codecs));
        broker.time.advance(HOUR);
        assertEquals(0, broker.partition("t", 0).startOffset());

        broker.time.advance(Duration.ofMillis(1));
        assertEquals(1, broker.partition("t", 0).startOffset());
    }

    @Test
    void recordsThatComeWithAnOldTimestampLastUntilTheNextCheck() {
        broker.time.advance(Duration.ofMinutes(1));
        broker.produce("t", 0, new Batch(0).records("a").build(broker.codecs));
        broker.time.advance(OneBroker.CHECK_INTERVAL.minusMillis(1));
        assertEquals(0, broker.partition("t", 0).startOffset());

        broker.time.advance(Duration.ofMillis(1));
        assertEquals(1, broker.partition("t", 0).startOffset());
    }

    @Test
    void aLogThatHasBecomeTooLargeLosesItsFirstSegmentsAtTheNextCheck() {
        broker.settings(DELETE, new LogLife(-1, 0, 1000, 0, 0));
        broker.produce("t", 0, "a");
        broker.time.advance(Duration.ofSeconds(2));
        broker.produce("t", 0, "b");
        long size = broker.partition("t", 0).sizeInBytes();
        broker.settings(DELETE, new LogLife(-1, size / 2, 1000, 0, 0));
        broker.time.advance(OneBroker.CHECK_INTERVAL);

        assertEquals(1, broker.partition("t", 0).startOffset());
        assertEquals(size / 2, broker.partition("t", 0).sizeInBytes());
    }

    @Test
    void configsThatAreChangedHoldAtTheNextCheck() {
        broker.settings(DELETE, LogLife.DEFAULT);
        broker.produce("t", 0, "a");
        broker.time.advance(HOUR);
        keepFor(Duration.ofSeconds(1));
        broker.retention.topicChanged(topic, topic);
        broker.time.advance(OneBroker.CHECK_INTERVAL);

        assertEquals(1, broker.partition("t", 0).startOffset());
    }

    @Test
    void aTopicThatIsOnlyCompactedKeepsItsRecords() {
        broker.settings(Set.of("compact"), new LogLife(0, 0, 1000, 0, 0));
        broker.partition("t", 0);
        broker.settings(Set.of(), new LogLife(0, 0, 1000, 0, 0));
        broker.produce("t", 0, "a");
        broker.time.advance(HOUR);
        assertEquals(0, broker.partition("t", 0).startOffset());

        broker.settings(Set.of("compact", "delete"), new LogLife(0, 0, 1000, 0, 0));
        broker.retention.topicChanged(topic, topic);
        broker.time.advance(HOUR);
        assertEquals(1, broker.partition("t", 0).startOffset());
    }

    @Test
    void nothingIsWaitedForWhileNothingCanBeDue() {
        assertTrue(broker.time.pendingDeadlines() <= 1);
        broker.time.advance(HOUR);
        assertEquals(0, broker.time.pendingDeadlines(), "no record, no deadline");

        broker.produce("t", 0, "a");
        broker.produce("t", 1, "a");
        assertEquals(1, broker.time.pendingDeadlines());
        broker.time.advance(HOUR.multipliedBy(2));
        assertEquals(0, broker.time.pendingDeadlines(), "all is gone, and its space as well");

        broker.settings(DELETE, new LogLife(-1, -1, 1000, 0, 0));
        broker.produce("t", 0, "a");
        broker.time.advance(OneBroker.CHECK_INTERVAL);
        assertEquals(0, broker.time.pendingDeadlines(), "no limit, no deadline");
    }

    @Test
    void logsThatNobodyHasUsedAreNotOpened() {
        broker.time.advance(HOUR);
        assertEquals(Set.of(), broker.logs.opened());
    }

    @Test
    void whatWasThereBeforeTheStartIsLookedAtSoonAfterIt() {
        broker.produce("t", 0, new Batch(0).records("a").build(broker.codecs));
        broker.partitions.close();
        OneBroker next = broker.restarted();
        next.settings(DELETE, new LogLife(HOUR.toMillis(), -1, 1000, 0, 0));
        next.retention.start();
        next.time.advance(Duration.ofSeconds(29));
        assertTrue(next.partitions.all().allMatch(partition -> partition.needsOpening()));

        next.time.advance(Duration.ofSeconds(1));
        assertFalse(next.partition("t", 0).needsOpening());
        assertEquals(1, next.partition("t", 0).startOffset());
        assertTrue(next.partition("t", 1).needsOpening(), "it has no log");
    }

    @Test
    void whoWaitsForTheNextRecordGoesOnWaiting() {
        broker.produce("t", 0, new Batch(0).records("a").build(broker.codecs));
        Reading atTheEnd = new Reading().waiting(HOUR).from("t", 0, 1);
        CompletableFuture<FetchResult> waiting = broker.fetch(atTheEnd);
        broker.time.advance(OneBroker.CHECK_INTERVAL);
        assertEquals(1, broker.partition("t", 0).startOffset());
        assertFalse(waiting.isDone());

        broker.produce("t", 0, "b");
        assertEquals(List.of("b"), Reading.values(broker, waiting.join()));
    }

    @Test
    void whoHoldsRecordsReadsThemOn() {
        broker.produce("t", 0, new Batch(0).records("a").build(broker.codecs));
        FetchResult held = broker.read(new Reading().from("t", 0, 0));
        broker.time.advance(OneBroker.CHECK_INTERVAL);
        assertEquals(1, broker.partition("t", 0).startOffset());

        assertEquals(List.of("a"), Reading.values(broker, held));
    }

    @Test
    void producersAreStillKnownWhenTheirRecordsAreGone() {
        broker.produce("t", 0, new Batch(0).producer(7, 0, 0).records("a").build(broker.codecs));
        broker.time.advance(OneBroker.CHECK_INTERVAL);
        assertEquals(1, broker.partition("t", 0).startOffset());

        long duplicate = broker.produce(
                        "t", 0, new Batch(0).producer(7, 0, 0).records("a").build(broker.codecs))
                .baseOffset();
        assertEquals(0, duplicate);
    }

    @Test
    void whatFailsIsToldAndTriedAgain() {
        broker.produce("t", 0, new Batch(0).records("a").build(broker.codecs));
        broker.produce("t", 1, new Batch(0).records("a").build(broker.codecs));
        broker.logs.fillDisk();
        try (LogLines log = new LogLines(LogRetention.class)) {
            broker.time.advance(OneBroker.CHECK_INTERVAL);
            assertEquals(2, log.records().size());
        }
        assertEquals(0, broker.partition("t", 0).startOffset());

        broker.logs.repair();
        broker.time.advance(OneBroker.CHECK_INTERVAL);
        assertEquals(1, broker.partition("t", 0).startOffset());
        assertEquals(1, broker.partition("t", 1).startOffset());
    }

    @Test
    void topicsThatAreDeletedMeanwhileAreNobodysAffair() {
        broker.produce("t", 0, new Batch(0).records("a").build(broker.codecs));
        broker.topics.delete(topic);
        try (LogLines log = new LogLines(LogRetention.class)) {
            broker.time.advance(HOUR);
            assertEquals(List.of(), log.records());
        }
    }

    private void keepFor(Duration time) {
        broker.settings(DELETE, new LogLife(time.toMillis(), -1, LogLife.DEFAULT.segmentMs(), 0, 60_000));
    }
}
