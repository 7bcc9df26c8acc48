package io.strikemq.domain.compaction;

import io.strikemq.domain.log.AbortedTransaction;
import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.producer.LastBatch;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordBatchBuilder;
import io.strikemq.domain.record.RecordCursor;
import io.strikemq.domain.record.RecordReader;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;

/**
 * The second half of a pass: decides, batch by batch from the log's start, what is left of it, as Kafka's cleaner does.
 *
 * <ul>
 *   <li>Of a key the record with the last offset stays, a tombstone only until the batch's delete horizon. A record without a
 *       key goes. Whatever lies behind the keys that were read stays.
 *   <li>Records of aborted transactions go. A marker goes when nothing is left that it ends and its delete horizon has passed.
 *   <li>The delete horizon is noted by the first pass that meets a tombstone, or a marker that ends nothing (KIP-534).
 *   <li>A batch keeps its first and last offset, its producer and its sequence numbers. One that loses all records goes, unless
 *       it is the last one of a producer or of the log: then its header stays.
 *   <li>A batch that loses nothing stays as it is, byte for byte.
 * </ul>
 *
 * <p>For one thread.
 */
public final class BatchCompaction {
    private static final long NO_HORIZON = -1;

    private final KeyOffsets keys;
    private final CompactionPass pass;
    private final RecordReader reader;
    private final CompressionCodecs codecs;
    private final TransactionsRead transactions;
    private long recordsRead;
    private long recordsKept;

    // Of the batch at hand: the places of the records that stay, and whether there are tombstones among them.
    private final BitSet chosen = new BitSet();
    private boolean keepsTombstones;

    /** Keeps of each key in {@code keys} the record with that offset. */
    public BatchCompaction(KeyOffsets keys, CompactionPass pass, RecordReader reader, CompressionCodecs codecs) {
        this.keys = keys;
        this.pass = pass;
        this.reader = reader;
        this.codecs = codecs;
        this.transactions = new TransactionsRead(pass.aborted());
    }

    /**
     * What is left of the next batch, from position to limit, maybe a view of it; null if nothing is.
     *
     * @throws io.strikemq.domain.error.BrokerException as {@link RecordReader}
     */
    public ByteBuffer compact(RecordBatch batch) {
        boolean isVoid = batch.isControl() ? transactions.endsNothing(batch) : transactions.isAborted(batch);
        boolean isControl = batch.isControl();
        boolean drops = isVoid && (!isControl || batch.hasDeleteHorizon() && batch.deleteHorizon() <= pass.nowMillis());
        recordsRead += batch.recordCount();
        if (!drops) {
            RecordCursor records = reader.open(batch);
            choose(records, batch);
            recordsKept += chosen.cardinality();
            if (!chosen.isEmpty()) {
                return kept(records, batch, isVoid || keepsTombstones);
            }
        }
        return isHeaderNeeded(batch) ? batch.withoutRecords() : null;
    }

    private ByteBuffer kept(RecordCursor records, RecordBatch batch, boolean someGoLater) {
        if (someGoLater && !batch.hasDeleteHorizon()) {
            return rewritten(records, batch, pass.nowMillis() + pass.deleteRetentionMs());
        }
        return chosen.cardinality() == batch.recordCount()
                ? batch.bytes()
                : rewritten(records, batch, batch.hasDeleteHorizon() ? batch.deleteHorizon() : NO_HORIZON);
    }

    /** The aborted transactions that are not gone, whose markers were met since the last call, in the markers' order. */
    public List<AbortedTransaction> takeStillAborted() {
        return transactions.takeStillAborted();
    }

    /** How many records there were so far. */
    public long recordsRead() {
        return recordsRead;
    }

    /** How many of them stay. */
    public long recordsKept() {
        return recordsKept;
    }

    private void choose(RecordCursor records, RecordBatch batch) {
        chosen.clear();
        keepsTombstones = false;
        while (records.next()) {
            if (batch.isControl() || stays(records, batch)) {
                chosen.set(records.index());
                keepsTombstones |= !records.hasValue();
            }
        }
    }

    private boolean stays(RecordCursor record, RecordBatch batch) {
        if (record.offset() > keys.latestOffset()) {
            return true;
        }
        if (!record.hasKey() || record.offset() < keys.offset(record.key())) {
            return false;
        }
        return record.hasValue() || !batch.hasDeleteHorizon() || pass.nowMillis() < batch.deleteHorizon();
    }

    private boolean isHeaderNeeded(RecordBatch batch) {
        return batch.hasProducer() && isLastOfProducer(batch) || batch.lastOffset() + 1 == pass.highWatermark();
    }

    /** Without it a producer's next sequence number could not be told from the log. */
    private boolean isLastOfProducer(RecordBatch batch) {
        LastBatch last = pass.lastBatches().get(batch.producerId());
        if (last == null) {
            return false;
        }
        return last.offset() >= 0
                ? batch.lastOffset() == last.offset()
                : batch.isControl() && batch.producerEpoch() == last.epoch();
    }

    private ByteBuffer rewritten(RecordCursor records, RecordBatch batch, long deleteHorizon) {
        RecordBatchBuilder builder = new RecordBatchBuilder().like(batch);
        if (deleteHorizon >= 0) {
            builder.deleteHorizon(deleteHorizon);
        }
        records.rewind();
        while (records.next()) {
            if (chosen.get(records.index())) {
                builder.appendAt(
                        records.offset(), records.timestamp(), records.key(), records.value(), records.headers());
            }
        }
        return builder.build(codecs);
    }
}
