package io.strikemq.domain.compaction;

/**
 * A topic's configs of its compaction.
 *
 * @param minDirtyRatio     which share of a log has to be dirty, 0 to 1 (min.cleanable.dirty.ratio)
 * @param minLagMs          how long a record is safe (min.compaction.lag.ms)
 * @param maxLagMs          after how long it is compacted whatever the ratio (max.compaction.lag.ms)
 * @param deleteRetentionMs how long tombstones and the markers of empty transactions stay after the first compaction that
 *                          meets them (delete.retention.ms)
 */
public record CompactionSettings(double minDirtyRatio, long minLagMs, long maxLagMs, long deleteRetentionMs) {
    /** Kafka's defaults. */
    public static final CompactionSettings DEFAULT = new CompactionSettings(0.5, 0, Long.MAX_VALUE, 86_400_000L);
}
