package io.strikemq.adapter.storage.mmap.log;

import static io.strikemq.domain.record.TestBatches.batch;
import static io.strikemq.domain.record.TestBatches.concat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.adapter.storage.mmap.log.Recovery.Damage;
import io.strikemq.adapter.storage.mmap.log.Recovery.Findings;
import io.strikemq.adapter.storage.mmap.log.Recovery.Flaw;
import io.strikemq.adapter.storage.mmap.log.Recovery.Rest;
import io.strikemq.domain.record.BatchLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What recovery says about bytes. The segment begins at offset 10 with a batch of 100 bytes for 10 and 11; the
 * next segment begins at 100. */
class RecoveryTest {
    private static final ByteBuffer FIRST = batch(10, 2, 0);

    @TempDir
    Path directory;

    @Test
    void wholeBatchesReachToTheEndOfTheFile() throws IOException {
        assertEquals(new Findings(200, 200, 13, List.of()), scan(batch(12)));
        assertEquals(new Findings(100, 100, 12, List.of()), scan(ByteBuffer.allocate(0)));
    }

    @Test
    void zerosWereNeverWritten() throws IOException {
        assertEquals(new Findings(100, 100, 12, List.of()), scan(ByteBuffer.allocate(300_000)));
        assertEquals(new Findings(100, 100, 12, List.of()), scan(ByteBuffer.allocate(5)));
    }

    @Test
    void aSingleByteFarBehindIsDamage() throws IOException {
        assertEquals(Flaw.NOT_A_BATCH, flaw(ByteBuffer.allocate(300_000).put(299_999, (byte) 1)));
    }

    @Test
    void aBatchMayBeCutOffInItsHeaderAndBehindIt() throws IOException {
        assertEquals(Flaw.CUT_OFF, flaw(batch(12).limit(60)));
        assertEquals(Flaw.CUT_OFF, flaw(batch(12).limit(99)));
        assertEquals(Flaw.WRONG_CRC, flaw(concat(batch(12).limit(90), ByteBuffer.allocate(10))));
    }

    @Test
    void lengthsThatCannotBeAreNoBatch() throws IOException {
        assertEquals(Flaw.NOT_A_BATCH, flaw(batch(12).putInt(BatchLayout.LENGTH, 48)));
        assertEquals(Flaw.NOT_A_BATCH, flaw(batch(12).putInt(BatchLayout.LENGTH, -1)));
        assertEquals(Flaw.CUT_OFF, flaw(batch(12).putInt(BatchLayout.LENGTH, Integer.MAX_VALUE)));
    }

    @Test
    void offsetsOnlyGrowAndStayBelowTheNextSegment() throws IOException {
        assertEquals(Flaw.OFFSET_GOES_BACK, flaw(batch(11)));
        assertEquals(new Findings(200, 200, 15, List.of()), scan(batch(14)));
        assertEquals(Flaw.OFFSET_TOO_LARGE, flaw(batch(100)));
        assertEquals(Flaw.OFFSET_TOO_LARGE, flaw(batch(99, 2, 0)));
    }

    @Test
    void aBatchLargerThanTheWindowIsCheckedWhole() throws IOException {
        assertEquals(new Findings(1_000_100, 1_000_100, 13, List.of()), scan(batch(12, 1, 0, 1_000_000)));
        assertEquals(Flaw.WRONG_CRC, flaw(batch(12, 1, 0, 1_000_000).put(999_999, (byte) 1)));
    }

    @Test
    void behindDamageTheNextWholeBatchIsFound() throws IOException {
        Damage damage = new Damage(100, 100, 12, 13, 13, Flaw.WRONG_CRC);
        assertEquals(
                new Findings(300, 300, 14, List.of(damage)),
                scan(concat(batch(12).put(99, (byte) 1), batch(13))));
        // Its length is not to be trusted: the next batch is looked for.
        damage = new Damage(100, 100, 12, 13, 13, Flaw.NOT_A_BATCH);
        assertEquals(
                new Findings(300, 300, 14, List.of(damage)),
                scan(concat(batch(12).putInt(BatchLayout.LENGTH, 0), batch(13))));
    }

    @Test
    void damageAtTheEndTookAllOffsetsUpToTheNextSegment() throws IOException {
        Damage damage = new Damage(100, 70, 12, 100, 13, Flaw.CUT_OFF);
        assertEquals(new Findings(170, 100, 12, List.of(damage)), scan(batch(12).limit(70)));
    }

    @Test
    void aBatchBehindDamageGetsAnEntrySoThatSearchesBeginThere() throws IOException {
        SparseIndex kept = new SparseIndex();
        scan(concat(batch(12).put(99, (byte) 1), batch(13)), kept, Rest.KEPT);
        assertEquals(200, kept.position(kept.entryBeforeOffset(3)));

        SparseIndex cut = new SparseIndex();
        scan(concat(batch(12).put(99, (byte) 1), batch(13)), cut, Rest.CUT);
        assertEquals(1, cut.count(), "what is to be cut off is in no index");
    }

    private Flaw flaw(ByteBuffer behindTheFirst) throws IOException {
        Findings found = scan(behindTheFirst);
        assertEquals(100, found.whole());
        return found.damages().get(0).flaw();
    }

    private Findings scan(ByteBuffer behindTheFirst) throws IOException {
        return scan(behindTheFirst, new SparseIndex(), Rest.KEPT);
    }

    private Findings scan(ByteBuffer behindTheFirst, SparseIndex index, Rest rest) throws IOException {
        Path file = directory.resolve("10.log");
        Files.write(file, concat(FIRST, behindTheFirst).array());
        try (BatchWindow window = new BatchWindow(file)) {
            return new Recovery(window, 10, 100, new IndexFiller(index, 1000)).scan(0, 10, rest);
        }
    }
}
