package io.strikemq.adapter.storage.mmap.log;

import static io.strikemq.domain.record.TestBatches.batch;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.topic.TopicIdPartition;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users read of a log that was harmed: where, which offsets, how many. Three batches of 100 bytes a segment. */
class OpeningReportTest {
    private static final TopicIdPartition ORDERS = new TopicIdPartition(new UUID(7, 7), "orders", 0);

    @TempDir
    Path directory;

    private LogFiles files;

    @BeforeEach
    void fill() throws IOException {
        files = new LogFiles(directory.resolve("orders-0"));
        try (PartitionLog log = open()) {
            for (int offset = 0; offset < 8; offset++) {
                log.append(batch(offset, 1, offset));
            }
            log.checkpoint(ByteBuffer.allocate(0));
        }
    }

    @Test
    void recordsThatAreDamagedAreCounted() throws IOException {
        Files.delete(files.checkpoint());
        damage(files.log(3), 80);
        damage(files.log(3), 180);

        assertTold(
                "orders-0: in segment 3.log 200 bytes at position 0 are damaged, beginning with a batch with a wrong CRC: "
                        + "2 records (offsets 3 to 4) cannot be read. What is before and behind them is served.");
    }

    @Test
    void recordsOfAMissingSegmentAreCounted() throws IOException {
        Files.delete(files.log(3));

        assertTold("orders-0: missing before segment 6.log: 3 records (offsets 3 to 5). "
                + "A file was removed, emptied or cut off.");
    }

    @Test
    void recordsThatTheCheckpointKnowsOfAreLostAndCounted() throws IOException {
        truncate(files.log(6), 100);

        assertTold("orders-0: lost at the end of the log: 1 record (offset 7); it goes on with offset 7.");
    }

    private void assertTold(String sentence) throws IOException {
        try (LoggedLines lines = new LoggedLines()) {
            open().close();
            assertEquals(List.of(sentence), lines.of("ERROR"));
        }
    }

    private PartitionLog open() throws IOException {
        return new MappedPartitionLogs(directory).open(ORDERS, new LogSettings(300, 100));
    }

    private static void truncate(Path file, int length) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(length);
        }
    }

    private static void damage(Path file, int position) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(position);
            int value = open.read();
            open.seek(position);
            open.write(~value);
        }
    }
}
