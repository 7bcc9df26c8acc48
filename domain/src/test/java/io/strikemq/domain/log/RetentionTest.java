package io.strikemq.domain.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules were read from Kafka's {@code UnifiedLog.deletableSegments}. */
class RetentionTest {
    private static final long NOW = 1000;
    /** Segments from offsets 0, 10 and 20 on; the log ends at 30. */
    private static final List<LogSegment> SEGMENTS =
            List.of(new LogSegment(0, 100, 0, 100), new LogSegment(10, 50, 0, 300), new LogSegment(20, 70, 0, 200));

    @Test
    void segmentsGoWhoseLatestRecordIsOlderThanTheLimit() {
        assertEquals(0, start(900, -1));
        assertEquals(10, start(899, -1));
        assertEquals(10, start(700, -1));
        assertEquals(30, start(699, -1));
        assertEquals(30, start(0, -1));
    }

    @Test
    void oneThatIsNotTooOldKeepsThoseBehindIt() {
        assertEquals(10, start(750, -1), "that from offset 20 on would be too old");
    }

    @Test
    void oneOfTheFutureStaysWithAllBehindIt() {
        List<LogSegment> future = List.of(new LogSegment(0, 100, 0, NOW + 1), new LogSegment(10, 100, 0, 1));
        assertEquals(0, new Retention(0, -1).startOffset(future, 20, NOW));
    }

    @Test
    void segmentsGoWithoutWhichTheLogIsStillAsLargeAsItMayBe() {
        assertEquals(0, start(-1, 220));
        assertEquals(0, start(-1, 121));
        assertEquals(10, start(-1, 120));
        assertEquals(10, start(-1, 71));
        assertEquals(20, start(-1, 70));
        assertEquals(20, start(-1, 1));
        assertEquals(30, start(-1, 0));
    }

    @Test
    void firstThoseGoThatAreTooManyAndThenThoseThatAreTooOld() {
        assertEquals(30, start(750, 70), "without the second one, the third one is the first");
    }

    @Test
    void withoutALimitAllStays() {
        assertEquals(0, start(-1, -1));
        assertEquals(30, new Retention(-1, -1).startOffset(List.of(), 30, NOW));
    }

    @Test
    void theNextOneIsTooOldAMillisecondAfterTheLimit() {
        assertEquals(1001, new Retention(900, -1).nextMillis(SEGMENTS));
        assertEquals(10, new Retention(900, -1).startOffset(SEGMENTS, 30, 1001));
        assertEquals(Retention.NEVER, new Retention(-1, 5).nextMillis(SEGMENTS));
        assertEquals(Retention.NEVER, new Retention(900, -1).nextMillis(List.of()));
        assertEquals(Retention.NEVER, new Retention(Long.MAX_VALUE, -1).nextMillis(SEGMENTS));
    }

    private static long start(long millis, long bytes) {
        return new Retention(millis, bytes).startOffset(SEGMENTS, 30, NOW);
    }
}
