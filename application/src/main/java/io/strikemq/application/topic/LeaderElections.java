package io.strikemq.application.topic;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.ElectLeaders;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.admin.PartitionOutcome;
import java.util.List;
import java.util.Optional;

/** Leadership never moves, so that no election is ever needed. */
public final class LeaderElections implements ElectLeaders {
    private static final PartitionOutcome NOT_NEEDED =
            new PartitionOutcome(ErrorCode.ELECTION_NOT_NEEDED, "Leader election not needed for topic partition.");

    private final TopicRegistry registry;

    public LeaderElections(TopicRegistry registry) {
        this.registry = registry;
    }

    @Override
    public PartitionOutcome elect(RequestContext context, TopicPartition partition) {
        Optional<Topic> topic = registry.find(partition.topic());
        if (topic.isEmpty()) {
            return unknown("No such topic as " + partition.topic());
        }
        return topic.get().hasPartition(partition.partition())
                ? NOT_NEEDED
                : unknown("No such partition as " + partition);
    }

    private static PartitionOutcome unknown(String message) {
        return new PartitionOutcome(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, message);
    }

    @Override
    public List<String> electWhereNeeded(RequestContext context) {
        return registry.all().stream().map(Topic::name).toList();
    }
}
