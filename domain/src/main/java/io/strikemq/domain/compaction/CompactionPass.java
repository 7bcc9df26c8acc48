package io.strikemq.domain.compaction;

import io.strikemq.domain.log.AbortedTransaction;
import io.strikemq.domain.producer.LastBatch;
import java.util.List;
import java.util.Map;

/**
 * What holds for one pass over a log.
 *
 * @param nowMillis         when it began, in ms since 1970
 * @param deleteRetentionMs how long tombstones stay from the pass on that first meets them (delete.retention.ms)
 * @param aborted           at least the aborted transactions of what is read
 * @param lastBatches       of the producers that the partition remembers, by id
 * @param highWatermark     where the log ended when it began
 */
public record CompactionPass(
        long nowMillis,
        long deleteRetentionMs,
        List<AbortedTransaction> aborted,
        Map<Long, LastBatch> lastBatches,
        long highWatermark) {
    public CompactionPass {
        aborted = List.copyOf(aborted);
        lastBatches = Map.copyOf(lastBatches);
    }
}
