package io.strikemq.domain.port.out;

import static io.strikemq.domain.port.out.LogProbe.UNLIMITED;
import static io.strikemq.domain.port.out.LogProbe.baseOffsets;
import static io.strikemq.domain.record.TestBatches.batch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.LogRead;
import io.strikemq.domain.log.LogSlice;
import io.strikemq.domain.record.BatchLayout;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link PartitionLog} does when its first records are deleted. Three batches fit into a segment. */
public abstract class DeletedRecordsContractTest extends SmallSegmentsContract {
    @Test
    void whatLiesBeforeTheStartIsNotReadAnyMore() {
        fill(0, 10);

        log.deleteBefore(4);

        assertEquals(4, log.startOffset());
        assertEquals(10, log.endOffset());
        assertEquals(new LogRead.BelowStart(4), log.read(3, UNLIMITED));
        assertEquals(List.of(4L, 5L, 6L, 7L, 8L, 9L), baseOffsets(log, 4, UNLIMITED));
    }

    @Test
    void aBatchThatContainsTheStartIsReadWhole() {
        log.append(batch(0, 10, 0));
        log.append(batch(10, 10, 0));

        log.deleteBefore(15);

        assertEquals(15, log.startOffset());
        assertEquals(new LogRead.BelowStart(15), log.read(14, UNLIMITED));
        assertEquals(List.of(10L), baseOffsets(log, 15, UNLIMITED));
        assertEquals(batch(10, 10, 0), LogProbe.bytes(log, 15));
    }

    @Test
    void theStartNeverGoesBackNorBeyondTheEnd() {
        fill(0, 10);
        log.deleteBefore(7);

        log.deleteBefore(7);
        log.deleteBefore(2);
        log.deleteBefore(-1);
        assertEquals(7, log.startOffset());

        assertThrows(IllegalArgumentException.class, () -> log.deleteBefore(11));
        assertEquals(7, log.startOffset());
    }

    @Test
    void aLogOfWhichAllIsDeletedGoesOnWhereItWas() {
        fill(0, 10);

        log.deleteBefore(10);

        assertEquals(10, log.startOffset());
        assertEquals(10, log.endOffset());
        assertEquals(0, log.sizeInBytes());
        assertEquals(List.of(), baseOffsets(log, 10, UNLIMITED));
        assertEquals(OptionalLong.empty(), log.firstBatchAtOrAfter(0, 0));
        assertEquals(OptionalLong.empty(), log.batchWithLatestTimestamp(0));

        fill(10, 5);
        assertEquals(List.of(10L, 11L, 12L, 13L, 14L), baseOffsets(log, 10, UNLIMITED));
        assertEquals(OptionalLong.of(14), log.batchWithLatestTimestamp(0));
    }

    @Test
    void searchesByTimestampFindNothingThatIsDeleted() {
        long[] timestamps = {70, 90, 20, 80, 30, 40, 30, 10, 40};
        for (int offset = 0; offset < timestamps.length; offset++) {
            log.append(batch(offset, 1, timestamps[offset]));
        }

        for (int start = 0; start <= timestamps.length; start++) {
            log.deleteBefore(start);
            for (long asked = 0; asked < 100; asked += 5) {
                assertEquals(firstAtOrAfter(timestamps, start, asked), log.firstBatchAtOrAfter(asked, 0));
            }
            assertEquals(latest(timestamps, start), log.batchWithLatestTimestamp(0), "start " + start);
        }
    }

    @Test
    void theStartIsRememberedWithAndWithoutACheckpoint() {
        fill(0, 10);
        log.deleteBefore(4);
        reopen();
        assertEquals(List.of(4L, 5L, 6L, 7L, 8L, 9L), baseOffsets(log, 4, UNLIMITED));
        assertEquals(new LogRead.BelowStart(4), log.read(3, UNLIMITED));

        log.checkpoint(ByteBuffer.wrap(new byte[] {1}));
        log.deleteBefore(8);
        reopen();
        assertEquals(8, log.startOffset());
        assertEquals(List.of(8L, 9L), baseOffsets(log, 8, UNLIMITED));
        assertEquals(10, log.lastCheckpoint().orElseThrow().endOffset());
    }

    @Test
    void theEndIsRememberedWhenNothingIsLeft() {
        fill(0, 10);
        log.checkpoint(ByteBuffer.wrap(new byte[] {1}));
        fill(10, 4);
        log.deleteBefore(14);
        reopen();

        assertEquals(14, log.startOffset());
        assertEquals(14, log.endOffset());
        assertEquals(10, log.lastCheckpoint().orElseThrow().endOffset());
        fill(14, 5);
        reopen();
        assertEquals(List.of(14L, 15L, 16L, 17L, 18L), baseOffsets(log, 14, UNLIMITED));
    }

    @Test
    void aCheckpointThatWasPreparedBeforeADeletionIsAsGoodAsAnother() {
        fill(0, 10);
        Runnable prepared = log.prepareCheckpoint(ByteBuffer.wrap(new byte[] {1}));
        fill(10, 10);
        log.deleteBefore(17);

        prepared.run();
        log.checkpoint(ByteBuffer.wrap(new byte[] {2}));

        reopen();
        assertEquals(17, log.startOffset());
        assertEquals(List.of(17L, 18L, 19L), baseOffsets(log, 17, UNLIMITED));
        assertEquals(20, log.lastCheckpoint().orElseThrow().endOffset());
    }

    @Test
    void aDeletedLogsSuccessorStartsAtZero() {
        fill(0, 10);
        log.deleteBefore(8);
        logs.delete(ORDERS);

        log = logs.open(ORDERS, SMALL_SEGMENTS);
        assertEquals(0, log.startOffset());
        assertEquals(0, log.endOffset());
    }

    @Test
    void aSliceStaysReadableWhenItsRecordsAreDeleted() {
        fill(0, 10);
        LogSlice held = ((LogRead.Found) log.read(0, UNLIMITED)).slice();

        log.deleteBefore(10);

        assertEquals(10, baseOffsets(LogProbe.copy(held)).size());
        held.release();
    }

    @Test
    void aClosedLogRefuses() {
        fill(0, 3);
        log.close();

        BrokerException refused = assertThrows(BrokerException.class, () -> log.deleteBefore(2));
        assertEquals(ErrorCode.KAFKA_STORAGE_ERROR, refused.error());
    }

    @Test
    void whoReadsWhileOthersDeleteIsServedOrToldWhereTheLogStarts() throws Exception {
        int batches = 2000;
        ExecutorService others = Executors.newFixedThreadPool(2);
        try {
            Future<?> reader = others.submit(() -> followFromTheStart(batches));
            Future<?> deleter = others.submit(() -> {
                while (log.startOffset() < batches) {
                    log.deleteBefore(log.endOffset());
                }
            });
            fill(0, batches);
            deleter.get();
            reader.get();
        } finally {
            others.shutdownNow();
        }
    }

    /** Reads to the end, skips what it is told is gone, and checks that what it gets is what it asked for. */
    private void followFromTheStart(long end) {
        long next = 0;
        while (next < end) {
            log.firstBatchAtOrAfter(next, 0);
            log.batchWithLatestTimestamp(0);
            LogRead read = log.read(next, UNLIMITED);
            if (read instanceof LogRead.BelowStart below) {
                assertTrue(below.startOffset() > next);
                next = below.startOffset();
            } else {
                LogSlice slice = ((LogRead.Found) read).slice();
                ByteBuffer found = LogProbe.copy(slice);
                slice.release();
                for (int at = 0; at < found.limit(); at += BatchLayout.sizeInBytes(found, at)) {
                    assertEquals(next++, BatchLayout.baseOffset(found, at));
                }
            }
        }
    }

    private void fill(int from, int count) {
        for (int offset = from; offset < from + count; offset++) {
            log.append(batch(offset, 1, offset));
        }
    }

    private static OptionalLong firstAtOrAfter(long[] timestamps, int start, long asked) {
        for (int offset = start; offset < timestamps.length; offset++) {
            if (timestamps[offset] >= asked) {
                return OptionalLong.of(offset);
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong latest(long[] timestamps, int start) {
        OptionalLong latest = OptionalLong.empty();
        for (int offset = start; offset < timestamps.length; offset++) {
            if (latest.isEmpty() || timestamps[offset] > timestamps[(int) latest.getAsLong()]) {
                latest = OptionalLong.of(offset);
            }
        }
        return latest;
    }
}
