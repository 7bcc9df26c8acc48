package io.strikemq.domain.compaction;

import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordCursor;
import io.strikemq.domain.record.RecordReader;

/** The first half of a pass: finds the last offset of each key in the dirty part of a log. For one thread. */
public final class KeyReading {
    private final KeyOffsets keys;
    private final long from;
    private final RecordReader reader;
    private final TransactionsRead transactions;
    private boolean isFull;

    /** Fills {@code keys} with those from an offset on, as far as they fit. */
    public KeyReading(KeyOffsets keys, long from, CompactionPass pass, RecordReader reader) {
        this.keys = keys;
        this.from = from;
        this.reader = reader;
        this.transactions = new TransactionsRead(pass.aborted());
    }

    /** Whether no more keys fit: then the pass ends at {@link KeyOffsets#latestOffset}, and the next one goes on there. */
    public boolean isFull() {
        return isFull;
    }

    /**
     * Reads the next batch, of which only records from the first offset on count. What was aborted does not.
     *
     * @throws io.strikemq.domain.error.BrokerException as {@link RecordReader}
     */
    public void read(RecordBatch batch) {
        if (batch.isControl()) {
            transactions.endsNothing(batch);
        } else if (!transactions.isAborted(batch) && !readRecords(batch)) {
            isFull = true;
            return;
        }
        if (batch.lastOffset() >= from) {
            keys.lookedUpTo(batch.lastOffset());
        }
    }

    /** Says whether they all fit. */
    private boolean readRecords(RecordBatch batch) {
        RecordCursor cursor = reader.open(batch);
        while (cursor.next()) {
            if (cursor.hasKey() && cursor.offset() >= from) {
                if (keys.isFull()) {
                    return false;
                }
                keys.put(cursor.key(), cursor.offset());
            }
        }
        return true;
    }
}
