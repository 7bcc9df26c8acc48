package io.strikemq.application.group;

import io.strikemq.domain.group.SubscribedTopics;
import io.strikemq.domain.group.classic.ClassicGroup;
import io.strikemq.domain.group.classic.ClassicGroupState;
import io.strikemq.domain.group.log.CommittedOffset;
import io.strikemq.domain.settings.GroupSettings;
import io.strikemq.domain.topic.TopicPartition;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

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
    List<TopicPartition> expired(ClassicGroup group, OffsetTable offsets, long nowMs) {
        Optional<Set<String>> read = group.subscribedTopics();
        return offsets.partitions((partition, offset) -> {
            OptionalLong end = end(group, read, partition, offset);
            return end.isPresent() && end.getAsLong() <= nowMs && !offsets.isPending(partition);
        });
    }

    /** When the next offset ends, or a group without members and offsets does; empty while nothing can. */
    OptionalLong next(ClassicGroup group, OffsetTable offsets) {
        if (offsets.isEmpty()) {
            boolean idle = group.is(ClassicGroupState.EMPTY);
            return idle ? OptionalLong.of(Times.later(group.phase().since(), checkIntervalMs)) : OptionalLong.empty();
        }
        Optional<Set<String>> read = group.subscribedTopics();
        return offsets.all().entrySet().stream()
                .filter(entry -> !offsets.isPending(entry.getKey()))
                .map(entry -> end(group, read, entry.getKey(), entry.getValue()))
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

    private OptionalLong end(
            ClassicGroup group, Optional<Set<String>> read, TopicPartition partition, CommittedOffset offset) {
        String type = group.generation().protocolType();
        boolean consumers = SubscribedTopics.PROTOCOL_TYPE.equals(type);
        if (read.map(topics -> topics.contains(partition.topic())).orElse(consumers)) {
            return OptionalLong.empty();
        }
        boolean emptied = type != null && group.is(ClassicGroupState.EMPTY);
        if (type != null && !emptied && !(consumers && group.is(ClassicGroupState.STABLE))) {
            return OptionalLong.empty();
        }
        if (offset.expireTimestamp() != CommittedOffset.NO_EXPIRY) {
            return OptionalLong.of(offset.expireTimestamp());
        }
        long since = emptied && group.phase().since() >= 0 ? group.phase().since() : offset.commitTimestamp();
        return OptionalLong.of(Times.later(since, retentionMs));
    }
}
