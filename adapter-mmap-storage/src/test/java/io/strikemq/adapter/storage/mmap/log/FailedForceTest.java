package io.strikemq.adapter.storage.mmap.log;

import static io.strikemq.domain.port.out.LogProbe.UNLIMITED;
import static io.strikemq.domain.port.out.LogProbe.baseOffsets;
import static io.strikemq.domain.record.TestBatches.batch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.topic.TopicIdPartition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is forced to disk, and what happens when that fails. */
class FailedForceTest {
    private static final TopicIdPartition ORDERS = new TopicIdPartition(new UUID(7, 7), "orders", 0);
    private static final ByteBuffer NO_STATE = ByteBuffer.allocate(0);

    private final FailingDisk disk = new FailingDisk(Long.MAX_VALUE);

    @TempDir
    Path directory;

    @Test
    void aLogTakesNothingMoreUntilItWasReadBack() throws IOException {
        try (PartitionLog log = open()) {
            log.append(batch(0));
            log.checkpoint(NO_STATE);
            log.append(batch(1));
            disk.loseBytes();
            assertRefused(() -> log.checkpoint(NO_STATE));

            assertRefused(() -> log.append(batch(2)));
            assertRefused(() -> log.checkpoint(NO_STATE));
            assertEquals(List.of(0L, 1L), baseOffsets(log, 0, UNLIMITED), "reading goes on");
            assertEquals(1, log.lastCheckpoint().orElseThrow().endOffset());
        }
        try (PartitionLog log = open()) {
            assertEquals(1, log.lastCheckpoint().orElseThrow().endOffset(), "what came after it was read back");
            log.append(batch(2));
            log.checkpoint(NO_STATE);
            assertEquals(3, log.endOffset());
        }
    }

    @Test
    void aCheckpointThatWasPreparedBeforeTheFailureIsNotTaken() throws IOException {
        try (PartitionLog log = open()) {
            log.append(batch(0));
            Runnable first = log.prepareCheckpoint(NO_STATE);
            log.append(batch(1));
            Runnable second = log.prepareCheckpoint(NO_STATE);
            disk.loseBytes();
            assertRefused(first);
            assertRefused(second);
            assertTrue(log.lastCheckpoint().isEmpty());
        }
    }

    @Test
    void theErrorSaysWhatFailedAndWhatHelps() throws IOException {
        try (PartitionLog log = open()) {
            log.append(batch(0));
            disk.loseBytes();
            assertRefused(() -> log.checkpoint(NO_STATE));

            BrokerException refused = assertThrows(BrokerException.class, () -> log.append(batch(1)));
            assertEquals(
                    "cannot write to orders-0 before a restart has read it back: forcing "
                            + directory.resolve("orders-0/0.log") + " to disk failed: Input/output error",
                    refused.getMessage());
        }
    }

    @Test
    void aFileThatWasOnlyCutIsForcedByTheNextCheckpoint() throws IOException {
        LogSettings twoBatches = new LogSettings(290, 0);
        try (PartitionLog log = new MappedPartitionLogs(directory, disk).open(ORDERS, twoBatches)) {
            log.append(batch(0));
            log.append(batch(1));
            log.checkpoint(NO_STATE);
            assertEquals(List.of("0.log"), disk.forced());
            // Ends the first segment: it had been grown ahead to 290 bytes.
            log.append(batch(2));
            log.checkpoint(NO_STATE);
            assertEquals(List.of("0.log", "2.log"), disk.forced());
        }
    }

    @Test
    void whatIsCutOffAtAnOpeningIsGoneForGoodBeforeTheLogTakesAnAppend() throws IOException {
        try (PartitionLog log = open()) {
            log.append(batch(0));
            log.append(batch(1));
            try (Crash crash = Crash.of(directory, ORDERS.toString())) {
                crash.overwriteLastSegment(90, new byte[] {1, 2, 3});
                try (PartitionLog again =
                        new MappedPartitionLogs(crash.directory(), disk).open(ORDERS, LogSettings.DEFAULT)) {
                    assertEquals(0, again.endOffset());
                    assertEquals(List.of("0.log"), disk.forced());
                }
            }
        }
    }

    private PartitionLog open() throws IOException {
        return new MappedPartitionLogs(directory, disk).open(ORDERS, LogSettings.DEFAULT);
    }

    private static void assertRefused(Runnable call) {
        assertEquals(
                ErrorCode.KAFKA_STORAGE_ERROR,
                assertThrows(BrokerException.class, call::run).error());
    }
}
