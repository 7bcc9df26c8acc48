package io.strikemq.adapter.storage.mmap.log;

import static io.strikemq.domain.record.TestBatches.batch;
import static io.strikemq.domain.record.TestBatches.concat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.adapter.storage.mmap.log.Recovery.End;
import io.strikemq.adapter.storage.mmap.log.Recovery.Findings;
import io.strikemq.domain.record.BatchLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What recovery says about bytes. The segment begins at offset 10 with a batch of 100 bytes for 10 and 11. */
class RecoveryTest {
    private static final ByteBuffer FIRST = batch(10, 2, 0);

    @TempDir
    Path directory;

    @Test
    void wholeBatchesReachToTheEndOfTheFile() throws IOException {
        assertEquals(new Findings(200, 13, End.OF_FILE), scan(batch(12)));
        assertEquals(new Findings(100, 12, End.OF_FILE), scan(ByteBuffer.allocate(0)));
    }

    @Test
    void zerosWereNeverWritten() throws IOException {
        assertEquals(new Findings(100, 12, End.OF_WRITTEN_BYTES), scan(ByteBuffer.allocate(300_000)));
        assertEquals(new Findings(100, 12, End.OF_WRITTEN_BYTES), scan(ByteBuffer.allocate(5)));
    }

    @Test
    void aSingleByteFarBehindIsDamage() throws IOException {
        assertEquals(
                new Findings(100, 12, End.NOT_A_BATCH),
                scan(ByteBuffer.allocate(300_000).put(299_999, (byte) 1)));
    }

    @Test
    void aBatchMayBeCutOffInItsHeaderAndBehindIt() throws IOException {
        assertEquals(new Findings(100, 12, End.CUT_OFF), scan(batch(12).limit(60)));
        assertEquals(new Findings(100, 12, End.CUT_OFF), scan(batch(12).limit(99)));
        assertEquals(new Findings(100, 12, End.WRONG_CRC), scan(concat(batch(12).limit(90), ByteBuffer.allocate(10))));
    }

    @Test
    void lengthsThatCannotBeAreNoBatch() throws IOException {
        assertEquals(
                End.NOT_A_BATCH, scan(batch(12).putInt(BatchLayout.LENGTH, 48)).end());
        assertEquals(
                End.NOT_A_BATCH, scan(batch(12).putInt(BatchLayout.LENGTH, -1)).end());
        assertEquals(
                End.CUT_OFF,
                scan(batch(12).putInt(BatchLayout.LENGTH, Integer.MAX_VALUE)).end());
    }

    @Test
    void offsetsOnlyGrow() throws IOException {
        assertEquals(new Findings(100, 12, End.OFFSET_GOES_BACK), scan(batch(11)));
        assertEquals(new Findings(200, 15, End.OF_FILE), scan(batch(14)));
    }

    @Test
    void aBatchLargerThanTheWindowIsCheckedWhole() throws IOException {
        assertEquals(new Findings(1_000_100, 13, End.OF_FILE), scan(batch(12, 1, 0, 1_000_000)));
    }

    private Findings scan(ByteBuffer behindTheFirst) throws IOException {
        Path file = directory.resolve("10.log");
        Files.write(file, concat(FIRST, behindTheFirst).array());
        try (BatchWindow window = new BatchWindow(file)) {
            return new Recovery(window, 10, new IndexFiller(new SparseIndex(), 0)).scan(0, 10);
        }
    }
}
