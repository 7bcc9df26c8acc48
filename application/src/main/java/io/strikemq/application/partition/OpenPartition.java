package io.strikemq.application.partition;

import io.strikemq.domain.log.LogCheckpoint;
import io.strikemq.domain.log.LogRead;
import io.strikemq.domain.log.LogSlice;
import io.strikemq.domain.log.ReadLimit;
import io.strikemq.domain.log.ReadLimit.FirstBatch;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.producer.ProducerStates;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordBatches;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;

/**
 * A partition's log together with the producers that wrote to it, as found when the log was opened: those of the last
 * checkpoint, and of the batches that came after it.
 */
record OpenPartition(PartitionLog log, ProducerStates producers) {
    private static final Logger LOG = System.getLogger(OpenPartition.class.getName());
    private static final int REPLAY_BYTES = 1 << 20;

    /** Brings the producers' state up to the end of the log, and reads nothing after a close with a checkpoint. */
    static OpenPartition recover(PartitionLog log, long nowMillis) {
        try {
            return new OpenPartition(log, producersOf(log, nowMillis));
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
    }

    private static ProducerStates producersOf(PartitionLog log, long nowMillis) {
        long from = log.startOffset();
        ProducerStates producers = new ProducerStates();
        LogCheckpoint checkpoint = log.lastCheckpoint().orElse(null);
        if (checkpoint != null) {
            try {
                producers = ProducerStates.restore(checkpoint.state());
                from = Math.max(from, checkpoint.endOffset());
            } catch (IllegalArgumentException e) {
                LOG.log(Level.WARNING, "Reading the whole log to find its producers: " + e.getMessage());
            }
        }
        replay(log, from, producers, nowMillis);
        return producers;
    }

    private static void replay(PartitionLog log, long from, ProducerStates producers, long nowMillis) {
        ReadLimit limit = new ReadLimit(Long.MAX_VALUE, REPLAY_BYTES, FirstBatch.ALWAYS);
        long offset = from;
        while (offset < log.endOffset()) {
            LogRead read = log.read(offset, limit);
            if (!(read instanceof LogRead.Found found)) {
                throw new IllegalStateException("nothing to replay at " + offset + ": " + read);
            }
            LogSlice slice = found.slice();
            if (slice.sizeInBytes() == 0) {
                return;
            }
            try {
                for (ByteBuffer buffer : slice.buffers()) {
                    for (RecordBatch batch : RecordBatches.in(buffer)) {
                        producers.appended(batch, nowMillis);
                        offset = batch.lastOffset() + 1;
                    }
                }
            } finally {
                slice.release();
            }
        }
    }
}
