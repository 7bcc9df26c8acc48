package io.strikemq.application.topic;

import io.strikemq.application.cluster.ClusterView;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicRef;
import io.strikemq.domain.topic.admin.Mode;
import io.strikemq.domain.topic.admin.MorePartitions;
import io.strikemq.domain.topic.admin.TopicOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** CreatePartitions. A topic can only grow. */
final class PartitionGrowth {
    private final TopicRegistry registry;
    private final ClusterView cluster;

    PartitionGrowth(TopicRegistry registry, ClusterView cluster) {
        this.registry = registry;
        this.cluster = cluster;
    }

    List<TopicOutcome> grow(List<MorePartitions> wishes, Mode mode) {
        Set<String> repeated = Repetition.repeated(wishes, MorePartitions::topic);
        return registry.exclusively(() -> {
            long added = wishes.stream()
                    .filter(wish -> !repeated.contains(wish.topic()))
                    .mapToLong(this::added)
                    .sum();
            Map<String, TopicOutcome> outcomes = new LinkedHashMap<>();
            for (MorePartitions wish : wishes) {
                outcomes.computeIfAbsent(wish.topic(), name -> outcome(wish, added, repeated, mode));
            }
            return List.copyOf(outcomes.values());
        });
    }

    private long added(MorePartitions wish) {
        return registry.find(wish.topic())
                .map(topic -> Math.max(0L, (long) wish.totalCount() - topic.partitionCount()))
                .orElse(0L);
    }

    private TopicOutcome outcome(MorePartitions wish, long addedInAll, Set<String> repeated, Mode mode) {
        TopicRef ref = TopicRef.byName(wish.topic());
        try {
            if (repeated.contains(wish.topic())) {
                throw new BrokerException(
                        ErrorCode.INVALID_REQUEST, "The request names topic '" + wish.topic() + "' more than once.");
            }
            if (addedInAll > TopicCreation.MAX_PER_REQUEST) {
                throw new BrokerException(
                        ErrorCode.POLICY_VIOLATION,
                        "One request cannot add more than " + TopicCreation.MAX_PER_REQUEST + " partitions.");
            }
            Topic before = registry.find(wish.topic())
                    .orElseThrow(() -> new BrokerException(
                            ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "There is no topic '" + wish.topic() + "'."));
            Topic after = grown(before, wish);
            if (mode == Mode.APPLY) {
                registry.update(before, after);
            }
            return new TopicOutcome(ref, after.name(), after.id(), after.partitionCount(), ErrorCode.NONE, null);
        } catch (BrokerException refusal) {
            return new TopicOutcome(ref, wish.topic(), null, 0, refusal.error(), refusal.getMessage());
        }
    }

    private Topic grown(Topic topic, MorePartitions wish) {
        int added = wish.totalCount() - topic.partitionCount();
        if (wish.totalCount() <= topic.partitionCount()) {
            throw new BrokerException(
                    ErrorCode.INVALID_PARTITIONS,
                    "Topic '" + topic.name() + "' has " + topic.partitionCount() + " partitions already; "
                            + wish.totalCount() + " would be no more.");
        }
        if (wish.assignments() != null) {
            new ReplicaAssignments(cluster.brokerIds())
                    .checkMorePartitions(wish.assignments(), added, topic.replicationFactor());
        }
        return topic.withPartitionCount(wish.totalCount());
    }
}
