package io.strikemq.domain.topic;

import io.strikemq.domain.compaction.CompactionSettings;
import io.strikemq.domain.log.LogLife;
import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.log.Retention;
import io.strikemq.domain.record.Compression;
import io.strikemq.domain.record.TimestampType;
import java.util.Optional;
import java.util.Set;

/**
 * A topic's effective configs, in real types: what the hot paths read instead of parsing strings.
 *
 * @param maxMessageBytes         largest batch accepted, after a recompression by the broker (max.message.bytes)
 * @param timestampType           who stamps records (message.timestamp.type)
 * @param timestampBeforeMaxMs    how much older than now a record may say it is (message.timestamp.before.max.ms)
 * @param timestampAfterMaxMs     how much newer (message.timestamp.after.max.ms)
 * @param compression             how batches are stored (compression.type and that codec's compression.*.level); empty
 *                                means as the producer sent them
 * @param cleanupPolicies         "delete", "compact" or both (cleanup.policy)
 * @param minInSyncReplicas       for acks=all (min.insync.replicas)
 * @param segmentBytes            roll size (segment.bytes)
 * @param indexIntervalBytes      distance of index entries (index.interval.bytes)
 * @param life                    how long records and segments last (retention.*, segment.ms …)
 * @param compaction              when a log is compacted, if the policy says so (min.cleanable.dirty.ratio …)
 */
public record TopicSettings(
        int maxMessageBytes,
        TimestampType timestampType,
        long timestampBeforeMaxMs,
        long timestampAfterMaxMs,
        Optional<Compression> compression,
        Set<String> cleanupPolicies,
        int minInSyncReplicas,
        int segmentBytes,
        int indexIntervalBytes,
        LogLife life,
        CompactionSettings compaction) {
    public TopicSettings {
        cleanupPolicies = Set.copyOf(cleanupPolicies);
    }

    /** Whether records need a key, since only the last one of each key is kept. */
    public boolean isCompacted() {
        return cleanupPolicies.contains("compact");
    }

    /** Which segments go for their age or size: none unless the cleanup policy deletes. */
    public Retention retention() {
        return cleanupPolicies.contains("delete")
                ? new Retention(life.retentionMs(), life.retentionBytes())
                : new Retention(-1, -1);
    }

    /** What storage needs to know. */
    public LogSettings logSettings() {
        return new LogSettings(segmentBytes, indexIntervalBytes);
    }
}
