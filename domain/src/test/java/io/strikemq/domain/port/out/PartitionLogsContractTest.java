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
import io.strikemq.domain.log.LogSlice;
import io.strikemq.domain.record.BatchLayout;
import io.strikemq.domain.topic.TopicIdPartition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link PartitionLogs} does with the life of logs: reopening, deleting, many threads. */
public abstract class PartitionLogsContractTest {
    private static final LogSettings SMALL_SEGMENTS = new LogSettings(1000, 150);
    private static final TopicIdPartition ORDERS = new TopicIdPartition(new UUID(7, 7), "orders", 0);

    private static final TopicIdPartition SUCCESSOR = new TopicIdPartition(new UUID(8, 8), "orders", 0);

    private PartitionLogs logs;
    private PartitionLog current;

    /** Fresh and empty logs of the adapter under test; called once per test. */
    protected abstract PartitionLogs logs() throws IOException;

    @BeforeEach
    void begin() throws IOException {
        logs = logs();
    }

    @Test
    void aLogIsThereAgainAfterAClose() {
        fill(open(), 0, 25);
        closeAndReopen(log -> {
            assertEquals(25, log.endOffset());
            assertEquals(25, baseOffsets(log, 0, UNLIMITED).size());
            assertEquals(OptionalLong.of(13), log.firstBatchAtOrAfter(13, 0));
            assertEquals(Optional.empty(), log.lastCheckpoint());
        });
    }

    @Test
    void aLogThatWasReopenedGoesOn() {
        fill(open(), 0, 25);
        closeAndReopen(log -> fill(log, 25, 10));
        closeAndReopen(log -> {
            assertEquals(35, baseOffsets(log, 0, UNLIMITED).size());
            assertEquals(3500, log.sizeInBytes());
            assertEquals(List.of(30L, 31L, 32L, 33L, 34L), baseOffsets(log, 30, UNLIMITED));
            assertEquals(OptionalLong.of(34), log.batchWithLatestTimestamp(0));
        });
    }

    @Test
    void aCheckpointIsThereAgainWithWhatCameAfterIt() {
        PartitionLog log = open();
        fill(log, 0, 25);
        log.checkpoint(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        fill(log, 25, 12);

        closeAndReopen(again -> {
            assertEquals(25, again.lastCheckpoint().orElseThrow().endOffset());
            assertEquals(
                    ByteBuffer.wrap(new byte[] {1, 2, 3}),
                    again.lastCheckpoint().orElseThrow().state());
            assertEquals(37, again.endOffset());
            assertEquals(37, baseOffsets(again, 0, UNLIMITED).size());
            assertEquals(OptionalLong.of(30), again.firstBatchAtOrAfter(30, 0));
        });
    }

    @Test
    void aLogThatWasCheckpointedAtItsEndIsFoundByOffsetAndTimestamp() {
        PartitionLog log = open();
        fill(log, 0, 25);
        log.checkpoint(ByteBuffer.allocate(0));

        closeAndReopen(again -> {
            for (long offset = 0; offset < 25; offset++) {
                assertEquals(offset, baseOffsets(again, offset, UNLIMITED).get(0));
                assertEquals(OptionalLong.of(offset), again.firstBatchAtOrAfter(offset, 0));
            }
            assertEquals(OptionalLong.of(24), again.batchWithLatestTimestamp(0));
        });
    }

    @Test
    void partitionsDoNotSeeEachOther() {
        PartitionLog log = open();
        try (PartitionLog other = logs.open(new TopicIdPartition(new UUID(7, 7), "orders", 1), SMALL_SEGMENTS)) {
            fill(log, 0, 3);
            fill(other, 0, 5);

            assertEquals(3, log.endOffset());
            assertEquals(5, other.endOffset());
        }
        log.close();
    }

    @Test
    void aPartitionIsOpenAtMostOnce() {
        try (PartitionLog log = open()) {
            assertThrows(IllegalStateException.class, this::open);
            assertEquals(0, log.endOffset());
        }
    }

    @Test
    void aDeletedLogIsGone() {
        fill(open(), 0, 25);
        logs.delete(ORDERS);
        closeAndReopen(log -> {
            assertEquals(0, log.endOffset());
            assertEquals(List.of(), baseOffsets(log, 0, UNLIMITED));
        });
    }

    @Test
    void aLogMayBeDeletedWhileClosedAndDeletedTwice() {
        PartitionLog log = open();
        fill(log, 0, 25);
        log.close();

        logs.delete(ORDERS);
        logs.delete(ORDERS);

        try (PartitionLog again = open()) {
            assertEquals(0, again.endOffset());
        }
    }

    @Test
    void whoeverHoldsADeletedLogIsRefusedAndCannotHarmItsSuccessor() {
        PartitionLog deleted = open();
        fill(deleted, 0, 3);
        logs.delete(ORDERS);

        try (PartitionLog successor = open()) {
            assertRefused(() -> deleted.append(batch(3)));
            assertRefused(() -> deleted.read(0, UNLIMITED));
            assertRefused(() -> deleted.checkpoint(ByteBuffer.allocate(0)));
            deleted.close();
            fill(successor, 0, 2);
            assertEquals(2, successor.endOffset());
            assertThrows(IllegalStateException.class, this::open);
        }
    }

    @Test
    void aLogIsNeverReadByATopicOfTheSameNameAndAnotherId() {
        PartitionLog earlier = open();
        fill(earlier, 0, 25);

        try (PartitionLog successor = logs.open(SUCCESSOR, SMALL_SEGMENTS)) {
            assertEquals(0, successor.endOffset());
            assertRefused(() -> earlier.append(batch(25)));
            earlier.close();
            fill(successor, 0, 2);
        }
        closeAndReopen(again -> assertEquals(0, again.endOffset()));
    }

    @Test
    void deletingAnEarlierTopicsLogLeavesThatOfItsSuccessor() {
        fill(open(), 0, 25);
        try (PartitionLog successor = logs.open(SUCCESSOR, SMALL_SEGMENTS)) {
            fill(successor, 0, 2);
            logs.delete(ORDERS);
            fill(successor, 2, 3);
        }
        logs.delete(ORDERS);
        try (PartitionLog again = logs.open(SUCCESSOR, SMALL_SEGMENTS)) {
            assertEquals(List.of(0L, 1L, 2L, 3L, 4L), baseOffsets(again, 0, UNLIMITED));
        }
    }

    @Test
    void aSliceStaysReadableWhenItsLogIsDeleted() {
        PartitionLog log = open();
        fill(log, 0, 15);
        LogSlice held = ((LogRead.Found) log.read(0, UNLIMITED)).slice();

        logs.delete(ORDERS);

        assertEquals(15, LogProbe.baseOffsets(LogProbe.copy(held)).size());
        held.release();
    }

    @Test
    void aSliceStaysReadableWhenItsLogIsClosedAndGrows() {
        PartitionLog log = open();
        fill(log, 0, 5);
        LogSlice held = ((LogRead.Found) log.read(0, UNLIMITED)).slice();
        fill(log, 5, 40);
        log.close();

        assertEquals(concat(stamped(0), stamped(1), stamped(2), stamped(3), stamped(4)), LogProbe.copy(held));
        held.release();
    }

    @Test
    void readersSeeEveryAppendWholeWhileOthersRead() throws Exception {
        int batches = 3000;
        ExecutorService readers = Executors.newFixedThreadPool(3);
        try (PartitionLog log = logs.open(ORDERS, new LogSettings(60_000, 1000))) {
            List<Future<Long>> ends = new ArrayList<>();
            for (int reader = 0; reader < 3; reader++) {
                ends.add(readers.submit(() -> follow(log, batches)));
            }
            fill(log, 0, batches);
            for (Future<Long> end : ends) {
                assertEquals(batches, end.get());
            }
        } finally {
            readers.shutdownNow();
        }
    }

    @Test
    void readersOfALogThatIsBeingDeletedAreServedOrRefused() throws Exception {
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try {
            for (int round = 0; round < 20; round++) {
                PartitionLog log = open();
                fill(log, 0, 30);
                Future<Long> end = reader.submit(() -> follow(log, Long.MAX_VALUE));
                fill(log, 30, 30);
                logs.delete(ORDERS);
                ExecutionException refused = assertThrows(ExecutionException.class, end::get);
                assertEquals(ErrorCode.KAFKA_STORAGE_ERROR, ((BrokerException) refused.getCause()).error());
            }
        } finally {
            reader.shutdownNow();
        }
    }

    /** Reads on and on until {@code end}, and checks that batches are whole and follow each other. */
    private static long follow(PartitionLog log, long end) {
        long next = 0;
        while (next < end) {
            ByteBuffer found = LogProbe.bytes(log, next);
            for (int at = 0; at < found.limit(); at += BatchLayout.sizeInBytes(found, at)) {
                assertEquals(next, BatchLayout.baseOffset(found, at));
                assertTrue(BatchLayout.crcMatches(found, at, BatchLayout.sizeInBytes(found, at)));
                next++;
            }
        }
        return next;
    }

    private void closeAndReopen(Consumer<PartitionLog> check) {
        if (current != null) {
            current.close();
        }
        try (PartitionLog log = open()) {
            check.accept(log);
        }
    }

    private PartitionLog open() {
        current = logs.open(ORDERS, SMALL_SEGMENTS);
        return current;
    }

    private static void fill(PartitionLog log, int from, int count) {
        for (int offset = from; offset < from + count; offset++) {
            log.append(stamped(offset));
        }
    }

    /** A batch whose timestamp is its offset. */
    private static ByteBuffer stamped(int offset) {
        return batch(offset, 1, offset);
    }

    private static void assertRefused(Runnable call) {
        assertEquals(
                ErrorCode.KAFKA_STORAGE_ERROR,
                assertThrows(BrokerException.class, call::run).error());
    }
}
