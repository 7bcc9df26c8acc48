package io.strikemq.application.partition;

import io.strikemq.domain.log.LogRead;
import io.strikemq.domain.log.LogSlice;
import io.strikemq.domain.log.ReadLimit;
import io.strikemq.domain.log.ReadLimit.FirstBatch;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordBatches;
import io.strikemq.domain.topic.TopicPartition;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Reads what a log has stored, to find out what it says. A damaged batch is told and left out: nothing that stands in a
 * log may keep a broker from starting.
 */
public final class LogReplay {
    private static final Logger LOG = System.getLogger(LogReplay.class.getName());
    private static final int BYTES_AT_ONCE = 1 << 20;

    private final TopicPartition partition;
    private final Source source;
    private final long end;
    private Skipping skipping = this::log;

    /** Who is told of what cannot be read. */
    @FunctionalInterface
    public interface Skipping {
        /** The records from one offset up to, without it, another are left out. */
        void skipped(long from, long next, String reason);
    }

    /** Where to read. */
    @FunctionalInterface
    public interface Source {
        /** As {@link io.strikemq.domain.port.out.PartitionLog#read}. */
        LogRead read(long offset, ReadLimit limit);
    }

    /** A replay of the partition, for which {@code source} reads, up to an offset. */
    public LogReplay(TopicPartition partition, Source source, long end) {
        this.partition = partition;
        this.source = source;
        this.end = end;
    }

    /** Tells somebody else than the broker's log of what is left out. */
    public LogReplay telling(Skipping other) {
        skipping = other;
        return this;
    }

    /** Hands over each batch from the one on that holds {@code offset}. */
    public void from(long offset, Consumer<RecordBatch> visitor) {
        ReadLimit limit = new ReadLimit(end, BYTES_AT_ONCE, FirstBatch.ALWAYS);
        long next = offset;
        while (next < end) {
            LogRead read = source.read(next, limit);
            if (read instanceof LogRead.Found found) {
                next = visit(next, found.slice(), visitor);
            } else if (read instanceof LogRead.BelowStart below) {
                next = below.startOffset();
            } else if (read instanceof LogRead.Damaged damaged) {
                next = skip(next, damaged.nextOffset(), damaged.reason());
            } else if (read instanceof LogRead.PastEnd) {
                return;
            } else {
                throw new IllegalStateException("nothing to replay of " + partition + " at " + next + ": " + read);
            }
        }
    }

    /** Says where to go on; at the end if there was nothing. */
    private long visit(long offset, LogSlice slice, Consumer<RecordBatch> visitor) {
        long next = offset;
        try {
            for (ByteBuffer buffer : slice.buffers()) {
                int at = buffer.position();
                for (RecordBatch batch : RecordBatches.wholeIn(buffer)) {
                    visitor.accept(batch);
                    at += batch.sizeInBytes();
                    next = batch.lastOffset() + 1;
                }
                if (at < buffer.limit()) {
                    return next > offset ? next : skipBatch(offset, new RecordBatch(buffer, at));
                }
            }
        } finally {
            slice.release();
        }
        return next > offset ? next : end;
    }

    private long skipBatch(long offset, RecordBatch damaged) {
        return skip(offset, Math.max(offset, damaged.lastOffset()) + 1, "the CRC of a batch is not that of its bytes");
    }

    private long skip(long offset, long next, String reason) {
        skipping.skipped(offset, next, reason);
        return next;
    }

    private void log(long from, long next, String reason) {
        LOG.log(
                Level.ERROR,
                "Skipping the records of " + partition + " from offset " + from + " to " + (next - 1) + ": " + reason
                        + ".");
    }
}
