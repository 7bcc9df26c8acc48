package io.strikemq.adapter.storage.mmap.log;

import static io.strikemq.domain.port.out.LogProbe.UNLIMITED;
import static io.strikemq.domain.port.out.LogProbe.baseOffsets;
import static io.strikemq.domain.record.TestBatches.batch;
import static io.strikemq.domain.record.TestBatches.concat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.port.out.LogProbe;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.topic.TopicIdPartition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full, by failing writes; {@link FullTmpfsTest} has a real one. */
class FullDiskTest {
    private static final TopicIdPartition ORDERS = new TopicIdPartition(new UUID(7, 7), "orders", 0);

    private final FailingDisk disk = new FailingDisk(Long.MAX_VALUE);

    @TempDir
    Path directory;

    @Test
    void aFailedAppendChangesNothingAndTheNextOneMaySucceed() throws IOException {
        try (PartitionLog log = open(LogSettings.DEFAULT)) {
            log.append(batch(0));
            disk.room(150);
            assertRefused(() -> log.append(concat(batch(1), batch(2))));

            assertEquals(1, log.endOffset());
            assertEquals(batch(0), LogProbe.bytes(log, 0));
            disk.room(Long.MAX_VALUE);
            log.append(batch(1, 1, 0, 77));
            assertEquals(concat(batch(0), batch(1, 1, 0, 77)), LogProbe.bytes(log, 0));
        }
    }

    @Test
    void theFirstAppendOfASegmentMayFailToo() throws IOException {
        LogSettings oneBatchEach = new LogSettings(100, 0);
        try (PartitionLog log = open(oneBatchEach)) {
            disk.room(99);
            assertRefused(() -> log.append(batch(0)));
            disk.room(150);
            log.append(batch(0));
            assertRefused(() -> log.append(batch(1)));
            disk.room(Long.MAX_VALUE);
            log.append(batch(1));
            assertEquals(List.of(0L, 1L), baseOffsets(log, 0, UNLIMITED));
        }
        try (PartitionLog log = open(oneBatchEach)) {
            assertEquals(List.of(0L, 1L), baseOffsets(log, 0, UNLIMITED));
        }
    }

    @Test
    void noBatchOfAFailedAppendComesBackAfterACrash() throws IOException {
        try (PartitionLog log = open(LogSettings.DEFAULT)) {
            log.append(batch(0));
            disk.room(250);
            assertRefused(() -> log.append(concat(batch(1), batch(2), batch(3))));
            assertRecovers(List.of(0L));

            // As long as the first of those that failed: what lay behind it would follow seamlessly.
            disk.room(Long.MAX_VALUE);
            log.append(batch(1, 1, 5));
            assertRecovers(List.of(0L, 1L));
        }
    }

    @Test
    void afterAnInterruptTheLogGoesOn() throws IOException {
        try (PartitionLog log = open(LogSettings.DEFAULT)) {
            log.append(batch(0));
            Thread.currentThread().interrupt();
            assertRefused(() -> log.append(batch(1)));
            assertTrue(Thread.interrupted());

            log.append(batch(1));
            assertEquals(List.of(0L, 1L), baseOffsets(log, 0, UNLIMITED));
        }
    }

    @Test
    void theErrorSaysWhatFailedAndWhy() throws IOException {
        try (PartitionLog log = open(LogSettings.DEFAULT)) {
            disk.room(0);
            BrokerException refused = assertThrows(BrokerException.class, () -> log.append(batch(0)));
            assertEquals("cannot append to orders-0: No space left on device", refused.getMessage());
        }
    }

    private void assertRecovers(List<Long> expected) throws IOException {
        try (Crash crash = Crash.of(directory, ORDERS.toString());
                PartitionLog log = new MappedPartitionLogs(crash.directory()).open(ORDERS, LogSettings.DEFAULT)) {
            assertEquals(expected, baseOffsets(log, 0, UNLIMITED));
        }
    }

    private PartitionLog open(LogSettings settings) throws IOException {
        return new MappedPartitionLogs(directory, disk).open(ORDERS, settings);
    }

    private static void assertRefused(Runnable append) {
        assertEquals(
                ErrorCode.KAFKA_STORAGE_ERROR,
                assertThrows(BrokerException.class, append::run).error());
    }
}
