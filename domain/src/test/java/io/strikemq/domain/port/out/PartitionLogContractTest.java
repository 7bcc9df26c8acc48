package io.strikemq.domain.port.out;

import static io.strikemq.domain.port.out.LogProbe.UNLIMITED;
import static io.strikemq.domain.port.out.LogProbe.baseOffsets;
import static io.strikemq.domain.record.TestBatches.batch;
import static io.strikemq.domain.record.TestBatches.concat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.LogRead;
import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.log.ReadLimit;
import io.strikemq.domain.log.ReadLimit.FirstBatch;
import io.strikemq.domain.log.ReadLimit.LastBatch;
import io.strikemq.domain.topic.TopicIdPartition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link PartitionLog} does. The batches are of 100 bytes, three of which fit into a segment. */
public abstract class PartitionLogContractTest {
    private static final LogSettings SMALL_SEGMENTS = new LogSettings(350, 150);

    private PartitionLog log;

    /** Fresh and empty logs of the adapter under test; called once per test. */
    protected abstract PartitionLogs logs() throws IOException;

    @BeforeEach
    void openLog() throws IOException {
        log = logs().open(new TopicIdPartition(new UUID(7, 7), "orders", 0), SMALL_SEGMENTS);
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void aNewLogIsEmpty() {
        assertEquals(0, log.startOffset());
        assertEquals(0, log.endOffset());
        assertEquals(0, log.sizeInBytes());
        assertEquals(List.of(), baseOffsets(log, 0, UNLIMITED));
        assertEquals(OptionalLong.empty(), log.firstBatchAtOrAfter(0, 0));
        assertEquals(OptionalLong.empty(), log.batchWithLatestTimestamp(0));
        assertEquals(Optional.empty(), log.lastCheckpoint());
    }

    @Test
    void whatWasAppendedIsReadByteForByte() {
        ByteBuffer first = batch(0, 3, 7);
        ByteBuffer second = batch(3, 2, 8, 250);

        log.append(first);
        log.append(second);

        assertEquals(5, log.endOffset());
        assertEquals(concat(first, second), LogProbe.bytes(log, 0));
    }

    @Test
    void anAppendLeavesTheBuffersPositionAndNeedsItNoMore() {
        ByteBuffer roomy = ByteBuffer.allocateDirect(300);
        roomy.position(50).put(batch(0)).limit(150).position(50);

        log.append(roomy);

        assertEquals(50, roomy.position());
        assertEquals(150, roomy.limit());
        roomy.clear().put(new byte[300]);
        assertEquals(batch(0), LogProbe.bytes(log, 0));
    }

    @Test
    void oneAppendMayHoldManyBatchesAndBeLargerThanASegment() {
        log.append(batch(0));
        log.append(concat(batch(1), batch(2), batch(3), batch(4), batch(5)));
        log.append(batch(6));

        assertEquals(7, log.endOffset());
        assertEquals(700, log.sizeInBytes());
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L), baseOffsets(log, 0, UNLIMITED));
        assertEquals(List.of(4L, 5L, 6L), baseOffsets(log, 4, UNLIMITED));
    }

    @Test
    void aReadBeginsWithTheBatchThatContainsTheOffset() {
        log.append(concat(batch(0, 10, 0), batch(10, 10, 0), batch(20, 10, 0)));

        assertEquals(List.of(10L, 20L), baseOffsets(log, 10, UNLIMITED));
        assertEquals(List.of(10L, 20L), baseOffsets(log, 15, UNLIMITED));
        assertEquals(List.of(10L, 20L), baseOffsets(log, 19, UNLIMITED));
        assertEquals(List.of(20L), baseOffsets(log, 20, UNLIMITED));
    }

    @Test
    void aReadInAGapBeginsWithTheNextBatch() {
        log.append(batch(5));
        log.append(batch(10));
        log.append(batch(20));
        log.append(batch(30));

        assertEquals(31, log.endOffset());
        assertEquals(List.of(5L, 10L, 20L, 30L), baseOffsets(log, 0, UNLIMITED));
        assertEquals(List.of(20L, 30L), baseOffsets(log, 11, UNLIMITED));
        assertEquals(List.of(30L), baseOffsets(log, 21, UNLIMITED));
    }

    @Test
    void aReadAtTheEndFindsNothingYet() {
        log.append(batch(0));

        assertEquals(List.of(), baseOffsets(log, 1, UNLIMITED));
    }

    @Test
    void aReadOutsideTheLogIsToldWhereTheLogIs() {
        log.append(batch(0, 4, 0));

        assertEquals(new LogRead.PastEnd(4), log.read(5, UNLIMITED));
        assertEquals(new LogRead.BelowStart(0), log.read(-1, UNLIMITED));
    }

    @Test
    void aReadReturnsWholeBatchesUpToTheLimitInBytes() {
        appendOneByOne(7);

        assertEquals(List.of(0L, 1L), baseOffsets(log, 0, bytes(200, FirstBatch.ALWAYS)));
        assertEquals(List.of(0L, 1L), baseOffsets(log, 0, bytes(299, FirstBatch.ALWAYS)));
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L), baseOffsets(log, 0, bytes(500, FirstBatch.ONLY_IF_IT_FITS)));
        assertEquals(List.of(5L, 6L), baseOffsets(log, 5, bytes(500, FirstBatch.ONLY_IF_IT_FITS)));
    }

    @Test
    void whereTheLimitHasEndedAReadNoSmallerBatchFollows() {
        int[] sizes = {150, 250, 80, 240, 70, 300, 65, 90};
        for (int i = 0; i < sizes.length; i++) {
            log.append(batch(i, 1, 0, sizes[i]));
        }

        for (int maxBytes = 1; maxBytes < 1400; maxBytes++) {
            List<Long> expected = new ArrayList<>();
            int size = 0;
            for (int i = 0; i < sizes.length && (i == 0 || size + sizes[i] <= maxBytes); i++) {
                expected.add((long) i);
                size += sizes[i];
            }
            assertEquals(expected, baseOffsets(log, 0, bytes(maxBytes, FirstBatch.ALWAYS)));
        }
    }

    @Test
    void theFirstBatchIsReturnedWhateverItsSizeIfSoWished() {
        appendOneByOne(7);

        assertEquals(List.of(0L), baseOffsets(log, 0, bytes(99, FirstBatch.ALWAYS)));
        assertEquals(List.of(3L), baseOffsets(log, 3, bytes(0, FirstBatch.ALWAYS)));
        assertEquals(List.of(), baseOffsets(log, 0, bytes(99, FirstBatch.ONLY_IF_IT_FITS)));
        assertEquals(List.of(), baseOffsets(log, 3, bytes(0, FirstBatch.ONLY_IF_IT_FITS)));
    }

    @Test
    void theLastBatchIsCutAtTheLimitIfSoWished() {
        appendOneByOne(7);
        ByteBuffer all = LogProbe.bytes(log, 0);

        for (int maxBytes = 100; maxBytes <= 800; maxBytes++) {
            int expected = Math.min(maxBytes, 700);
            assertEquals(all.slice(0, expected), LogProbe.bytes(log, 0, cutAt(maxBytes, FirstBatch.ALWAYS)));
            assertEquals(all.slice(0, expected), LogProbe.bytes(log, 0, cutAt(maxBytes, FirstBatch.ONLY_IF_IT_FITS)));
        }
        assertEquals(all.slice(400, 250), LogProbe.bytes(log, 4, cutAt(250, FirstBatch.ALWAYS)));
    }

    @Test
    void theFirstBatchIsNeverCut() {
        appendOneByOne(7);

        assertEquals(batch(2), LogProbe.bytes(log, 2, cutAt(99, FirstBatch.ALWAYS)));
        assertEquals(batch(2), LogProbe.bytes(log, 2, cutAt(0, FirstBatch.ALWAYS)));
        assertEquals(batch(3), LogProbe.bytes(log, 3, cutAt(50, FirstBatch.ALWAYS)));
        assertEquals(List.of(), baseOffsets(log, 2, cutAt(99, FirstBatch.ONLY_IF_IT_FITS)));
    }

    @Test
    void nothingIsReturnedOfBatchesFromTheMaxOffsetOn() {
        appendOneByOne(7);

        ReadLimit limit = new ReadLimit(5, 650, FirstBatch.ALWAYS, LastBatch.CUT);
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L), baseOffsets(log, 0, limit));
    }

    @Test
    void batchesFromTheMaxOffsetOnAreNotReturned() {
        log.append(concat(batch(0, 10, 0), batch(10, 10, 0)));
        log.append(concat(batch(20, 10, 0), batch(30, 10, 0)));
        log.append(batch(40, 10, 0));

        assertEquals(List.of(), baseOffsets(log, 0, below(0)));
        assertEquals(List.of(0L), baseOffsets(log, 0, below(10)));
        assertEquals(List.of(0L, 10L), baseOffsets(log, 0, below(11)));
        assertEquals(List.of(10L, 20L, 30L), baseOffsets(log, 10, below(40)));
        assertEquals(List.of(), baseOffsets(log, 40, below(40)));
        assertEquals(List.of(), baseOffsets(log, 45, below(20)));
    }

    @Test
    void anOffsetIsFoundByTimestamp() {
        log.append(concat(batch(0, 5, 100), batch(5, 5, 200)));
        log.append(concat(batch(10, 5, 300), batch(15, 5, 400)));
        log.append(batch(20, 5, 500));

        assertEquals(OptionalLong.of(0), log.firstBatchAtOrAfter(-1, 0));
        assertEquals(OptionalLong.of(0), log.firstBatchAtOrAfter(100, 0));
        assertEquals(OptionalLong.of(5), log.firstBatchAtOrAfter(101, 0));
        assertEquals(OptionalLong.of(15), log.firstBatchAtOrAfter(400, 0));
        assertEquals(OptionalLong.of(20), log.firstBatchAtOrAfter(401, 0));
        assertEquals(OptionalLong.empty(), log.firstBatchAtOrAfter(501, 0));
        assertEquals(OptionalLong.of(10), log.firstBatchAtOrAfter(150, 12));
        assertEquals(OptionalLong.of(20), log.firstBatchAtOrAfter(0, 20));
        assertEquals(OptionalLong.empty(), log.firstBatchAtOrAfter(0, 25));
        assertEquals(OptionalLong.of(20), log.batchWithLatestTimestamp(0));
    }

    @Test
    void timestampsMayComeInAnyOrder() {
        long[] timestamps = {50, -1, 10, 90, 90, 20, 70, 90, 30, 95, 1};
        for (int offset = 0; offset < timestamps.length; offset++) {
            log.append(batch(offset, 1, timestamps[offset]));
        }

        for (long asked = -2; asked < 100; asked++) {
            assertEquals(firstAtOrAfter(timestamps, asked), log.firstBatchAtOrAfter(asked, 0), "timestamp " + asked);
        }
        assertEquals(OptionalLong.of(9), log.batchWithLatestTimestamp(9));
        assertEquals(OptionalLong.of(10), log.batchWithLatestTimestamp(10));
        assertEquals(OptionalLong.empty(), log.batchWithLatestTimestamp(11));
        assertEquals(OptionalLong.of(9), log.batchWithLatestTimestamp(0));
    }

    @Test
    void theFirstOfEquallyLateBatchesIsTheOneWithTheLatestTimestamp() {
        for (int offset = 0; offset < 10; offset++) {
            log.append(batch(offset, 1, offset < 2 ? 5 : 60));
        }

        assertEquals(OptionalLong.of(2), log.batchWithLatestTimestamp(0));
    }

    @Test
    void batchesWithoutTimestampsCountAsMinusOne() {
        log.append(batch(0, 1, -1));

        assertEquals(OptionalLong.of(0), log.batchWithLatestTimestamp(0));
        assertEquals(OptionalLong.empty(), log.firstBatchAtOrAfter(0, 0));
        assertEquals(OptionalLong.of(0), log.firstBatchAtOrAfter(-1, 0));
    }

    @Test
    void aCheckpointRemembersTheStateAndTheEndOffset() {
        ByteBuffer state = ByteBuffer.wrap("producers".getBytes());
        log.append(batch(0, 5, 0));

        log.checkpoint(state);
        log.append(batch(5));

        assertEquals(9, state.remaining());
        assertEquals(5, log.lastCheckpoint().orElseThrow().endOffset());
        assertEquals(
                ByteBuffer.wrap("producers".getBytes()),
                log.lastCheckpoint().orElseThrow().state());
        state.put(0, (byte) 'X');
        log.lastCheckpoint().orElseThrow().state().get();
        assertEquals(
                ByteBuffer.wrap("producers".getBytes()),
                log.lastCheckpoint().orElseThrow().state());
    }

    @Test
    void aPreparedCheckpointCoversWhatWasThereWhenItWasPrepared() {
        log.append(batch(0, 5, 0));
        Runnable prepared = log.prepareCheckpoint(ByteBuffer.wrap(new byte[] {1}));
        log.append(batch(5));

        assertEquals(Optional.empty(), log.lastCheckpoint());
        prepared.run();

        assertEquals(5, log.lastCheckpoint().orElseThrow().endOffset());
        assertEquals(6, baseOffsets(log, 0, UNLIMITED).size() + 4, "both batches are there");
    }

    @Test
    void aPreparedCheckpointDoesNothingBehindALaterOneOrTheClose() {
        log.append(batch(0));
        Runnable early = log.prepareCheckpoint(ByteBuffer.wrap(new byte[] {1}));
        log.append(batch(1));
        log.checkpoint(ByteBuffer.wrap(new byte[] {2}));

        early.run();
        assertEquals(2, log.lastCheckpoint().orElseThrow().endOffset());

        log.append(batch(2));
        Runnable late = log.prepareCheckpoint(ByteBuffer.wrap(new byte[] {3}));
        log.close();
        late.run();
        assertEquals(2, log.lastCheckpoint().orElseThrow().endOffset());
    }

    @Test
    void theBuffersOfASliceAreReadOnlyAndItsReleaseMayBeRepeated() {
        appendOneByOne(5);

        LogRead.Found found = (LogRead.Found) log.read(0, UNLIMITED);

        assertTrue(found.slice().buffers().stream().allMatch(ByteBuffer::isReadOnly));
        assertEquals(500, found.slice().sizeInBytes());
        found.slice().release();
        found.slice().release();
        assertEquals(5, baseOffsets(log, 0, UNLIMITED).size());
    }

    @Test
    void aClosedLogRefusesToWorkButMayBeClosedAgain() {
        log.append(batch(0));
        log.close();
        log.close();

        assertRefused(() -> log.append(batch(1)));
        assertRefused(() -> log.read(0, UNLIMITED));
        assertRefused(() -> log.firstBatchAtOrAfter(0, 0));
        assertRefused(() -> log.checkpoint(ByteBuffer.allocate(0)));
    }

    private static void assertRefused(Runnable call) {
        assertEquals(
                ErrorCode.KAFKA_STORAGE_ERROR,
                assertThrows(BrokerException.class, call::run).error());
    }

    private void appendOneByOne(int count) {
        for (int offset = 0; offset < count; offset++) {
            log.append(batch(offset));
        }
    }

    private static OptionalLong firstAtOrAfter(long[] timestamps, long asked) {
        for (int offset = 0; offset < timestamps.length; offset++) {
            if (timestamps[offset] >= asked) {
                return OptionalLong.of(offset);
            }
        }
        return OptionalLong.empty();
    }

    private static ReadLimit bytes(int maxBytes, FirstBatch firstBatch) {
        return new ReadLimit(Long.MAX_VALUE, maxBytes, firstBatch);
    }

    private static ReadLimit cutAt(int maxBytes, FirstBatch firstBatch) {
        return new ReadLimit(Long.MAX_VALUE, maxBytes, firstBatch, LastBatch.CUT);
    }

    private static ReadLimit below(long maxOffset) {
        return new ReadLimit(maxOffset, Integer.MAX_VALUE, FirstBatch.ALWAYS);
    }
}
