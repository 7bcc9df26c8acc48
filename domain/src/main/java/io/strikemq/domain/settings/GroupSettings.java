package io.strikemq.domain.settings;

import java.time.Duration;

/**
 * The settings of consumer groups and their committed offsets, under Kafka's names. As in Kafka, limits may be such that
 * nobody can keep them: whoever tries is refused.
 *
 * @param minSessionTimeout        group.min.session.timeout.ms
 * @param maxSessionTimeout        group.max.session.timeout.ms
 * @param initialRebalanceDelay    how long an empty group waits for more members (group.initial.rebalance.delay.ms)
 * @param maxSize                  how many members a group may have (group.max.size)
 * @param offsetMetadataMaxBytes   longest note beside a committed offset (offset.metadata.max.bytes)
 * @param offsetsRetention         how long offsets outlive their group's last member (offsets.retention.minutes)
 * @param retentionCheckInterval   how long a group lasts that has neither members nor offsets
 *                                 (offsets.retention.check.interval.ms)
 */
public record GroupSettings(
        Duration minSessionTimeout,
        Duration maxSessionTimeout,
        Duration initialRebalanceDelay,
        int maxSize,
        int offsetMetadataMaxBytes,
        Duration offsetsRetention,
        Duration retentionCheckInterval) {
    /** Kafka's defaults, but for the initial rebalance delay: nobody waits on a developer's machine. */
    public static final GroupSettings DEFAULT = new GroupSettings(
            Duration.ofSeconds(6),
            Duration.ofMinutes(30),
            Duration.ZERO,
            Integer.MAX_VALUE,
            4096,
            Duration.ofDays(7),
            Duration.ofMinutes(10));

    public GroupSettings {
        if (initialRebalanceDelay.isNegative() || maxSize < 1) {
            throw new IllegalArgumentException(
                    "initial rebalance delay " + initialRebalanceDelay + ", group max size " + maxSize);
        }
    }

    /** The same settings with another initial rebalance delay. */
    public GroupSettings withInitialRebalanceDelay(Duration delay) {
        return new GroupSettings(
                minSessionTimeout,
                maxSessionTimeout,
                delay,
                maxSize,
                offsetMetadataMaxBytes,
                offsetsRetention,
                retentionCheckInterval);
    }

    /** The same settings with another limit on a group's size. */
    public GroupSettings withMaxSize(int members) {
        return new GroupSettings(
                minSessionTimeout,
                maxSessionTimeout,
                initialRebalanceDelay,
                members,
                offsetMetadataMaxBytes,
                offsetsRetention,
                retentionCheckInterval);
    }
}
