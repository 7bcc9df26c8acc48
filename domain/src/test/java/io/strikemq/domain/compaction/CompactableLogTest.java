package io.strikemq.domain.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.log.LogSegment;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompactableLogTest {
    private static final long NOW = 1_000_000;
    private static final CompactionSettings HALF = CompactionSettings.DEFAULT;

    /** Sizes, timestamps of the first batch, and latest timestamps. */
    private static final List<LogSegment> SEGMENTS = List.of(
            new LogSegment(0, 100, 10, 20),
            new LogSegment(10, 50, 30, 40),
            new LogSegment(20, 70, 50, 60),
            new LogSegment(30, 80, 70, 80));

    private static CompactableLog log(long activeOffset, long lastStableOffset, long compactedTo) {
        return new CompactableLog(SEGMENTS, 0, 40, activeOffset, lastStableOffset, compactedTo);
    }

    private static CompactionSettings lags(long min, long max) {
        return new CompactionSettings(0.5, min, max, 0);
    }

    @Test
    void allSegmentsAreDirtyButTheActiveOne() {
        assertEquals(new DirtyRange(0, 30, 0, 220, false), log(30, 40, 0).dirty(HALF, NOW));
    }

    @Test
    void aLogThatWasRolledHasNoActiveSegment() {
        assertEquals(new DirtyRange(0, 40, 0, 300, false), log(40, 40, 0).dirty(HALF, NOW));
    }

    @Test
    void whatWasCompactedBeforeIsClean() {
        DirtyRange dirty = log(30, 40, 20).dirty(HALF, NOW);
        assertEquals(new DirtyRange(20, 30, 150, 70, false), dirty);
        assertFalse(dirty.isDue(HALF));
        assertTrue(dirty.isDue(new CompactionSettings(0.31, 0, Long.MAX_VALUE, 0)));
    }

    @Test
    void aRatioThatIsJustReachedIsNotEnough() {
        assertFalse(new DirtyRange(0, 10, 50, 50, false).isDue(HALF));
        assertTrue(new DirtyRange(0, 10, 50, 51, false).isDue(HALF));
        assertFalse(new DirtyRange(0, 10, 0, 0, true).isDue(HALF));
    }

    @Test
    void aSegmentThatIsCompactedInPartCountsAsBoth() {
        assertEquals(new DirtyRange(15, 30, 150, 120, false), log(30, 40, 15).dirty(HALF, NOW));
    }

    @Test
    void theSegmentWithTheLastStableOffsetIsLeftAlone() {
        assertEquals(new DirtyRange(0, 10, 0, 100, false), log(30, 15, 0).dirty(HALF, NOW));
        DirtyRange nothing = log(30, 15, 12).dirty(HALF, NOW);
        assertEquals(0, nothing.dirtyBytes());
        assertEquals(10, nothing.to());
        assertFalse(nothing.isDue(HALF));
    }

    @Test
    void fromTheFirstSegmentOnThatIsTooYoungNothingIsCompacted() {
        assertEquals(
                10, log(30, 40, 0).dirty(lags(NOW - 39, Long.MAX_VALUE), NOW).to());
        assertEquals(
                20, log(30, 40, 0).dirty(lags(NOW - 40, Long.MAX_VALUE), NOW).to());
        assertEquals(30, log(30, 40, 0).dirty(lags(0, Long.MAX_VALUE), NOW).to());
    }

    @Test
    void whatHasWaitedForTooLongIsDueWhateverTheRatio() {
        assertTrue(log(30, 40, 20).dirty(lags(0, NOW - 51), NOW).isDue(HALF));
        assertFalse(log(30, 40, 20).dirty(lags(0, NOW - 50), NOW).isDue(HALF));
    }

    @Test
    void theActiveSegmentWaitsForNothing() {
        assertFalse(log(30, 40, 30).dirty(lags(0, 1), NOW).isOverdue());
    }

    @Test
    void segmentsWithoutATimestampAreNotOverdue() {
        List<LogSegment> timeless = List.of(new LogSegment(0, 100, -1, 5), new LogSegment(10, 100, 0, 5));
        CompactableLog log = new CompactableLog(timeless, 0, 20, 20, 20, 0);
        assertFalse(log.dirty(lags(0, 1), NOW).isOverdue());
        assertEquals(CompactableLog.NEVER, log.nextMillis(lags(0, 1), NOW));
    }

    @Test
    void aLogThatWasRolledAndCompactedWhollyHasNothingDirty() {
        CompactableLog whole = log(40, 40, 40);
        assertEquals(new DirtyRange(40, 40, 300, 0, false), whole.dirty(lags(0, 1), NOW));
        assertEquals(40, whole.dirty(lags(NOW, Long.MAX_VALUE), NOW).to());
        assertEquals(CompactableLog.NEVER, whole.nextMillis(lags(NOW, NOW), NOW));
    }

    @Test
    void aPointOutsideTheLogIsForgotten() {
        assertEquals(0, log(30, 40, 41).dirty(HALF, NOW).from());
        assertEquals(
                5,
                new CompactableLog(SEGMENTS, 5, 40, 30, 40, 3).dirty(HALF, NOW).from());
    }

    @Test
    void timeAloneMakesMoreOfItDue() {
        assertEquals(CompactableLog.NEVER, log(30, 40, 0).nextMillis(HALF, NOW));
        // Safe up to and with 40 + 960,000: the second segment is the first that is still safe then.
        assertEquals(40 + NOW - 39, log(30, 40, 0).nextMillis(lags(NOW - 39, Long.MAX_VALUE), NOW));
        assertEquals(50 + NOW + 1, log(30, 40, 20).nextMillis(lags(0, NOW), NOW));
        assertEquals(CompactableLog.NEVER, log(30, 40, 30).nextMillis(lags(0, NOW), NOW));
    }

    @Test
    void neighboursBecomeOneSegmentAsLongAsTheyFitIntoOne() {
        assertEquals(List.of(SEGMENTS.subList(0, 2), SEGMENTS.subList(2, 4)), SegmentGroups.of(SEGMENTS, 150, 40));
        assertEquals(
                List.of(SEGMENTS.subList(0, 1), SEGMENTS.subList(1, 3), SEGMENTS.subList(3, 4)),
                SegmentGroups.of(SEGMENTS, 149, 40));
        assertEquals(List.of(), SegmentGroups.of(List.of(), 149, 0));
    }

    @Test
    void asManyOffsetsBecomeOneSegmentAsAnIntCounts() {
        List<LogSegment> far = List.of(new LogSegment(5, 1, 0, 0), new LogSegment(100, 1, 0, 0));
        assertEquals(1, SegmentGroups.of(far, 100, 5L + Integer.MAX_VALUE + 1).size());
        assertEquals(2, SegmentGroups.of(far, 100, 5L + Integer.MAX_VALUE + 2).size());
        List<LogSegment> farAndEmpty = List.of(new LogSegment(5, 1, 0, 0), new LogSegment(100, 0, 0, 0));
        assertEquals(1, SegmentGroups.of(farAndEmpty, 100, Long.MAX_VALUE).size());
    }
}
