package io.strikemq.domain.put;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.record.BatchLayout;
import io.strikemq.domain.record.RecordBatch;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What becomes a batch of the records that a tester names, and what cannot be one. */
class BatchToPutTest {
    private static RecordBatch built(BatchToPut batch) {
        return new RecordBatch(batch.build(null, 99), 0);
    }

    private static void assertRefused(String message, BatchToPut batch) {
        assertEquals(
                message,
                assertThrows(BrokerException.class, () -> batch.build(null, 0)).getMessage());
    }

    @Test
    void recordsLieWhereTheySayAndTheOthersBehindThem() {
        BatchToPut batch = BatchToPut.of(
                RecordToPut.of("a").at(10),
                RecordToPut.of("b"),
                RecordToPut.of("c").at(30));
        RecordBatch built = built(batch);
        assertEquals(OptionalLong.of(10), batch.baseOffset());
        assertEquals(
                List.of(10L, 30L, 3L), List.of(built.baseOffset(), built.lastOffset(), (long) built.recordCount()));
        assertEquals(99, built.maxTimestamp());
        assertEquals(OptionalLong.empty(), BatchToPut.of(RecordToPut.of("a")).baseOffset());
    }

    @Test
    void aCorruptOneHasAWrongCrcAndNothingElse() {
        BatchToPut batch = BatchToPut.of(RecordToPut.of("a").timestamp(1)).producer(7, 2, 5);
        ByteBuffer good = batch.build(null, 0);
        ByteBuffer bad = batch.corrupt().build(null, 0);
        assertTrue(BatchLayout.crcMatches(good, 0, good.limit()));
        assertFalse(BatchLayout.crcMatches(bad, 0, bad.limit()));
        assertEquals(good, bad.putInt(BatchLayout.CRC, good.getInt(BatchLayout.CRC)));
        RecordBatch built = new RecordBatch(good, 0);
        assertEquals(List.of(7L, 2L, 5L), List.of(built.producerId(), (long) built.producerEpoch(), (long)
                built.baseSequence()));
    }

    @Test
    void whatCannotBeABatchIsRefused() {
        RecordToPut a = RecordToPut.of("a");
        assertRefused("'records' is empty: a batch needs one at least", BatchToPut.of());
        assertRefused(
                "records[1].offset is 5: it must be at least 6, at most 2147483652", BatchToPut.of(a.at(5), a.at(5)));
        assertRefused(
                "records[1].offset is 3000000000: it must be at least 1, at most 2147483647",
                BatchToPut.of(a.at(0), a.at(3_000_000_000L)));
        assertRefused(
                "records[1] has an offset: then the first record of the batch has to have one too",
                BatchToPut.of(a, a.at(5)));
        assertRefused("records[0].timestamp is -2; the least is -1, for none", BatchToPut.of(a.timestamp(-2)));
        assertRefused(
                "a producer has an id, an epoch and a sequence number, all from 0 on",
                BatchToPut.of(a).producer(1, 0, -1));
    }
}
