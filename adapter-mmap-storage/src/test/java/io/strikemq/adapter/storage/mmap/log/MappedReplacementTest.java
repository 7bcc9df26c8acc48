package io.strikemq.adapter.storage.mmap.log;

import static io.strikemq.domain.port.out.LogProbe.UNLIMITED;
import static io.strikemq.domain.port.out.LogProbe.baseOffsets;
import static io.strikemq.domain.record.TestBatches.batch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.LogSegment;
import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.port.out.PartitionLogs;
import io.strikemq.domain.port.out.SegmentReplacement;
import io.strikemq.domain.port.out.SegmentReplacementContractTest;
import io.strikemq.domain.topic.TopicIdPartition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedReplacementTest extends SegmentReplacementContractTest {
    private static final TopicIdPartition PAYMENTS = new TopicIdPartition(new UUID(7, 7), "payments", 0);
    private static final LogSettings SETTINGS = new LogSettings(300, 100);

    @TempDir
    Path directory;

    @Override
    protected PartitionLogs logs() {
        return new MappedPartitionLogs(directory);
    }

    @Test
    void filesOfWhatWasReplacedStayUntilTheirSpaceIsFreed() throws IOException {
        try (PartitionLog log = filled(Disk.REAL)) {
            Runnable freeing = replace(log, 0, 6, batch(4));
            assertTrue(names().containsAll(List.of("0.log", "0.log.deleted", "3.log.deleted", "6.log")));

            freeing.run();
            assertEquals(
                    List.of("0.index", "0.log", "0.timeindex", "6.log"),
                    names().stream().filter(name -> name.matches("\\d.*")).toList());

            replace(log, 0, 6, batch(4));
        }
        try (PartitionLog again = open(Disk.REAL)) {
            assertFalse(names().contains("0.log.deleted"));
            assertEquals(List.of(4L, 6L), baseOffsets(again, 0, UNLIMITED));
        }
    }

    @Test
    void aDiskThatIsFullLeavesTheOldOnesAndNothingElse() throws IOException {
        FailingDisk disk = new FailingDisk(1000);
        try (PartitionLog log = filled(disk)) {
            log.checkpoint(ByteBuffer.allocate(0));
            disk.room(150);
            try (SegmentReplacement replacement = log.replaceFrom(0)) {
                replacement.append(batch(2));
                BrokerException full = assertThrows(BrokerException.class, () -> replacement.append(batch(4)));
                assertEquals(ErrorCode.KAFKA_STORAGE_ERROR, full.error());
                assertEquals("cannot write a segment of payments-0 anew: No space left on device", full.getMessage());
            }
            assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L), baseOffsets(log, 0, UNLIMITED));
            assertTrue(names().stream().noneMatch(name -> name.contains("cleaned")), () -> names().toString());
        }
    }

    @Test
    void anyStepMayFailAndTheNextReplacementSucceeds() throws IOException {
        boolean hasFailed = true;
        for (int step = 0; hasFailed; step++) {
            DyingDisk disk = new DyingDisk(false);
            try (PartitionLog log = filled(disk)) {
                log.checkpoint(ByteBuffer.allocate(0));
                disk.failOnceAfter(step);
                boolean isReplaced = installs(log);
                hasFailed = disk.hasFailed();
                disk.dieAfter(Integer.MAX_VALUE);
                assertEquals(
                        isReplaced ? List.of(2L, 6L) : List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L),
                        baseOffsets(log, 0, UNLIMITED),
                        "after a failure of step " + step);

                replace(log, 0, 6, batch(5)).run();
                assertEquals(List.of(5L, 6L), baseOffsets(log, 0, UNLIMITED));
            }
            try (PartitionLog log = open(Disk.REAL)) {
                assertEquals(List.of(5L, 6L), baseOffsets(log, 0, UNLIMITED), "after a failure of step " + step);
                assertTrue(names().stream().noneMatch(name -> name.matches(".*(swap|cleaned|deleted)")));
            }
            new MappedPartitionLogs(directory).delete(PAYMENTS);
        }
    }

    private static boolean installs(PartitionLog log) {
        try {
            replace(log, 0, 6, batch(2));
            return true;
        } catch (BrokerException failed) {
            return false;
        }
    }

    @Test
    void aSegmentWithoutTimestampsIsAsOldAsTheLastOneThatItReplaced() throws IOException {
        try (PartitionLog log = filled(Disk.REAL)) {
            Files.setLastModifiedTime(file("0.log"), FileTime.fromMillis(1000));
            Files.setLastModifiedTime(file("3.log"), FileTime.fromMillis(2000));
            replace(log, 0, 6);

            assertEquals(new LogSegment(0, 0, -1, 2000), log.segments().get(0));
        }
    }

    @Test
    void whatNobodyRemembersAnyMoreIsNotMissingWhereTheLogWasCompacted() throws IOException {
        try (PartitionLog log = filled(Disk.REAL)) {
            replace(log, 0, 3);
            replace(log, 3, 6, batch(3));
            log.compactedTo(6);
        }
        Files.delete(file("0.index"));
        Files.delete(file("3.index"));
        try (LoggedLines lines = new LoggedLines();
                PartitionLog log = open(Disk.REAL)) {
            assertEquals(List.of(), lines.of("ERROR"));
            assertEquals(0, log.startOffset());
            assertEquals(List.of(3L, 6L), baseOffsets(log, 0, UNLIMITED));
        }
    }

    @Test
    void whatIsMissingElsewhereIsTold() throws IOException {
        try (PartitionLog log = filled(Disk.REAL)) {
            replace(log, 0, 3, batch(1));
            log.compactedTo(3);
        }
        Files.delete(file("3.log"));
        try (LoggedLines lines = new LoggedLines();
                PartitionLog log = open(Disk.REAL)) {
            assertEquals(
                    List.of("payments-0: missing before segment 6.log: 3 records (offsets 3 to 5). A file was removed,"
                            + " emptied or cut off."),
                    lines.of("ERROR"));
            assertEquals(List.of(1L, 6L), baseOffsets(log, 0, UNLIMITED));
        }
    }

    @Test
    void anOffsetThatIsDamagedOrBehindTheEndIsForgotten() throws IOException {
        try (PartitionLog log = filled(Disk.REAL)) {
            log.compactedTo(6);
        }
        Files.writeString(file("compacted"), "7 12345\n");
        try (PartitionLog log = open(Disk.REAL)) {
            assertEquals(0, log.compactedTo());
            assertFalse(names().contains("compacted"));
            log.compactedTo(7);
        }
        Files.delete(file("6.log"));
        try (PartitionLog log = open(Disk.REAL)) {
            assertEquals(6, log.endOffset());
            assertEquals(0, log.compactedTo());
            assertFalse(names().contains("compacted"));
        }
    }

    @Test
    void aCheckpointThatWasPreparedBeforeAndIsTakenBehindIsOutdated() throws IOException {
        try (PartitionLog log = open(Disk.REAL)) {
            log.append(batch(0));
            Runnable early = log.prepareCheckpoint(ByteBuffer.allocate(0));
            log.rollSegment();
            replace(log, 0, 1, batch(0, 1, 0, 70));
            early.run();
        }
        try (LoggedLines lines = new LoggedLines();
                PartitionLog log = open(Disk.REAL)) {
            assertEquals(List.of(), lines.of("ERROR"));
            assertEquals(1, log.endOffset());
            assertEquals(1, log.lastCheckpoint().orElseThrow().endOffset());
        }
    }

    @Test
    void nothingOfWhatWasReplacedStaysOpen() throws IOException {
        if (!OpenResources.canBeSeen()) {
            return;
        }
        OpenResources resources = new OpenResources(directory);
        try (PartitionLog log = filled(Disk.REAL)) {
            for (int round = 0; round < 5; round++) {
                baseOffsets(log, 0, UNLIMITED);
                replace(log, 0, 6, batch(4)).run();
            }
            baseOffsets(log, 0, UNLIMITED);

            assertEquals(2, resources.mappings().size(), () -> "one for each segment");
            assertEquals(1, resources.descriptors().size(), () -> "that of the active segment");
        }
        assertEquals(List.of(), resources.mappings());
    }

    private static Runnable replace(PartitionLog log, long baseOffset, long limitOffset, ByteBuffer... batches) {
        log.checkpoint(ByteBuffer.allocate(0));
        try (SegmentReplacement replacement = log.replaceFrom(baseOffset)) {
            for (ByteBuffer batch : batches) {
                replacement.append(batch);
            }
            return replacement.install(limitOffset);
        }
    }

    private PartitionLog open(Disk disk) {
        return new MappedPartitionLogs(directory, disk).open(PAYMENTS, SETTINGS);
    }

    private PartitionLog filled(Disk disk) {
        PartitionLog log = open(disk);
        for (int offset = 0; offset < 7; offset++) {
            log.append(batch(offset, 1, offset));
        }
        return log;
    }

    private Path file(String name) {
        return directory.resolve("payments-0").resolve(name);
    }

    private TreeSet<String> names() {
        try (Stream<Path> files = Files.list(directory.resolve("payments-0"))) {
            TreeSet<String> names = new TreeSet<>();
            files.forEach(file -> names.add(file.getFileName().toString()));
            return names;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
