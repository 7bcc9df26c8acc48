package io.strikemq.domain.settings;

import java.time.Duration;
import java.util.List;

/**
 * The settings of groups of the consumer protocol (KIP-848), under Kafka's names.
 *
 * @param maxSize              how many members a group may have (group.consumer.max.size)
 * @param assignors            the server's assignors by name, the usual one first (group.consumer.assignors)
 * @param migration            which groups may change their protocol while they live (group.consumer.migration.policy)
 * @param regexRefreshInterval how often regular expressions are looked at again (group.consumer.regex.refresh.interval.ms)
 */
public record ConsumerGroupSettings(
        int maxSize, List<String> assignors, MigrationPolicy migration, Duration regexRefreshInterval) {
    /** Kafka's defaults. */
    public static final ConsumerGroupSettings DEFAULT = new ConsumerGroupSettings(
            Integer.MAX_VALUE, List.of("uniform", "range"), MigrationPolicy.BIDIRECTIONAL, Duration.ofMinutes(10));

    public ConsumerGroupSettings {
        assignors = List.copyOf(assignors);
        if (maxSize < 1 || assignors.isEmpty()) {
            throw new IllegalArgumentException("group max size " + maxSize + ", assignors " + assignors);
        }
    }

    /** Which groups may change their protocol while they have members. */
    public enum MigrationPolicy {
        /** In both directions. */
        BIDIRECTIONAL,
        /** To the consumer protocol only. */
        UPGRADE,
        /** To the classic protocol only. */
        DOWNGRADE,
        /** None. */
        DISABLED;

        /** Whether a classic group becomes one of the consumer protocol when such a member joins. */
        public boolean allowsUpgrade() {
            return this == BIDIRECTIONAL || this == UPGRADE;
        }

        /** Whether a group becomes classic when its last member of the consumer protocol goes. */
        public boolean allowsDowngrade() {
            return this == BIDIRECTIONAL || this == DOWNGRADE;
        }
    }
}
