package io.strikemq.application.compaction;

import io.strikemq.application.partition.Partition;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.LogRead;
import io.strikemq.domain.log.LogSlice;
import io.strikemq.domain.log.ReadLimit;
import io.strikemq.domain.log.ReadLimit.FirstBatch;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordBatches;
import java.nio.ByteBuffer;

/**
 * Reads a part of a log piece by piece, and trusts no damage: what a compaction leaves out is gone, so it has to know what
 * it was.
 */
final class StrictReading {
    private final Partition partition;
    private final int bytesAtOnce;
    private long next;
    /** Behind the last batch that was read; before it no further one begins. */
    private long reached = Long.MIN_VALUE;

    private final long end;

    /** What is done with a batch. */
    @FunctionalInterface
    interface Visitor {
        /** Says whether to go on. */
        boolean visit(RecordBatch batch);
    }

    /** Reads from the batch on that holds {@code from}, up to those that begin at {@code end} or behind it. */
    StrictReading(Partition partition, long from, long end, int bytesAtOnce) {
        this.partition = partition;
        this.next = from;
        this.end = end;
        this.bytesAtOnce = bytesAtOnce;
    }

    /** Whether everything was read. */
    boolean isDone() {
        return next >= end;
    }

    /**
     * Reads the next piece, and says how many bytes that were.
     *
     * @throws BrokerException CORRUPT_MESSAGE for what is damaged, and whatever the visitor throws
     */
    long readSome(Visitor visitor) {
        LogRead read = partition.read(next, new ReadLimit(end, bytesAtOnce, FirstBatch.ALWAYS));
        if (read instanceof LogRead.Found found) {
            return visitAll(found.slice(), visitor);
        }
        if (read instanceof LogRead.BelowStart below) {
            // Deleted meanwhile, and nobody misses it.
            next = below.startOffset();
            return 0;
        }
        if (read instanceof LogRead.Damaged damaged) {
            throw damaged(damaged.reason());
        }
        if (read instanceof LogRead.PastEnd) {
            next = end;
            return 0;
        }
        throw new IllegalStateException("unexpected " + read);
    }

    private long visitAll(LogSlice slice, Visitor visitor) {
        long bytes = 0;
        try {
            for (ByteBuffer buffer : slice.buffers()) {
                int at = buffer.position();
                for (RecordBatch batch : RecordBatches.wholeIn(buffer)) {
                    refuseOutOfOrder(batch);
                    at += batch.sizeInBytes();
                    bytes += batch.sizeInBytes();
                    next = batch.lastOffset() + 1;
                    reached = next;
                    if (!visitor.visit(batch)) {
                        next = end;
                        return bytes;
                    }
                }
                if (at < buffer.limit()) {
                    throw damaged("the CRC of a batch is not that of its bytes");
                }
            }
        } finally {
            slice.release();
        }
        if (bytes == 0) {
            next = end;
        }
        return bytes;
    }

    /** The CRC of a batch says nothing of its offset: after one that is wrong, reading on would pass over others. */
    private void refuseOutOfOrder(RecordBatch batch) {
        if (batch.baseOffset() < reached || batch.lastOffset() >= end) {
            throw damaged("a batch says that it has the offsets " + batch.baseOffset() + " to " + batch.lastOffset());
        }
    }

    private BrokerException damaged(String reason) {
        return new BrokerException(
                ErrorCode.CORRUPT_MESSAGE,
                "partition " + partition.name() + " is damaged at offset " + next + " or behind it: " + reason);
    }
}
