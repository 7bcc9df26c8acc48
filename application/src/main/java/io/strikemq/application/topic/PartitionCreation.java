package io.strikemq.application.topic;

import io.strikemq.application.cluster.ClusterView;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.CreatePartitions;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicRef;
import io.strikemq.domain.topic.admin.Mode;
import io.strikemq.domain.topic.admin.NewPartitions;
import io.strikemq.domain.topic.admin.TopicOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** CreatePartitions. A topic can only grow. */
public final class PartitionCreation implements CreatePartitions {
    private final TopicRegistry registry;
    private final ClusterView cluster;

    public PartitionCreation(TopicRegistry registry, ClusterView cluster) {
        this.registry = registry;
        this.cluster = cluster;
    }

    @Override
    public List<TopicOutcome> createPartitions(RequestContext context, List<NewPartitions> topics, Mode mode) {
        Set<String> repeated = Repetition.repeated(topics, NewPartitions::topic);
        long added = topics.stream()
                .filter(wanted -> !repeated.contains(wanted.topic()))
                .mapToLong(this::added)
                .sum();
        Map<String, TopicOutcome> outcomes = new LinkedHashMap<>();
        for (NewPartitions wanted : topics) {
            outcomes.computeIfAbsent(
                    wanted.topic(), name -> registry.exclusively(() -> outcome(wanted, added, repeated, mode)));
        }
        return List.copyOf(outcomes.values());
    }

    private long added(NewPartitions wanted) {
        return registry.find(wanted.topic())
                .map(topic -> Math.max(0L, (long) wanted.totalCount() - topic.partitionCount()))
                .orElse(0L);
    }

    private TopicOutcome outcome(NewPartitions wanted, long addedInAll, Set<String> repeated, Mode mode) {
        TopicRef ref = TopicRef.byName(wanted.topic());
        try {
            if (repeated.contains(wanted.topic())) {
                throw new BrokerException(ErrorCode.INVALID_REQUEST, "Duplicate topic name.");
            }
            if (addedInAll > TopicCreation.MAX_PER_REQUEST) {
                throw new BrokerException(
                        ErrorCode.POLICY_VIOLATION, "Excessively large number of additional partitions per request.");
            }
            Topic before = registry.find(wanted.topic())
                    .orElseThrow(() -> new BrokerException(
                            ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "There is no topic '" + wanted.topic() + "'."));
            Topic after = grown(before, wanted);
            if (mode == Mode.APPLY) {
                registry.update(before, after);
            }
            return new TopicOutcome(ref, after.name(), after.id(), after.partitionCount(), ErrorCode.NONE, null);
        } catch (BrokerException refusal) {
            return new TopicOutcome(ref, wanted.topic(), null, 0, refusal.error(), refusal.getMessage());
        }
    }

    private Topic grown(Topic topic, NewPartitions wanted) {
        int added = wanted.totalCount() - topic.partitionCount();
        if (wanted.totalCount() <= topic.partitionCount()) {
            throw new BrokerException(
                    ErrorCode.INVALID_PARTITIONS,
                    added == 0
                            ? "Topic already has " + topic.partitionCount() + " partition(s)."
                            : "The topic " + topic.name() + " currently has " + topic.partitionCount()
                                    + " partition(s); " + wanted.totalCount() + " would not be an increase.");
        }
        if (wanted.assignments() != null) {
            new ReplicaAssignments(cluster.brokerIds())
                    .checkMorePartitions(wanted.assignments(), added, topic.replicationFactor());
        }
        return topic.withPartitionCount(wanted.totalCount());
    }
}
