package io.strikemq.domain.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.log.AbortedTransaction;
import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.producer.LastBatch;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionMarker;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.record.Compression;
import io.strikemq.domain.record.CompressionType;
import io.strikemq.domain.record.EndTransactionRecord;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordBatchBuilder;
import io.strikemq.domain.record.RecordReader;
import io.strikemq.domain.record.TimestampType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchCompactionTest {
    private static final long NOW = 5000;
    private static final long DELETE_RETENTION = 100;
    private static final CompressionCodecs PLAIN = new PlainCodecs();
    private static final RecordReader READER = new RecordReader(PLAIN);
    private static final ProducerIdentity PRODUCER = new ProducerIdentity(7, (short) 0);

    private List<AbortedTransaction> aborted = List.of();
    private Map<Long, LastBatch> lastBatches = Map.of();
    private long highWatermark = 1000;
    private long now = NOW;

    private static RecordBatch batch(long baseOffset, RecordBatchBuilder builder, String... keysAndValues) {
        builder.at(baseOffset, 3);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            builder.append(10 + i, bytes(keysAndValues[i]), bytes(keysAndValues[i + 1]));
        }
        return new RecordBatch(builder.build(PLAIN), 0);
    }

    private static RecordBatch batch(long baseOffset, String... keysAndValues) {
        return batch(baseOffset, new RecordBatchBuilder(), keysAndValues);
    }

    private static RecordBatch ofTransaction(long baseOffset, String... keysAndValues) {
        return batch(baseOffset, new RecordBatchBuilder().producer(PRODUCER, 0).transactional(), keysAndValues);
    }

    private static RecordBatch marker(long offset, Outcome outcome) {
        TransactionMarker marker = new TransactionMarker(PRODUCER, outcome, 0, (short) 1);
        RecordBatch batch = EndTransactionRecord.batchOf(marker, TimestampType.CREATE_TIME, 20);
        batch.assign(offset, 3);
        return batch;
    }

    private static ByteBuffer bytes(String text) {
        return text == null ? null : ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Both halves of a pass over these batches, of which all are dirty; what is left of each, null for nothing. */
    private List<RecordBatch> compact(RecordBatch... batches) {
        CompactionPass pass = new CompactionPass(now, DELETE_RETENTION, aborted, lastBatches, highWatermark);
        KeyOffsets keys = new KeyOffsets(10_000, 0.9);
        KeyReading reading = new KeyReading(keys, 0, pass, READER);
        for (RecordBatch batch : batches) {
            reading.read(batch);
        }
        BatchCompaction compaction = new BatchCompaction(keys, pass, READER, PLAIN);
        List<RecordBatch> left = new ArrayList<>();
        for (RecordBatch batch : batches) {
            ByteBuffer bytes = compaction.compact(batch);
            left.add(bytes == null ? null : new RecordBatch(bytes, 0));
        }
        return left;
    }

    private static List<Long> offsets(RecordBatch batch) {
        return READER.read(batch).stream().map(record -> record.offset()).toList();
    }

    @Test
    void aBatchThatLosesNothingStaysAsItIs() {
        RecordBatch whole = batch(0, "a", "1", "b", "2");
        assertEquals(whole.bytes(), compact(whole).get(0).bytes());
    }

    @Test
    void aBatchThatLosesRecordsKeepsItsBoundsAndItsProducer() {
        RecordBatch before = batch(
                0, new RecordBatchBuilder().producer(PRODUCER, 40), "a", "1", "b", "1", "a", "2", "c", "1", "c", "2");
        RecordBatch left = compact(before, batch(5, "c", "3")).get(0);

        assertEquals(List.of(1L, 2L), offsets(left));
        assertEquals(List.of(0L, 4L), List.of(left.baseOffset(), left.lastOffset()));
        assertEquals(PRODUCER, left.producer());
        assertEquals(List.of(40, 44), List.of(left.baseSequence(), left.lastSequence()));
        assertEquals(3, left.leaderEpoch());
        assertEquals(14, left.maxTimestamp());
        assertEquals(12, left.baseTimestamp());
        assertEquals(READER.read(before).subList(1, 3), READER.read(left));
    }

    @Test
    void recordsWithoutAKeyGo() {
        RecordBatch left = compact(batch(0, (String) null, "1", "a", "2")).get(0);
        assertEquals(List.of(1L), offsets(left));
    }

    @Test
    void theFirstPassNotesHowLongTombstonesStay() {
        RecordBatch left = compact(batch(0, "a", null, "b", "1")).get(0);
        assertEquals(List.of(0L, 1L), offsets(left));
        assertTrue(left.hasDeleteHorizon());
        assertEquals(NOW + DELETE_RETENTION, left.deleteHorizon());
        assertEquals(
                List.of(10L, 12L),
                READER.read(left).stream().map(r -> r.timestamp()).toList());

        now = NOW + DELETE_RETENTION - 1;
        assertEquals(left.bytes(), compact(left).get(0).bytes());
        now = NOW + DELETE_RETENTION;
        RecordBatch later = compact(left).get(0);
        assertEquals(List.of(1L), offsets(later));
        assertEquals(NOW + DELETE_RETENTION, later.deleteHorizon());
        assertEquals(12, later.maxTimestamp());
    }

    @Test
    void aDeleteRetentionBeyondAllTimeNeedsNoHorizon() {
        now = Long.MAX_VALUE - 10;
        RecordBatch left = compact(batch(0, "a", null)).get(0);
        assertFalse(left.hasDeleteHorizon());
        assertEquals(List.of(0L), offsets(left));
    }

    @Test
    void abortedRecordsGoAndTheirMarkerAPassLater() {
        aborted = List.of(new AbortedTransaction(7, 1, 2, 3));
        RecordBatch committed = batch(0, "a", "1");
        RecordBatch end = marker(2, Outcome.ABORT);
        List<RecordBatch> left = compact(committed, ofTransaction(1, "a", "2"), end);
        assertEquals(committed.bytes(), left.get(0).bytes());
        assertNull(left.get(1));
        assertEquals(end.bytes(), left.get(2).bytes());

        aborted = List.of();
        RecordBatch ofNothing = compact(committed, end).get(1);
        assertTrue(ofNothing.hasDeleteHorizon());
        assertEquals(NOW + DELETE_RETENTION, ofNothing.deleteHorizon());
        assertEquals(Outcome.ABORT, EndTransactionRecord.in(ofNothing).outcome());
        now = NOW + DELETE_RETENTION;
        assertNull(compact(committed, ofNothing).get(1));
    }

    @Test
    void aCommitMarkerStaysAsLongAsSomethingOfItsTransaction() {
        RecordBatch end = marker(1, Outcome.COMMIT);
        assertEquals(
                end.bytes(), compact(ofTransaction(0, "a", "1"), end).get(1).bytes());
        assertTrue(compact(batch(0, "a", "1"), end).get(1).hasDeleteHorizon());
    }

    @Test
    void ofTheLastBatchOfAProducerTheHeaderStays() {
        lastBatches = Map.of(7L, new LastBatch(1, (short) 0));
        RecordBatch last = batch(0, new RecordBatchBuilder().producer(PRODUCER, 40), "a", "1", "b", "1");
        RecordBatch left = compact(last, batch(2, "a", "2", "b", "2")).get(0);

        assertEquals(0, left.recordCount());
        assertEquals(61, left.sizeInBytes());
        assertEquals(List.of(0L, 1L), List.of(left.baseOffset(), left.lastOffset()));
        assertEquals(List.of(40, 41), List.of(left.baseSequence(), left.lastSequence()));
        assertEquals(PRODUCER, left.producer());
        assertEquals(12, left.maxTimestamp());
        assertEquals(-1, left.baseTimestamp());
        assertEquals(left.bytes(), compact(left).get(0).bytes());

        lastBatches = Map.of(7L, new LastBatch(9, (short) 0));
        assertNull(compact(left).get(0));
    }

    @Test
    void ofAProducerWithoutRecordsTheMarkerOfItsEpochIsKept() {
        lastBatches = Map.of(7L, new LastBatch(-1, (short) 0));
        RecordBatch ofNothing = compact(marker(0, Outcome.ABORT)).get(0);
        now = NOW + DELETE_RETENTION;
        RecordBatch left = compact(ofNothing).get(0);
        assertEquals(0, left.recordCount());
        assertTrue(left.isControl() && left.isTransactional() && !left.hasDeleteHorizon());

        lastBatches = Map.of(7L, new LastBatch(-1, (short) 1));
        assertNull(compact(left).get(0));
    }

    @Test
    void ofTheLastBatchOfTheLogTheHeaderStays() {
        highWatermark = 2;
        aborted = List.of(new AbortedTransaction(7, 1, 2, 3));
        assertEquals(
                0,
                compact(batch(0, "a", "1"), ofTransaction(1, "a", "2")).get(1).recordCount());
    }

    @Test
    void whatLiesBehindTheKeysStaysWhateverItIs() {
        CompactionPass pass = new CompactionPass(now, DELETE_RETENTION, aborted, lastBatches, highWatermark);
        KeyOffsets keys = new KeyOffsets(10_000, 0.9);
        new KeyReading(keys, 0, pass, READER).read(batch(0, "a", "1"));
        BatchCompaction compaction = new BatchCompaction(keys, pass, READER, PLAIN);
        RecordBatch behind = batch(1, "a", "2", "a", "3", null, "4");
        assertEquals(behind.bytes(), compaction.compact(behind));
    }

    @Test
    void whatEndedBeforeReadingBeganIsNoTransactionOfTheNextOne() {
        aborted = List.of(new AbortedTransaction(7, 1, 2, 3));
        CompactionPass pass = new CompactionPass(now, DELETE_RETENTION, aborted, lastBatches, highWatermark);
        KeyOffsets keys = new KeyOffsets(10_000, 0.9);
        new KeyReading(keys, 3, pass, READER).read(ofTransaction(3, "a", "1"));
        assertEquals(3, keys.offset(bytes("a")));
    }

    /** Knows no codec: batches are plain here. */
    private static final class PlainCodecs implements CompressionCodecs {
        @Override
        public ByteBuffer decompress(CompressionType type, byte magic, ByteBuffer compressed, int maxBytes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ByteBuffer compress(Compression compression, byte magic, ByteBuffer plain) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isAtHand(CompressionType type) {
            return type == CompressionType.NONE;
        }
    }
}
