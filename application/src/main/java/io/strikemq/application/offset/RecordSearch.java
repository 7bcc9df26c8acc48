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
        return latest(partition, partition.startOffset());
    }

    /**
     * The batch that contains {@code from} may owe its timestamp to a record before it: then the latest of its other
     * records vies with what comes after the batch.
     */
    private Optional<Found> latest(Partition partition, long from) {
        OptionalLong found = partition.batchWithLatestTimestamp(from);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        LogSlice slice = readBatch(partition, Math.max(from, found.getAsLong()));
        try {
            if (slice.sizeInBytes() == 0) {
                return Optional.empty();
            }
            RecordBatch batch = firstBatch(slice);
            Optional<Found> here = latestIn(batch, from);
            if (batch.baseOffset() >= from) {
                return here;
            }
            Optional<Found> later = latest(partition, batch.lastOffset() + 1);
            boolean isLater = later.isPresent()
                    && (here.isEmpty() || later.get().timestamp() > here.get().timestamp());
            return isLater ? later : here;
        } finally {
            slice.release();
        }
    }

    private Optional<Found> latestIn(RecordBatch batch, long from) {
        Found latest = null;
        RecordCursor cursor = reader.open(batch);
        while (cursor.next()) {
            if (cursor.offset() >= from && (latest == null || cursor.timestamp() > latest.timestamp())) {
                latest = new Found(cursor.timestamp(), cursor.offset(), batch.leaderEpoch());
            }
        }
        return Optional.ofNullable(latest);
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
