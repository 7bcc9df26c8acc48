package io.strikemq.adapter.storage.mmap.log;

import static io.strikemq.domain.port.out.LogProbe.UNLIMITED;
import static io.strikemq.domain.record.TestBatches.batch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.strikemq.domain.log.LogRead;
import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.log.LogSlice;
import io.strikemq.domain.log.ReadLimit;
import io.strikemq.domain.log.ReadLimit.FirstBatch;
import io.strikemq.domain.port.out.LogProbe;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.topic.TopicIdPartition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mappings, descriptors and disk space are given back, at once or when the last reader is done. */
class ResourcesTest {
    private static final TopicIdPartition ORDERS = new TopicIdPartition(new UUID(7, 7), "orders", 0);
    private static final LogSettings SETTINGS = new LogSettings(500_000, 4096);

    @TempDir
    Path directory;

    private OpenResources resources;
    private MappedPartitionLogs logs;

    @BeforeEach
    void begin() throws IOException {
        assumeTrue(OpenResources.canBeSeen(), "/proc tells what a process holds");
        resources = new OpenResources(directory);
        logs = new MappedPartitionLogs(directory);
    }

    @Test
    void aClosedLogHoldsNothing() throws IOException {
        PartitionLog log = filled();
        LogProbe.bytes(log, 0);
        assertFalse(resources.mappings().isEmpty());

        log.close();

        assertHoldsNothing();
    }

    @Test
    void aSliceHoldsItsMappingUntilItIsReleased() throws IOException {
        PartitionLog log = filled();
        LogSlice slice = ((LogRead.Found) log.read(0, UNLIMITED)).slice();

        logs.delete(ORDERS);

        assertEquals(List.of(), resources.descriptors());
        assertEquals(slice.buffers().size(), resources.mappings().size());
        assertEquals(1_200_000, LogProbe.copy(slice).remaining());
        slice.release();
        slice.release();
        assertHoldsNothing();
    }

    @Test
    void mappingsThatGrowthReplacedAreGivenBack() throws IOException {
        try (PartitionLog log = logs.open(ORDERS, LogSettings.DEFAULT)) {
            for (int offset = 0; offset < 200; offset++) {
                log.append(batch(offset, 1, 0, 10_000));
                LogProbe.bytes(log, offset);
            }
            assertEquals(1, resources.mappings().size());
            assertEquals(1, resources.descriptors().size());
        }
    }

    @Test
    void aReadThatMeetsDamageHoldsNothing() throws IOException {
        PartitionLog log = filled(new LogSettings(SETTINGS.segmentBytes(), Integer.MAX_VALUE));
        Path second = directory.resolve("orders-0/50.log");
        try (FileChannel file = FileChannel.open(second, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(12), 0);
        }

        for (int offset = 0; offset < 50; offset++) {
            int from = offset;
            // It ends within the second segment, and so is in need of that one's first header.
            ReadLimit limit = new ReadLimit(Long.MAX_VALUE, (52 - from) * 10_000, FirstBatch.ALWAYS);
            LogRead.Found upToTheDamage = assertInstanceOf(LogRead.Found.class, log.read(from, limit));
            upToTheDamage.slice().release();
        }
        assertInstanceOf(LogRead.Damaged.class, log.read(50, UNLIMITED));

        logs.delete(ORDERS);
        assertHoldsNothing();
    }

    @Test
    void anEmptyLogTakesNoDescriptorAndNoFileButItsOwner() throws IOException {
        try (PartitionLog log = logs.open(ORDERS, LogSettings.DEFAULT)) {
            log.checkpoint(ByteBuffer.allocate(0));
            assertEquals(List.of("partition.metadata"), filesOf("orders-0"));
            assertHoldsNothing();
        }
        assertEquals(List.of("partition.metadata"), filesOf("orders-0"));
    }

    @Test
    void aDeletedLogLeavesNoFile() throws IOException {
        filled();
        logs.delete(ORDERS);

        assertEquals(List.of(".deleted"), filesOf("."));
        assertEquals(List.of(), filesOf(".deleted"));
        assertHoldsNothing();
    }

    @Test
    void aFileThatWasGrownAheadIsCutWhenItsLogIsClosed() throws IOException {
        PartitionLog log = logs.open(ORDERS, LogSettings.DEFAULT);
        log.append(batch(0));
        assertEquals(65_536, Files.size(directory.resolve("orders-0/0.log")));

        log.close();

        assertEquals(100, Files.size(directory.resolve("orders-0/0.log")));
    }

    /** Three segments. */
    private PartitionLog filled() {
        return filled(SETTINGS);
    }

    private PartitionLog filled(LogSettings settings) {
        PartitionLog log = logs.open(ORDERS, settings);
        for (int offset = 0; offset < 120; offset++) {
            log.append(batch(offset, 1, 0, 10_000));
        }
        return log;
    }

    private List<String> filesOf(String name) throws IOException {
        try (var files = Files.list(directory.resolve(name))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private void assertHoldsNothing() throws IOException {
        assertEquals(List.of(), resources.mappings());
        assertEquals(List.of(), resources.descriptors());
    }
}
