package io.strikemq.application.offset;

import io.strikemq.application.partition.Partition;
import io.strikemq.domain.log.LogRead;
import io.strikemq.domain.log.LogSlice;
import io.strikemq.domain.log.ReadLimit;
import io.strikemq.domain.log.ReadLimit.FirstBatch;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordBatches;
import io.strikemq.domain.record.RecordCursor;
import io.strikemq.domain.record.RecordReader;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds the one record that a timestamp means: storage finds its batch, and the record is found by reading that. */
final class RecordSearch {
    /** A record that was found. */
    record Found(long timestamp, long offset, int leaderEpoch) {}

    private final RecordReader reader;

    RecordSearch(RecordReader reader) {
        this.reader = reader;
    }

    /** The first record whose timestamp is at least this. */
    Optional<Found> firstAtOrAfter(Partition partition, long timestamp) {
        return search(partition, partition.firstBatchAtOrAfter(timestamp), timestamp);
    }

    /** The first of the records with the largest timestamp. */
    Optional<Found> latest(Partition partition) {
        OptionalLong batch = partition.batchWithLatestTimestamp();
        return batch.isEmpty() ? Optional.empty() : search(partition, batch, maxTimestamp(partition, batch.getAsLong()));
    }

    private static long maxTimestamp(Partition partition, long baseOffset) {
        LogSlice slice = readBatch(partition, baseOffset);
        try {
            return slice.sizeInBytes() == 0 ? Long.MAX_VALUE : firstBatch(slice).maxTimestamp();
        } finally {
            slice.release();
        }
    }

    /**
     * Goes from batch to batch, since the first one's largest timestamp may be that of a record that is gone, or lie
     * before the log start offset.
     */
    private Optional<Found> search(Partition partition, OptionalLong firstBatch, long timestamp) {
        long offset = firstBatch.orElse(Long.MAX_VALUE);
        while (offset < partition.end().highWatermark()) {
            LogSlice slice = readBatch(partition, Math.max(offset, partition.startOffset()));
            try {
                if (slice.sizeInBytes() == 0) {
                    break;
                }
                RecordBatch batch = firstBatch(slice);
                Optional<Found> found = firstIn(batch, timestamp, partition.startOffset());
                if (found.isPresent()) {
                    return found;
                }
                offset = batch.lastOffset() + 1;
            } finally {
                slice.release();
            }
        }
        return Optional.empty();
    }

    private static LogSlice readBatch(Partition partition, long offset) {
        ReadLimit oneBatch = new ReadLimit(partition.end().highWatermark(), 0, FirstBatch.ALWAYS);
        return partition.read(offset, oneBatch) instanceof LogRead.Found found ? found.slice() : LogSlice.EMPTY;
    }

    private static RecordBatch firstBatch(LogSlice slice) {
        return RecordBatches.in(slice.buffers().get(0)).get(0);
    }

    private Optional<Found> firstIn(RecordBatch batch, long timestamp, long startOffset) {
        if (batch.maxTimestamp() < timestamp) {
            return Optional.empty();
        }
        RecordCursor cursor = reader.open(batch);
        while (cursor.next()) {
            if (cursor.timestamp() >= timestamp && cursor.offset() >= startOffset) {
                return Optional.of(new Found(cursor.timestamp(), cursor.offset(), batch.leaderEpoch()));
            }
        }
        return Optional.empty();
    }
}
