package io.strikemq.application.topic;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.CreateTopics;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.settings.TopicDefaults;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.admin.Mode;
import io.strikemq.domain.topic.admin.NewTopic;
import io.strikemq.domain.topic.admin.TopicCreated;
import io.strikemq.domain.topic.config.TopicConfigs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * CreateTopics. All topics of a request are planned before the first is created, so they do not see each other. Each is
 * created by itself: changes to other topics, by other requests, may come in between.
 */
public final class TopicCreation implements CreateTopics {
    /** Kafka's limit for one request: of partitions, and of the records that its controller would write. */
    static final int MAX_PER_REQUEST = 10_000;

    private final TopicRegistry registry;
    private final TopicPlanner planner;
    private final TopicDefaults defaults;
    private final TopicConfigs configs;

    public TopicCreation(TopicRegistry registry, TopicPlanner planner, TopicDefaults defaults, TopicConfigs configs) {
        this.registry = registry;
        this.planner = planner;
        this.defaults = defaults;
        this.configs = configs;
    }

    @Override
    public List<TopicCreated> create(RequestContext context, List<NewTopic> topics, Mode mode) {
        Set<String> repeated = Repetition.repeated(topics, NewTopic::name);
        Map<String, Plan> plans = new LinkedHashMap<>();
        boolean tooMany = requestedPartitions(topics, repeated) > MAX_PER_REQUEST;
        for (NewTopic topic : topics) {
            plans.computeIfAbsent(topic.name(), name -> plan(topic, repeated, tooMany));
        }
        boolean tooLarge = plans.values().stream().mapToLong(Plan::records).sum() > MAX_PER_REQUEST;
        return plans.entrySet().stream()
                .map(plan -> tooLarge
                        ? refused(plan.getKey(), tooMany())
                        : carryOut(plan.getKey(), plan.getValue(), plans.keySet(), mode))
                .toList();
    }

    private long requestedPartitions(List<NewTopic> topics, Set<String> repeated) {
        return topics.stream()
                .filter(topic -> !repeated.contains(topic.name()))
                .mapToLong(this::requestedPartitions)
                .sum();
    }

    private long requestedPartitions(NewTopic topic) {
        if (!topic.assignments().isEmpty()) {
            return topic.assignments().size();
        }
        return topic.partitions() == -1 ? defaults.numPartitions() : Math.max(0, topic.partitions());
    }

    private Plan plan(NewTopic topic, Set<String> repeated, boolean tooMany) {
        try {
            if (repeated.contains(topic.name())) {
                throw new BrokerException(ErrorCode.INVALID_REQUEST, "Duplicate topic name.");
            }
            if (tooMany) {
                throw tooMany();
            }
            return new Plan(planner.plan(topic), null);
        } catch (BrokerException refusal) {
            return new Plan(null, refusal);
        }
    }

    private TopicCreated carryOut(String name, Plan plan, Set<String> together, Mode mode) {
        if (plan.refusal != null) {
            return refused(name, plan.refusal);
        }
        try {
            if (mode == Mode.APPLY) {
                registry.create(plan.topic, together);
            }
            return new TopicCreated(name, ErrorCode.NONE, null, plan.topic, configs.entries(plan.topic.configs()));
        } catch (BrokerException refusal) {
            return refused(name, refusal);
        }
    }

    private static TopicCreated refused(String name, BrokerException refusal) {
        return new TopicCreated(name, refusal.error(), refusal.getMessage(), null, List.of());
    }

    private static BrokerException tooMany() {
        return new BrokerException(ErrorCode.POLICY_VIOLATION, "Excessively large number of partitions per request.");
    }

    /** What shall become of one topic: it is created, or refused. */
    private record Plan(Topic topic, BrokerException refusal) {
        /** How many records Kafka's controller would write for it. */
        long records() {
            return topic == null ? 0 : 1L + topic.configs().size() + topic.partitionCount();
        }
    }
}
