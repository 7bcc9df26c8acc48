package io.strikemq.domain.offset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.offset.PartitionReset.Change;
import io.strikemq.domain.topic.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where targets are in a log from 10 up to 50 whose record of the time asked for is at 30. */
class ResetTargetTest {
    private static final TopicPartition T0 = new TopicPartition("t", 0);
    private static final LogMarks LOG = new LogMarks(10, 50, 30);

    @Test
    void theEndsAndTheTimeAreTakenAsTheyAreFound() {
        assertEquals(new PartitionReset(T0, 20, 10, 10, Change.NONE), ResetTarget.EARLIEST.in(T0, 20, LOG));
        assertEquals(new PartitionReset(T0, 20, 50, 50, Change.NONE), ResetTarget.LATEST.in(T0, 20, LOG));
        assertEquals(
                new PartitionReset(T0, 20, 30, 30, Change.NONE),
                ResetTarget.time(1000).in(T0, 20, LOG));
    }

    @Test
    void withoutARecordAsNewTheEndIsTaken() {
        assertEquals(
                new PartitionReset(T0, -1, 50, 50, Change.NO_RECORD_SINCE),
                ResetTarget.time(1000).in(T0, PartitionReset.NOTHING, new LogMarks(10, 50, LogMarks.NONE)));
    }

    @ParameterizedTest
    @CsvSource({
        "10, 10, NONE",
        "50, 50, NONE",
        "51, 50, BEYOND_END",
        "9, 10, BEFORE_START",
        "-7, 10, BEFORE_START",
        "9223372036854775807, 50, BEYOND_END"
    })
    void anOffsetStaysInTheLog(long asked, long after, Change change) {
        assertEquals(
                new PartitionReset(T0, -1, asked, after, change),
                ResetTarget.offset(asked).in(T0, PartitionReset.NOTHING, LOG));
    }

    @ParameterizedTest
    @CsvSource({
        "-10, 10, 10, NONE",
        "-11, 9, 10, BEFORE_START",
        "30, 50, 50, NONE",
        "31, 51, 50, BEYOND_END",
        "9223372036854775807, 9223372036854775807, 50, BEYOND_END",
        "-9223372036854775808, -9223372036854775788, 10, BEFORE_START"
    })
    void aShiftCountsFromTheCommittedOffsetAndStaysInTheLog(long by, long asked, long after, Change change) {
        assertEquals(
                new PartitionReset(T0, 20, asked, after, change),
                ResetTarget.shift(by).in(T0, 20, LOG));
    }

    @Test
    void aShiftNeedsACommittedOffset() {
        BrokerException refused =
                assertThrows(BrokerException.class, () -> ResetTarget.shift(1).in(T0, PartitionReset.NOTHING, LOG));
        assertEquals(ErrorCode.INVALID_REQUEST, refused.error());
        assertEquals(
                "Cannot shift offset for partition t-0 since there is no current committed offset",
                refused.getMessage());
    }

    /** Negative times are the special offsets of a look-up. */
    @Test
    void aTimeIsNotNegative() {
        assertThrows(IllegalArgumentException.class, () -> ResetTarget.time(-1));
    }
}
