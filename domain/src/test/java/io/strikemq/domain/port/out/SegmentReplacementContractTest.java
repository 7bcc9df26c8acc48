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
import io.strikemq.domain.log.AbortedTransaction;
import io.strikemq.domain.log.LogRead;
import io.strikemq.domain.log.LogSegment;
import io.strikemq.domain.record.RecordBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What every {@link PartitionLog} does when its segments are replaced. Three batches fit into one. */
public abstract class SegmentReplacementContractTest extends SmallSegmentsContract {
    @Test
    void whatWasInstalledIsReadInThePlaceOfWhatWasThere() {
        fill(7);
        replace(0, 6, batch(1, 1, 70), batch(4, 1, 20));

        for (int again = 0; again < 2; again++) {
            assertEquals(0, log.startOffset());
            assertEquals(7, log.endOffset());
            assertEquals(300, log.sizeInBytes());
            assertEquals(List.of(new LogSegment(0, 200, 70, 70), new LogSegment(6, 100, 6, 6)), log.segments());
            assertEquals(List.of(1L, 4L, 6L), baseOffsets(log, 0, UNLIMITED));
            assertEquals(List.of(4L, 6L), baseOffsets(log, 2, UNLIMITED));
            assertEquals(List.of(6L), baseOffsets(log, 5, UNLIMITED));
            assertEquals(concat(batch(1, 1, 70), batch(4, 1, 20), batch(6, 1, 6)), LogProbe.bytes(log, 0));
            assertEquals(OptionalLong.of(4), log.firstBatchAtOrAfter(20, 2));
            assertEquals(OptionalLong.of(6), log.firstBatchAtOrAfter(5, 5));
            assertEquals(OptionalLong.of(1), log.batchWithLatestTimestamp(0));
            reopen();
        }
        fill(2);
        assertEquals(List.of(1L, 4L, 6L, 7L, 8L), baseOffsets(log, 0, UNLIMITED));
    }

    @Test
    void aSegmentBeginsWithTheTimeOfItsFirstBatchAlsoWhenOnlyItsHeaderIsLeft() {
        fill(7);
        replace(0, 6, new RecordBatch(batch(1, 1, 70), 0).withoutRecords(), batch(4, 1, 20));

        assertEquals(70, log.segments().get(0).firstMillis());
        reopen();
        assertEquals(70, log.segments().get(0).firstMillis());
    }

    @Test
    void nobodySeesItBefore() {
        fill(7);
        log.checkpoint(state());
        try (SegmentReplacement replacement = log.replaceFrom(0)) {
            replacement.append(batch(1));
            replacement.addAborted(new AbortedTransaction(1, 0, 1, 2));
            assertEquals(100, replacement.sizeInBytes());
            fill(1);

            assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L), baseOffsets(log, 0, UNLIMITED));
            assertEquals(List.of(), log.aborted(0, 10));
        }
        replace(0, 3, batch(2));
        assertEquals(List.of(2L, 3L, 4L, 5L, 6L, 7L), baseOffsets(log, 0, UNLIMITED));
    }

    @Test
    void oneThatWasNotInstalledIsForgottenWithItsProcess() {
        fill(7);
        log.replaceFrom(0).append(batch(1));
        reopen();

        replace(0, 3, batch(2));
        assertEquals(List.of(2L, 3L, 4L, 5L, 6L), baseOffsets(log, 0, UNLIMITED));
    }

    @Test
    void theStartStaysWhenNothingIsLeftOfTheFirstSegments() {
        fill(10);
        replace(0, 3);
        replace(3, 9, batch(7));

        for (int again = 0; again < 2; again++) {
            assertEquals(0, log.startOffset());
            assertEquals(List.of(7L, 9L), baseOffsets(log, 0, UNLIMITED));
            assertEquals(List.of(7L, 9L), baseOffsets(log, 4, UNLIMITED));
            assertEquals(OptionalLong.of(7), log.firstBatchAtOrAfter(-1, 0));
            LogSegment empty = log.segments().get(0);
            assertEquals(new LogSegment(0, 0, -1, empty.lastMillis()), empty);
            assertEquals(3, log.segments().get(1).baseOffset());
            reopen();
        }
        replace(0, 9);
        assertEquals(List.of(9L), baseOffsets(log, 0, UNLIMITED));
        assertEquals(List.of(0L, 9L), bases());
    }

    @Test
    void nothingMayBeLeftInTheMiddle() {
        fill(10);
        replace(3, 6);
        replace(6, 9);

        for (int again = 0; again < 2; again++) {
            assertEquals(List.of(0L, 1L, 2L, 9L), baseOffsets(log, 0, UNLIMITED));
            assertEquals(List.of(9L), baseOffsets(log, 4, UNLIMITED));
            assertEquals(OptionalLong.of(9), log.firstBatchAtOrAfter(3, 0));
            assertEquals(OptionalLong.of(9), log.batchWithLatestTimestamp(0));
            assertEquals(List.of(0L, 3L, 6L, 9L), bases());
            reopen();
        }
    }

    @Test
    void aLogThatWasRolledIsReplacedToItsEndWhichStaysWhereItIs() {
        fill(7);
        log.rollSegment();
        replace(0, 7, batch(2));

        for (int again = 0; again < 2; again++) {
            assertEquals(7, log.endOffset());
            assertEquals(List.of(2L), baseOffsets(log, 0, UNLIMITED));
            assertEquals(OptionalLong.empty(), log.activeSegment());
            assertEquals(List.of(0L), bases());
            reopen();
        }
        fill(1);
        assertEquals(List.of(0L, 7L), bases());
        assertEquals(List.of(2L, 7L), baseOffsets(log, 0, UNLIMITED));
        reopen();
        assertEquals(List.of(2L, 7L), baseOffsets(log, 0, UNLIMITED));
    }

    @Test
    void theRollIsNotForgottenWhenACheckpointWasTakenSince() {
        fill(2);
        log.checkpoint(state());
        log.rollSegment();
        log.checkpoint(state());
        reopen();
        fill(1);

        assertEquals(List.of(0L, 2L), bases());
    }

    @Test
    void itIsRefusedWhatNoCheckpointCovers() {
        fill(6);
        log.checkpoint(state());
        fill(1);
        try (SegmentReplacement replacement = log.replaceFrom(0)) {
            assertThrows(IllegalStateException.class, () -> replacement.install(7));
            assertThrows(IllegalStateException.class, () -> replacement.install(4));
        }
        log.checkpoint(state());
        fill(2);
        log.rollSegment();
        try (SegmentReplacement replacement = log.replaceFrom(0)) {
            assertThrows(IllegalStateException.class, () -> replacement.install(9));
        }
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L), baseOffsets(log, 0, UNLIMITED));
    }

    @Test
    void whatWasDeletedMeanwhileStaysSo() {
        fill(7);
        log.checkpoint(state());
        try (SegmentReplacement replacement = log.replaceFrom(0)) {
            replacement.append(batch(4));
            log.deleteBefore(3);
            BrokerException refused = assertThrows(BrokerException.class, () -> replacement.install(6));
            assertEquals(ErrorCode.OFFSET_OUT_OF_RANGE, refused.error());
        }
        assertEquals(3, log.startOffset());
        assertEquals(List.of(3L, 4L, 5L, 6L), baseOffsets(log, 3, UNLIMITED));
        reopen();
        assertEquals(List.of(3L, 4L, 5L, 6L), baseOffsets(log, 3, UNLIMITED));
    }

    @Test
    void whatWasReplacedIsDeletedAsAnythingElse() {
        fill(10);
        Runnable freeing = replace(0, 6, batch(1), batch(4));
        log.deleteBefore(5);
        assertEquals(5, log.startOffset());
        log.deleteBefore(7);
        freeing.run();

        assertEquals(
                List.of(7L, 8L, 9L),
                baseOffsets(log, 7, UNLIMITED).stream()
                        .filter(offset -> offset >= 7)
                        .toList());
        assertEquals(List.of(6L, 9L), bases());
        reopen();
        assertEquals(List.of(6L, 9L), bases());
    }

    @Test
    void whoseLogIsClosedOrDeletedCannotInstall() {
        fill(7);
        log.checkpoint(state());
        SegmentReplacement replacement = log.replaceFrom(0);
        logs.delete(ORDERS);
        assertRefused(() -> replacement.install(6));
        assertRefused(() -> log.replaceFrom(0));

        log = logs.open(ORDERS, SMALL_SEGMENTS);
        fill(7);
        log.checkpoint(state());
        SegmentReplacement other = log.replaceFrom(0);
        other.append(batch(1));
        replacement.close();
        other.install(6).run();
        assertEquals(List.of(1L, 6L), baseOffsets(log, 0, UNLIMITED));
    }

    @Test
    void spaceThatIsFreedAfterTheLogIsDeletedIsNobodyElses() {
        fill(7);
        Runnable freeing = replace(0, 6, batch(1));
        logs.delete(ORDERS);
        log = logs.open(ORDERS, SMALL_SEGMENTS);
        fill(7);
        freeing.run();

        reopen();
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L), baseOffsets(log, 0, UNLIMITED));
    }

    @Test
    void slicesOfWhatWasReplacedStayReadable() {
        fill(7);
        ByteBuffer before = LogProbe.bytes(log, 0);
        LogRead.Found held = (LogRead.Found) log.read(0, UNLIMITED);

        replace(0, 6).run();

        assertEquals(before, LogProbe.copy(held.slice()));
        held.slice().release();
    }

    @Test
    void theyComeOneAtATime() {
        fill(4);
        SegmentReplacement first = log.replaceFrom(0);
        assertThrows(IllegalStateException.class, () -> log.replaceFrom(0));
        first.close();
        SegmentReplacement second = log.replaceFrom(0);
        first.close();
        assertThrows(IllegalStateException.class, () -> log.replaceFrom(0));
        second.close();
    }

    @Test
    void theAbortedTransactionsAreThoseOfWhatIsThere() {
        fill(10);
        AbortedTransaction gone = aborted(1, 0, 1, 2);
        AbortedTransaction kept = aborted(2, 0, 4, 5);
        AbortedTransaction behind = aborted(3, 5, 9, 10);
        assertEquals(List.of(gone, kept, behind), log.aborted(0, 10));
        log.checkpoint(state());
        try (SegmentReplacement replacement = log.replaceFrom(0)) {
            replacement.append(batch(4));
            replacement.addAborted(kept);
            replacement.install(6).run();
        }

        assertEquals(List.of(kept, behind), log.aborted(0, 10));
        assertEquals(List.of(behind), log.aborted(5, 10));
        reopen();
        assertTrue(log.knewAborted());
        assertEquals(List.of(kept, behind), log.aborted(0, 10));

        replace(0, 6);
        assertEquals(List.of(behind), log.aborted(0, 10));
        reopen();
        assertTrue(log.knewAborted());
        assertEquals(List.of(behind), log.aborted(0, 10));
        log.checkpoint(ByteBuffer.allocate(1));
        reopen();
        assertTrue(log.knewAborted());
        assertEquals(List.of(behind), log.aborted(0, 10));
    }

    @Test
    void upToWhereItWasCompactedIsRemembered() {
        assertEquals(0, log.compactedTo());
        fill(7);
        log.compactedTo(6);
        assertEquals(6, log.compactedTo());
        reopen();
        assertEquals(6, log.compactedTo());
        log.compactedTo(3);
        assertEquals(3, log.compactedTo());
        assertThrows(IllegalArgumentException.class, () -> log.compactedTo(8));
        log.close();
        assertRefused(() -> log.compactedTo(3));
    }

    @Test
    void whoReadsMeanwhileFindsTheOldOrTheNew() {
        fill(13);
        AtomicBoolean isDone = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(2);
        try {
            List<CompletableFuture<Void>> reading = new ArrayList<>();
            for (int reader = 0; reader < 2; reader++) {
                reading.add(CompletableFuture.runAsync(
                        () -> {
                            do {
                                readEverywhere();
                            } while (!isDone.get());
                        },
                        readers));
            }
            for (int round = 0; round < 60; round++) {
                boolean odd = round % 2 == 1;
                replace(
                                0,
                                6,
                                odd
                                        ? new ByteBuffer[] {batch(2, 1, 2), batch(5, 1, 5)}
                                        : new ByteBuffer[] {batch(5, 1, 5)})
                        .run();
                replace(6, 12, odd ? new ByteBuffer[0] : new ByteBuffer[] {batch(11, 1, 11)})
                        .run();
            }
            isDone.set(true);
            reading.forEach(CompletableFuture::join);
        } finally {
            isDone.set(true);
            readers.shutdown();
        }
    }

    /** Some batches are there in any case, others at times. */
    private void readEverywhere() {
        for (long offset = 0; offset <= 12; offset++) {
            List<Long> found = readToTheEnd(offset);
            assertTrue(found.contains(12L), "at " + offset + ": " + found);
            assertTrue(offset > 5 || found.contains(5L), "at " + offset + ": " + found);
            assertEquals(found.stream().sorted().distinct().toList(), found);
            assertTrue(log.firstBatchAtOrAfter(offset, offset).isPresent());
            assertEquals(OptionalLong.of(12), log.batchWithLatestTimestamp(offset));
            log.segments();
        }
    }

    /** A read may end where a segment was replaced at that moment; the next one goes on. */
    private List<Long> readToTheEnd(long offset) {
        List<Long> found = new ArrayList<>();
        long next = offset;
        while (next < 13) {
            found.addAll(baseOffsets(log, next, UNLIMITED));
            next = found.get(found.size() - 1) + 1;
        }
        return found;
    }

    private Runnable replace(long baseOffset, long limitOffset, ByteBuffer... batches) {
        log.checkpoint(state());
        try (SegmentReplacement replacement = log.replaceFrom(baseOffset)) {
            for (ByteBuffer batch : batches) {
                replacement.append(batch);
            }
            return replacement.install(limitOffset);
        }
    }

    private AbortedTransaction aborted(long producerId, long firstOffset, long lastOffset, long lastStableOffset) {
        AbortedTransaction transaction = new AbortedTransaction(producerId, firstOffset, lastOffset, lastStableOffset);
        log.addAborted(transaction);
        return transaction;
    }

    private List<Long> bases() {
        return log.segments().stream().map(LogSegment::baseOffset).toList();
    }

    private void fill(int count) {
        for (int i = 0; i < count; i++) {
            log.append(batch(log.endOffset(), 1, log.endOffset()));
        }
    }

    private static ByteBuffer state() {
        return ByteBuffer.allocate(0);
    }

    private static void assertRefused(Runnable call) {
        assertEquals(
                ErrorCode.KAFKA_STORAGE_ERROR,
                assertThrows(BrokerException.class, call::run).error());
    }
}
