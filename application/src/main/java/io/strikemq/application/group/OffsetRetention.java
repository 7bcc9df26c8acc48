package io.strikemq.application.group;

import io.strikemq.domain.group.Group;
import io.strikemq.domain.group.OffsetLifetimes;
import io.strikemq.domain.group.OffsetLifetimes.OffsetLifetime;
import io.strikemq.domain.group.log.CommittedOffset;
import io.strikemq.domain.settings.GroupSettings;
import io.strikemq.domain.topic.TopicPartition;
import java.util.List;
import java.util.OptionalLong;

/**
 * When committed offsets end (KIP-211): after the retention time, which counts from the moment when the group lost its
 * last member; without members ever, from each commit; and in a stable group of consumers, for topics that it no longer
 * reads, from each commit too. A client's own retention time (OffsetCommit 2 to 4) counts from the commit. Where an open
 * transaction has another offset for the partition, nothing ends until that has ended.
 */
final class OffsetRetention {
    private final long retentionMs;
    private final long checkIntervalMs;

    OffsetRetention(GroupSettings settings) {
        this.retentionMs = settings.offsetsRetention().toMillis();
        this.checkIntervalMs = settings.retentionCheckInterval().toMillis();
    }

    /** The partitions whose offsets have ended by now. */
    List<TopicPartition> expired(Group group, OffsetTable offsets, long nowMs) {
        OffsetLifetimes lifetimes = group.offsetLifetimes();
        return offsets.partitions((partition, offset) -> {
            OptionalLong end = end(lifetimes, partition, offset);
            return end.isPresent() && end.getAsLong() <= nowMs && !offsets.isPending(partition);
        });
    }

    /** When the next offset ends, or a group without members and offsets does; empty while nothing can. */
    OptionalLong next(Group group, OffsetTable offsets) {
        if (offsets.isEmpty()) {
            return group.isEmpty()
                    ? OptionalLong.of(Times.later(group.emptySince(), checkIntervalMs))
                    : OptionalLong.empty();
        }
        OffsetLifetimes lifetimes = group.offsetLifetimes();
        return offsets.all().entrySet().stream()
                .filter(entry -> !offsets.isPending(entry.getKey()))
                .map(entry -> end(lifetimes, entry.getKey(), entry.getValue()))
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .min();
    }

    /** The earliest moment at which an offset that was just committed could end. */
    long earliest(CommittedOffset offset) {
        return offset.expireTimestamp() == CommittedOffset.NO_EXPIRY
                ? Times.later(offset.commitTimestamp(), retentionMs)
                : offset.expireTimestamp();
    }

    /** How long to wait before expiry is tried again after a failure. */
    long retryMs() {
        return checkIntervalMs;
    }

    private OptionalLong end(OffsetLifetimes lifetimes, TopicPartition partition, CommittedOffset offset) {
        OffsetLifetime lifetime = lifetimes.of(partition.topic());
        if (lifetime instanceof OffsetLifetime.Endless) {
            return OptionalLong.empty();
        }
        if (offset.expireTimestamp() != CommittedOffset.NO_EXPIRY) {
            return OptionalLong.of(offset.expireTimestamp());
        }
        if (lifetime instanceof OffsetLifetime.Since from) {
            return OptionalLong.of(Times.later(from.moment(), retentionMs));
        }
        if (lifetime instanceof OffsetLifetime.SinceCommit) {
            return OptionalLong.of(Times.later(offset.commitTimestamp(), retentionMs));
        }
        throw new IllegalStateException("unexpected " + lifetime);
    }
}
