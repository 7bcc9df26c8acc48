package io.strikemq.application.topic;

import io.strikemq.application.cluster.ClusterView;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.DescribeTopics;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.settings.TopicDefaults;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicListing;
import io.strikemq.domain.topic.TopicName;
import io.strikemq.domain.topic.TopicRef;
import io.strikemq.domain.topic.admin.NewTopic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Tells which topics there are, and creates one that is asked for and missing where that is allowed. */
public final class TopicListings implements DescribeTopics {
    private final TopicRegistry registry;
    private final ClusterView cluster;
    private final TopicDefaults defaults;
    private final TopicPlanner planner;
    private final InternalTopics internalTopics;
    private final Executor workers;
    private volatile AutoCreation onCreation = (context, topic, creation) -> {};

    /** Is told of topics that are created because they were asked for; quick. */
    @FunctionalInterface
    public interface AutoCreation {
        /** This topic was created just now, for this client. */
        void created(RequestContext context, Topic topic, Creation creation);
    }

    /** {@code workers} run what takes long: they create topics. */
    public TopicListings(
            TopicRegistry registry,
            ClusterView cluster,
            TopicDefaults defaults,
            TopicPlanner planner,
            InternalTopics internalTopics,
            Executor workers) {
        this.registry = registry;
        this.cluster = cluster;
        this.defaults = defaults;
        this.planner = planner;
        this.internalTopics = internalTopics;
        this.workers = workers;
    }

    /** From now on tells {@code listener}, and nobody else, of topics that are created because they were asked for. */
    public void onCreation(AutoCreation listener) {
        onCreation = listener;
    }

    @Override
    public List<TopicListing> all(RequestContext context) {
        return registry.all().stream()
                .map(topic -> found(TopicRef.byName(topic.name()), topic))
                .toList();
    }

    @Override
    public CompletionStage<List<TopicListing>> named(RequestContext context, List<TopicRef> topics, Creation creation) {
        boolean creates = creation != Creation.FORBIDDEN && topics.stream().anyMatch(this::mayBeCreated);
        return creates
                ? CompletableFuture.supplyAsync(() -> listings(context, topics, creation), workers)
                : CompletableFuture.completedFuture(listings(context, topics, Creation.FORBIDDEN));
    }

    private boolean mayBeCreated(TopicRef ref) {
        return !ref.isById()
                && defaults.autoCreate()
                && registry.find(ref).isEmpty()
                && TopicName.fault(ref.name()).isEmpty();
    }

    private List<TopicListing> listings(RequestContext context, List<TopicRef> topics, Creation creation) {
        return topics.stream()
                .distinct()
                .map(ref -> listing(context, ref, creation))
                .toList();
    }

    private TopicListing listing(RequestContext context, TopicRef ref, Creation creation) {
        Optional<Topic> topic = registry.find(ref);
        if (topic.isPresent()) {
            return found(ref, topic.get());
        }
        if (ref.isById()) {
            return missing(ref, ErrorCode.UNKNOWN_TOPIC_ID);
        }
        if (TopicName.fault(ref.name()).isPresent()) {
            return missing(ref, ErrorCode.INVALID_TOPIC_EXCEPTION);
        }
        if (creation == Creation.FORBIDDEN || !defaults.autoCreate()) {
            return missing(ref, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
        }
        return created(context, ref, creation);
    }

    private TopicListing created(RequestContext context, TopicRef ref, Creation creation) {
        if (Topic.isInternal(ref.name()) && !internalTopics.knows(ref.name())) {
            // The broker does not use it yet; as an ordinary topic it would be of the wrong kind.
            return missing(ref, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
        }
        try {
            return found(ref, ensure(context, ref.name(), creation));
        } catch (BrokerException refused) {
            // As in Kafka, metadata does not tell why a topic could not be created, unless asking again may help.
            boolean mayVanish = refused.error().isRetriable();
            return mayVanish
                    ? new TopicListing(ref, refused.error(), null, List.of(), refused.getMessage())
                    : missing(ref, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
        }
    }

    private Topic ensure(RequestContext context, String name, Creation creation) {
        if (internalTopics.knows(name)) {
            return internalTopics.ensure(name);
        }
        return registry.exclusively(() -> registry.find(name).orElseGet(() -> {
            Topic topic = planner.plan(new NewTopic(name, -1, (short) -1, List.of(), Map.of()));
            registry.create(topic);
            onCreation.created(context, topic, creation);
            return topic;
        }));
    }

    private TopicListing found(TopicRef ref, Topic topic) {
        return new TopicListing(ref, ErrorCode.NONE, topic, cluster.partitions(topic));
    }

    private static TopicListing missing(TopicRef ref, ErrorCode error) {
        return new TopicListing(ref, error, null, List.of());
    }
}
