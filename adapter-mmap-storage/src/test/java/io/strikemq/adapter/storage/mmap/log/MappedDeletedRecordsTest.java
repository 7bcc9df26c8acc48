package io.strikemq.adapter.storage.mmap.log;

import static io.strikemq.domain.port.out.LogProbe.UNLIMITED;
import static io.strikemq.domain.port.out.LogProbe.baseOffsets;
import static io.strikemq.domain.record.TestBatches.batch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.adapter.storage.mmap.file.NumberFile;
import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.port.out.DeletedRecordsContractTest;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.port.out.PartitionLogs;
import io.strikemq.domain.topic.TopicIdPartition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedDeletedRecordsTest extends DeletedRecordsContractTest {
    private static final TopicIdPartition PAYMENTS = new TopicIdPartition(new UUID(7, 7), "payments", 0);
    private static final LogSettings SETTINGS = new LogSettings(300, 100);

    @TempDir
    Path directory;

    @Override
    protected PartitionLogs logs() throws IOException {
        return new MappedPartitionLogs(directory);
    }

    @Test
    void segmentsThatLieBeforeTheStartAreDeletedAtOnce() throws IOException {
        try (PartitionLog log = filled(10)) {
            log.deleteBefore(7);
            assertEquals(List.of(6L, 9L), segments(directory));
            assertEquals(400, log.sizeInBytes());
            log.deleteBefore(9);
            assertEquals(List.of(9L), segments(directory));
            log.deleteBefore(10);
            assertEquals(List.of(), segments(directory));
        }
    }

    @Test
    void aDeletionThatDeathInterruptedIsFinished() throws IOException {
        PartitionLog killed = filled(10);
        try (Crash crash = Crash.of(directory, PAYMENTS.toString())) {
            killed.close();
            NumberFile.write(crash.files().startOffset(), 7);

            try (PartitionLog again = open(crash.directory())) {
                assertEquals(7, again.startOffset());
                assertEquals(List.of(7L, 8L, 9L), baseOffsets(again, 7, UNLIMITED));
                assertEquals(List.of(6L, 9L), segments(crash.directory()));
            }
        }
    }

    @Test
    void offsetsBeforeTheStartAreNotGivenASecondTimeThoughTheEndWasLost() throws IOException {
        try (PartitionLog log = filled(10)) {
            log.checkpoint(ByteBuffer.allocate(0));
            log.deleteBefore(9);
            try (Crash crash = Crash.of(directory, PAYMENTS.toString())) {
                crash.cutLastSegment(10);

                try (PartitionLog again = open(crash.directory())) {
                    assertEquals(9, again.startOffset());
                    assertEquals(9, again.endOffset());
                    again.append(batch(9));
                    assertEquals(List.of(9L), baseOffsets(again, 9, UNLIMITED));
                }
            }
        }
    }

    @Test
    void whatTheCheckpointCoversMayBeDeletedOrLostBehindADeletion() throws IOException {
        PartitionLog killed = filled(8);
        killed.checkpoint(ByteBuffer.allocate(3));
        try (Crash crash = Crash.of(directory, PAYMENTS.toString())) {
            killed.close();
            NumberFile.write(crash.files().startOffset(), 8);
            crash.cutLastSegment(150);

            try (PartitionLog again = open(crash.directory())) {
                assertEquals(8, again.startOffset());
                assertEquals(8, again.endOffset());
                again.append(batch(8));
            }
            assertEquals(List.of(8L), segments(crash.directory()));
        }
    }

    @Test
    void aDamagedStartIsToldAndTheLogStartsWithWhatIsThere() throws IOException {
        filled(10).close();
        Path start = new LogFiles(directory.resolve(PAYMENTS.toString())).startOffset();
        for (String damage : List.of("", "x", "7", "7 1\n", "8 3058990603\n", "-1 2354996337\n")) {
            Files.writeString(start, damage);

            try (LoggedLines lines = new LoggedLines();
                    PartitionLog log = open(directory)) {
                assertEquals(0, log.startOffset());
                assertEquals(10, log.endOffset());
                String told = lines.of("ERROR").get(0);
                assertTrue(told.startsWith("payments-0: " + start + " is damaged"), told);
            }
            assertTrue(Files.notExists(start), "so that it is not told for ever");
        }
    }

    @Test
    void withoutTheStartFileALogThatIsDeletedWhollyStartsAtItsEnd() throws IOException {
        try (PartitionLog log = filled(10)) {
            log.deleteBefore(10);
            log.checkpoint(ByteBuffer.allocate(0));
        }
        Files.delete(new LogFiles(directory.resolve(PAYMENTS.toString())).startOffset());

        try (PartitionLog log = open(directory)) {
            assertEquals(10, log.startOffset());
            assertEquals(10, log.endOffset());
            log.append(batch(10));
            assertEquals(List.of(10L), baseOffsets(log, 10, UNLIMITED));
        }
    }

    private PartitionLog filled(int count) throws IOException {
        PartitionLog log = open(directory);
        for (int offset = 0; offset < count; offset++) {
            log.append(batch(offset));
        }
        return log;
    }

    private static PartitionLog open(Path directory) throws IOException {
        return new MappedPartitionLogs(directory).open(PAYMENTS, SETTINGS);
    }

    private static List<Long> segments(Path directory) throws IOException {
        long[] baseOffsets = new LogFiles(directory.resolve(PAYMENTS.toString())).baseOffsets();
        return Arrays.stream(baseOffsets).boxed().toList();
    }
}
