package io.strikemq.adapter.storage.mmap.log;

import static io.strikemq.domain.port.out.LogProbe.UNLIMITED;
import static io.strikemq.domain.port.out.LogProbe.baseOffsets;
import static io.strikemq.domain.record.TestBatches.batch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.port.out.LogSegmentsContractTest;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.port.out.PartitionLogs;
import io.strikemq.domain.topic.TopicIdPartition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedLogSegmentsTest extends LogSegmentsContractTest {
    private static final TopicIdPartition PAYMENTS = new TopicIdPartition(new UUID(7, 7), "payments", 0);
    private static final LogSettings SETTINGS = new LogSettings(300, 100);

    @TempDir
    Path directory;

    @Override
    protected PartitionLogs logs() {
        return new MappedPartitionLogs(directory);
    }

    @Test
    void theTimeOfASegmentWithoutTimestampsIsThatOfItsFile() throws IOException {
        try (PartitionLog log = open()) {
            log.append(batch(0, 1, -1));
            Files.setLastModifiedTime(file(0), FileTime.fromMillis(123_456));

            assertEquals(123_456, log.segments().get(0).lastMillis());
        }
    }

    @Test
    void filesStayUntilTheirSpaceIsFreed() {
        try (PartitionLog log = filled()) {
            Runnable freeing = log.removeBefore(6);
            assertTrue(Files.exists(file(0)));

            freeing.run();
            assertFalse(Files.exists(file(0)));
            assertFalse(Files.exists(file(3)));
            assertTrue(Files.exists(file(6)));
        }
    }

    @Test
    void whatWasNotFreedTheNextOpeningFrees() {
        try (PartitionLog log = filled()) {
            log.removeBefore(6);
        }
        try (PartitionLog again = open()) {
            assertFalse(Files.exists(file(0)));
            assertFalse(Files.exists(file(3)));
            assertEquals(6, again.startOffset());
            assertEquals(List.of(6L), baseOffsets(again, 6, UNLIMITED));
        }
    }

    @Test
    void soDoesItWhenAllWasRemoved() {
        try (PartitionLog log = filled()) {
            log.removeBefore(7);
        }
        try (PartitionLog again = open()) {
            assertFalse(Files.exists(file(6)));
            assertEquals(7, again.startOffset());
            assertEquals(7, again.endOffset());
        }
    }

    private PartitionLog open() {
        return new MappedPartitionLogs(directory).open(PAYMENTS, SETTINGS);
    }

    private PartitionLog filled() {
        PartitionLog log = open();
        for (int offset = 0; offset < 7; offset++) {
            log.append(batch(offset, 1, offset));
        }
        return log;
    }

    private Path file(long baseOffset) {
        return directory.resolve("payments-0").resolve(baseOffset + ".log");
    }
}
