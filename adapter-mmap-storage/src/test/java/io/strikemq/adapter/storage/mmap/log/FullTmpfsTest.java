package io.strikemq.adapter.storage.mmap.log;

import static io.strikemq.domain.record.TestBatches.batch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.port.out.LogProbe;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.topic.TopicIdPartition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system of one megabyte that really is full; only where one may be mounted. */
class FullTmpfsTest {
    private static final LogSettings SETTINGS = new LogSettings(200_000, 4096);
    private static final TopicIdPartition ORDERS = new TopicIdPartition(new UUID(7, 7), "orders", 0);
    private static final TopicIdPartition BALLAST = new TopicIdPartition(new UUID(7, 7), "ballast", 0);
    private static final int BATCH = 10_000;

    @TempDir
    Path directory;

    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", directory.toString());
        if (!mounted) {
            System.out.println("SKIPPED: no tmpfs may be mounted here, so no disk of one megabyte was filled");
        }
        assumeTrue(mounted, "a tmpfs may be mounted");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertTrue(run("umount", directory.toString()));
        }
    }

    @Test
    void aFullDiskIsAnErrorAndServiceGoesOnWhenThereIsRoom() throws IOException {
        MappedPartitionLogs logs = new MappedPartitionLogs(directory);
        PartitionLog ballast = logs.open(BALLAST, SETTINGS);
        fill(ballast, 20);
        try (PartitionLog log = logs.open(ORDERS, SETTINGS)) {
            int stored = fill(log, Integer.MAX_VALUE);
            assertHolds(log, stored);
            assertRefused(() -> log.append(batch(stored, 1, 0, BATCH)));
            assertRefused(() -> log.checkpoint(ByteBuffer.allocate(100_000)));
            assertHolds(log, stored);

            logs.delete(BALLAST);

            int more = stored + fill(log, 10);
            assertEquals(stored + 10, more);
            log.checkpoint(ByteBuffer.allocate(100));
            assertHolds(log, more);
        }
        try (PartitionLog log = logs.open(ORDERS, SETTINGS)) {
            assertHolds(log, (int) log.endOffset());
        }
    }

    @Test
    void aLogThatACrashLeftOnAFullDiskIsRecovered() throws IOException {
        try (PartitionLog killed = new MappedPartitionLogs(directory).open(ORDERS, SETTINGS)) {
            fill(killed, 3);
            // A write of more than there is room for takes all that there is.
            assertThrows(IOException.class, () -> Files.write(directory.resolve("ballast"), new byte[2 << 20]));

            try (PartitionLog log = new MappedPartitionLogs(directory).open(ORDERS, SETTINGS)) {
                assertHolds(log, 3);
            }
        }
    }

    /** Appends until it is enough or the disk is full; says how many batches were taken. */
    private static int fill(PartitionLog log, int most) {
        int taken = 0;
        try {
            while (taken < most) {
                log.append(batch(log.endOffset(), 1, taken, BATCH));
                taken++;
            }
        } catch (BrokerException full) {
            assertEquals(ErrorCode.KAFKA_STORAGE_ERROR, full.error());
        }
        return taken;
    }

    private static void assertHolds(PartitionLog log, int batches) {
        assertEquals(batches, log.endOffset());
        ByteBuffer all = LogProbe.bytes(log, 0);
        assertEquals(batches * BATCH, all.remaining());
        for (int at = 0; at < batches; at++) {
            assertEquals(at, LogProbe.baseOffsets(all).get(at));
        }
    }

    private static void assertRefused(Runnable call) {
        assertEquals(
                ErrorCode.KAFKA_STORAGE_ERROR,
                assertThrows(BrokerException.class, call::run).error());
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
