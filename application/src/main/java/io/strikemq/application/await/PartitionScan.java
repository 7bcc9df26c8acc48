package io.strikemq.application.await;

import io.strikemq.application.partition.LogEnd;
import io.strikemq.application.partition.Partition;
import io.strikemq.domain.await.Condition.RecordsInTopic;
import io.strikemq.domain.await.StoredRecord;
import io.strikemq.domain.fetch.AbortedRecords;
import io.strikemq.domain.fetch.IsolationLevel;
import io.strikemq.domain.fetch.PartitionFetched.AbortedTransaction;
import io.strikemq.domain.log.LogRead;
import io.strikemq.domain.log.LogSlice;
import io.strikemq.domain.log.ReadLimit;
import io.strikemq.domain.log.ReadLimit.FirstBatch;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordBatches;
import io.strikemq.domain.record.RecordCursor;
import io.strikemq.domain.record.RecordHeader;
import io.strikemq.domain.record.RecordReader;
import java.nio.ByteBuffer;

/** Reads the records of one partition once, up to where a reader of that isolation may see them, as they come. */
final class PartitionScan {
    /** At a time; one batch may be larger. */
    private static final int BYTES_A_READ = 1 << 20;

    private final Partition partition;
    private final RecordsInTopic condition;
    private final RecordReader reader;
    private final RecordCount.Tally tally;
    private long next;

    /** {@code partition}: null for one of which nobody wants to know. */
    PartitionScan(Partition partition, RecordsInTopic condition, RecordReader reader, RecordCount.Tally tally) {
        this.partition = partition;
        this.condition = condition;
        this.reader = reader;
        this.tally = tally;
        this.next = partition == null ? 0 : partition.startOffset();
    }

    /** Whether there is nothing to read now. */
    boolean isAtEnd() {
        return partition == null || next >= end();
    }

    private long end() {
        LogEnd end = partition.end();
        return end.offset(condition.isolation());
    }

    /** Reads a few batches, of which there are some; returns how many bytes, at least 1. */
    int readOn() {
        LogRead read = partition.read(next, new ReadLimit(end(), BYTES_A_READ, FirstBatch.ALWAYS));
        if (read instanceof LogRead.Found found) {
            return count(found.slice());
        } else if (read instanceof LogRead.BelowStart below) {
            next = below.startOffset();
        } else if (read instanceof LogRead.Damaged damaged) {
            next = damaged.nextOffset();
        } else if (read instanceof LogRead.PastEnd past) {
            next = past.endOffset();
        } else {
            throw new IllegalStateException("unexpected " + read);
        }
        return 1;
    }

    private int count(LogSlice slice) {
        try {
            AbortedRecords aborted = aborted(slice);
            for (ByteBuffer buffer : slice.buffers()) {
                for (RecordBatch batch : RecordBatches.in(buffer)) {
                    if (!aborted.hides(batch) && !batch.isControl()) {
                        count(batch);
                    }
                    next = Math.max(next, batch.lastOffset() + 1);
                }
            }
            return Math.max(1, slice.sizeInBytes());
        } finally {
            slice.release();
        }
    }

    private AbortedRecords aborted(LogSlice slice) {
        if (condition.isolation() != IsolationLevel.READ_COMMITTED || !partition.hasAbortedFrom(next)) {
            return new AbortedRecords(null);
        }
        return new AbortedRecords(partition.aborted(next, RecordBatches.endOffset(slice.buffers())).stream()
                .map(each -> new AbortedTransaction(each.producerId(), each.firstOffset()))
                .toList());
    }

    private void count(RecordBatch batch) {
        if (condition.which() == null && batch.baseOffset() >= next) {
            tally.add(batch.recordCount());
            return;
        }
        RecordCursor cursor = reader.open(batch);
        while (cursor.next()) {
            if (cursor.offset() >= next) {
                tally.add(record(cursor));
            }
        }
    }

    private StoredRecord record(RecordCursor cursor) {
        return new StoredRecord(
                partition.name().topic(),
                partition.name().partition(),
                cursor.offset(),
                cursor.timestamp(),
                bytes(cursor.key()),
                bytes(cursor.value()),
                cursor.headers().stream().map(PartitionScan::header).toList());
    }

    private static StoredRecord.Header header(RecordHeader header) {
        return new StoredRecord.Header(header.key(), bytes(header.value()));
    }

    private static byte[] bytes(ByteBuffer view) {
        if (view == null) {
            return null;
        }
        byte[] bytes = new byte[view.remaining()];
        view.duplicate().get(bytes);
        return bytes;
    }
}
