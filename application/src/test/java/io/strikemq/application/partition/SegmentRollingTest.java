package io.strikemq.application.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.application.Batch;
import io.strikemq.application.OneBroker;
import io.strikemq.domain.log.LogLife;
import io.strikemq.domain.log.LogSegment;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rule was read from Kafka's {@code LogSegment.shouldRoll}. */
class SegmentRollingTest {
    private final OneBroker broker = new OneBroker();

    @BeforeEach
    void start() {
        segmentMs(1000, 0);
        broker.topic("t", 1);
    }

    @Test
    void aSegmentEndsWhenABatchIsTooMuchLaterThanItsFirstOne() {
        produceAt(5000);
        produceAt(5500);
        produceAt(6000);
        assertEquals(List.of(0L), segments());

        produceAt(6001);
        produceAt(7001);
        assertEquals(List.of(0L, 3L), segments());
        produceAt(7002);
        assertEquals(List.of(0L, 3L, 5L), segments());
    }

    @Test
    void whatTheClockSaysIsNoMatterWhereRecordsHaveTimestamps() {
        produceAt(5000);
        broker.time.advance(Duration.ofHours(1));
        produceAt(5000);

        assertEquals(List.of(0L), segments());
    }

    @Test
    void oneWithoutTimestampsEndsByTheClock() {
        produceAt(-1);
        broker.time.advance(Duration.ofMillis(1000));
        produceAt(-1);
        assertEquals(List.of(0L), segments());

        broker.time.advance(Duration.ofMillis(1));
        produceAt(-1);
        assertEquals(List.of(0L, 2L), segments());
    }

    @Test
    void anotherTimeHoldsForTheNextBatch() {
        produceAt(5000);
        segmentMs(10, 0);
        produceAt(5011);
        segmentMs(1000, 0);
        produceAt(6000);

        assertEquals(List.of(0L, 1L), segments());
    }

    @Test
    void theFirstBatchIsRememberedByTheNextBroker() {
        produceAt(5000);
        broker.partitions.close();
        OneBroker next = broker.restarted();
        next.settings(Set.of("delete"), new LogLife(-1, -1, 1000, 0, 0));
        next.produce("t", 0, new Batch(6000).records("b").build(next.codecs));
        next.produce("t", 0, new Batch(6001).records("c").build(next.codecs));

        assertEquals(
                List.of(0L, 2L),
                next.partition("t", 0).segments().stream()
                        .map(LogSegment::baseOffset)
                        .toList());
    }

    @Test
    void jitterEndsSegmentsEarlierAndNotAllAtOnce() {
        segmentMs(1000, 1000);
        long first = -1;
        boolean differs = false;
        for (int partition = 0; partition < 5; partition++) {
            String name = "j" + partition;
            broker.topic(name, 1);
            broker.produce(name, 0, new Batch(5000).records("a").build(broker.codecs));
            long at = 5000;
            while (broker.partition(name, 0).segments().size() == 1) {
                broker.produce(name, 0, new Batch(++at).records("a").build(broker.codecs));
            }
            assertTrue(at <= 6001, "no later than without jitter");
            differs |= first >= 0 && at != first;
            first = at;
        }
        assertTrue(differs);
    }

    private void segmentMs(long millis, long jitter) {
        broker.settings(Set.of("delete"), new LogLife(-1, -1, millis, jitter, 0));
    }

    private void produceAt(long timestamp) {
        broker.produce("t", 0, new Batch(timestamp).records("a").build(broker.codecs));
    }

    private List<Long> segments() {
        return broker.partition("t", 0).segments().stream()
                .map(LogSegment::baseOffset)
                .toList();
    }
}
