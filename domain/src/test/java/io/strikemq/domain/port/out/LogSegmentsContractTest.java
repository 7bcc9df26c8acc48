package io.strikemq.domain.port.out;

import static io.strikemq.domain.port.out.LogProbe.UNLIMITED;
import static io.strikemq.domain.port.out.LogProbe.baseOffsets;
import static io.strikemq.domain.record.TestBatches.batch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.log.LogSegment;
import io.strikemq.domain.log.LogSettings;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What every {@link PartitionLog} tells of its segments, and when it begins them. Three batches fit into one. */
public abstract class LogSegmentsContractTest extends SmallSegmentsContract {
    @Test
    void anEmptyLogHasNone() {
        assertEquals(List.of(), log.segments());
        assertEquals(OptionalLong.empty(), log.activeSegment());
    }

    @Test
    void eachHasItsSizeAndItsLatestTimestamp() {
        append(50, 70, 60, 10, 20);

        assertEquals(List.of(new LogSegment(0, 300, 50, 70), new LogSegment(3, 200, 10, 20)), log.segments());
        assertEquals(OptionalLong.of(3), log.activeSegment());
    }

    @Test
    void whatASegmentIsIsRememberedByTheNextOpening() {
        append(50, 70, 60, 10, 20);
        log.checkpoint(ByteBuffer.allocate(0));
        reopen();

        assertEquals(List.of(new LogSegment(0, 300, 50, 70), new LogSegment(3, 200, 10, 20)), log.segments());
        assertEquals(OptionalLong.of(3), log.activeSegment());
    }

    @Test
    void oneWithoutTimestampsHasTheTimeWhenItWasWritten() {
        append(-1, -1);

        long lastMillis = log.segments().get(0).lastMillis();
        assertTrue(lastMillis > 1_700_000_000_000L, "no time of ours: " + lastMillis);
        append(5);
        assertEquals(List.of(new LogSegment(0, 300, -1, 5)), log.segments());
    }

    @Test
    void aSegmentThatIsRolledTakesNoMore() {
        append(1);
        log.rollSegment();
        assertEquals(OptionalLong.empty(), log.activeSegment());
        append(2, 3);

        assertEquals(List.of(new LogSegment(0, 100, 1, 1), new LogSegment(1, 200, 2, 3)), log.segments());
        assertEquals(OptionalLong.of(1), log.activeSegment());
        assertEquals(List.of(0L, 1L, 2L), baseOffsets(log, 0, UNLIMITED));
    }

    @Test
    void anEmptyLogThatIsRolledBeginsAsEver() {
        log.rollSegment();
        append(1, 2);

        assertEquals(List.of(new LogSegment(0, 200, 1, 2)), log.segments());
    }

    @Test
    void anotherSizeHoldsFromTheNextAppendOn() {
        append(1);
        log.configure(new LogSettings(200, 150));
        append(2, 3);
        assertEquals(List.of(new LogSegment(0, 200, 1, 2), new LogSegment(2, 100, 3, 3)), log.segments());

        log.configure(new LogSettings(1000, 150));
        append(4, 5, 6, 7);
        assertEquals(List.of(new LogSegment(0, 200, 1, 2), new LogSegment(2, 500, 3, 7)), log.segments());
    }

    @Test
    void manySmallBatchesAreOneSegmentAsLongAsThereIsRoom() {
        log.configure(new LogSettings(100_000, 4096));
        append(new long[1000]);

        assertEquals(List.of(new LogSegment(0, 100_000, 0, 0)), log.segments());
        append(9);
        assertEquals(List.of(new LogSegment(0, 100_000, 0, 0), new LogSegment(1000, 100, 9, 9)), log.segments());
    }

    @Test
    void segmentsBeforeTheStartAreGoneWhetherOrNotTheirSpaceIsFree() {
        append(1, 2, 3, 4, 5, 6, 7);
        Runnable freeing = log.removeBefore(6);

        assertEquals(List.of(new LogSegment(6, 100, 7, 7)), log.segments());
        assertEquals(100, log.sizeInBytes());
        freeing.run();
        assertEquals(List.of(6L), baseOffsets(log, 6, UNLIMITED));
        log.removeBefore(7).run();
        assertEquals(List.of(), log.segments());
        append(8);
        assertEquals(List.of(new LogSegment(7, 100, 8, 8)), log.segments());
    }

    @Test
    void spaceThatIsFreedAfterTheLogIsClosedOrDeletedIsNobodyElses() {
        append(1, 2, 3, 4);
        Runnable freeing = log.removeBefore(3);
        logs.delete(ORDERS);
        log = logs.open(ORDERS, SMALL_SEGMENTS);
        append(1, 2, 3, 4);

        freeing.run();

        assertEquals(List.of(0L, 1L, 2L, 3L), baseOffsets(log, 0, UNLIMITED));
        reopen();
        assertEquals(List.of(0L, 1L, 2L, 3L), baseOffsets(log, 0, UNLIMITED));
    }

    @Test
    void logsAreKnownOnceTheyWereOpened() {
        assertTrue(logs.contains(ORDERS));
        logs.delete(ORDERS);
        assertEquals(false, logs.contains(ORDERS));
    }

    @Test
    void aClosedLogRefuses() {
        log.close();
        assertThrows(BrokerException.class, log::segments);
    }

    private void append(long... timestamps) {
        for (long timestamp : timestamps) {
            log.append(batch(log.endOffset(), 1, timestamp));
        }
    }
}
