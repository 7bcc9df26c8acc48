package io.strikemq.application.topic;

import io.strikemq.application.cluster.ClusterView;
import io.strikemq.domain.port.in.ManageTopics;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.settings.TopicDefaults;
import io.strikemq.domain.topic.TopicRef;
import io.strikemq.domain.topic.admin.Mode;
import io.strikemq.domain.topic.admin.MorePartitions;
import io.strikemq.domain.topic.admin.NewTopic;
import io.strikemq.domain.topic.admin.TopicCreated;
import io.strikemq.domain.topic.admin.TopicOutcome;
import io.strikemq.domain.topic.config.TopicConfigs;
import java.util.List;

/** Creates, deletes and grows topics as Kafka's controller does. A name that is repeated in a request has one row. */
public final class TopicAdministration implements ManageTopics {
    private final TopicCreation creation;
    private final TopicDeletion deletion;
    private final PartitionGrowth growth;

    public TopicAdministration(
            TopicRegistry registry,
            ClusterView cluster,
            TopicDefaults defaults,
            TopicConfigs configs,
            TopicPlanner planner) {
        creation = new TopicCreation(registry, planner, defaults, configs);
        deletion = new TopicDeletion(registry, defaults);
        growth = new PartitionGrowth(registry, cluster);
    }

    @Override
    public List<TopicCreated> create(RequestContext context, List<NewTopic> topics, Mode mode) {
        return creation.create(topics, mode);
    }

    @Override
    public List<TopicOutcome> delete(RequestContext context, List<TopicRef> topics) {
        return deletion.delete(topics);
    }

    @Override
    public List<TopicOutcome> addPartitions(RequestContext context, List<MorePartitions> topics, Mode mode) {
        return growth.grow(topics, mode);
    }
}
