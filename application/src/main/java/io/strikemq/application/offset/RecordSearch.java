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
import java.util.function.LongFunction;

/**
 * Finds the one record that a timestamp means: storage finds its batch, and the record is found by reading that. A
 * batch that was deleted between the two makes the search begin again, at the new start.
 */
final class RecordSearch {
    private static final ReadLimit ONE_BATCH = new ReadLimit(Long.MAX_VALUE, 0, FirstBatch.ALWAYS);

    /** A record that was found. */
    record Found(long timestamp, long offset, int leaderEpoch) {}

    private final RecordReader reader;

    RecordSearch(RecordReader reader) {
        this.reader = reader;
    }

    /** The first record whose timestamp is at least this. */
    Optional<Found> firstAtOrAfter(Partition partition, long timestamp) {
        return search(
                partition,
                partition.startOffset(),
                from -> partition.firstBatchAtOrAfter(timestamp, from),
                (batch, from) -> firstIn(batch, timestamp, from));
    }

    /** The first of the records with the largest timestamp. */
    Optional<Found> latest(Partition partition) {
        return latest(partition, partition.startOffset());
    }

    private Optional<Found> latest(Partition partition, long begin) {
        return search(
                partition, begin, partition::batchWithLatestTimestamp, (batch, from) -> latest(partition, batch, from));
    }

    /** Looks for a record in a batch, at or after an offset. */
    @FunctionalInterface
    private interface Look {
        Optional<Found> in(RecordBatch batch, long from);
    }

    /**
     * Looks into one batch after the other until there is a record: a batch may owe its timestamp to a record that is
     * gone. {@code nextBatch} tells where the next one is, from an offset on.
     */
    private static Optional<Found> search(
            Partition partition, long begin, LongFunction<OptionalLong> nextBatch, Look look) {
        long from = begin;
        while (true) {
            OptionalLong batchAt = nextBatch.apply(from);
            if (batchAt.isEmpty()) {
                return Optional.empty();
            }
            LogRead read = partition.read(Math.max(from, batchAt.getAsLong()), ONE_BATCH);
            if (read instanceof LogRead.BelowStart below) {
                from = below.startOffset();
            } else if (read instanceof LogRead.Damaged damaged) {
                from = damaged.nextOffset();
            } else if (read instanceof LogRead.PastEnd) {
                return Optional.empty();
            } else if (read instanceof LogRead.Found found) {
                if (found.slice().sizeInBytes() == 0) {
                    return Optional.empty();
                }
                try {
                    RecordBatch batch = firstBatch(found.slice());
                    Optional<Found> record = look.in(batch, from);
                    if (record.isPresent()) {
                        return record;
                    }
                    from = batch.lastOffset() + 1;
                } finally {
                    found.slice().release();
                }
            } else {
                throw new IllegalStateException("unexpected " + read);
            }
        }
    }

    /**
     * The batch that contains {@code from} may owe its timestamp to a record before it: then the latest of its other
     * records vies with what comes after the batch.
     */
    private Optional<Found> latest(Partition partition, RecordBatch batch, long from) {
        Optional<Found> here = latestIn(batch, from);
        if (batch.baseOffset() >= from) {
            return here;
        }
        Optional<Found> later = latest(partition, batch.lastOffset() + 1);
        boolean isLater = later.isPresent()
                && (here.isEmpty() || later.get().timestamp() > here.get().timestamp());
        return isLater ? later : here;
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

    private Optional<Found> firstIn(RecordBatch batch, long timestamp, long from) {
        RecordCursor cursor = reader.open(batch);
        while (cursor.next()) {
            if (cursor.timestamp() >= timestamp && cursor.offset() >= from) {
                return Optional.of(new Found(cursor.timestamp(), cursor.offset(), batch.leaderEpoch()));
            }
        }
        return Optional.empty();
    }

    private static RecordBatch firstBatch(LogSlice slice) {
        return RecordBatches.in(slice.buffers().get(0)).get(0);
    }
}
