package io.strikemq.application.topic;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.DeleteTopics;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.settings.TopicDefaults;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicRef;
import io.strikemq.domain.topic.admin.TopicOutcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** DeleteTopics, by name or by id (KIP-516). Internal topics can be deleted too, as in Kafka. */
public final class TopicDeletion implements DeleteTopics {
    private final TopicRegistry registry;
    private final TopicDefaults defaults;

    public TopicDeletion(TopicRegistry registry, TopicDefaults defaults) {
        this.registry = registry;
        this.defaults = defaults;
    }

    @Override
    public List<TopicOutcome> delete(RequestContext context, List<TopicRef> refs) {
        if (!defaults.deleteEnabled()) {
            return refs.stream()
                    .map(ref -> refused(ref, ErrorCode.TOPIC_DELETION_DISABLED, "Topics cannot be deleted here."))
                    .toList();
        }
        Set<TopicRef> repeated = Repetition.repeated(refs, Function.identity());
        Set<UUID> namedTwice = idsNamedTwice(refs, repeated);
        List<TopicOutcome> outcomes = new ArrayList<>();
        for (TopicRef ref : Repetition.distinct(refs, Function.identity())) {
            if (repeated.contains(ref)) {
                outcomes.add(refused(
                        ref,
                        ErrorCode.INVALID_REQUEST,
                        ref.isById() ? "Duplicate topic id." : "Duplicate topic name."));
            } else if (!ref.isById() || !namedTwice.contains(ref.id())) {
                outcomes.add(deleteOne(ref, namedTwice));
            }
        }
        return outcomes;
    }

    /** Ids of topics that are named by id and by name: the row of the name says so, and the id has no row. */
    private Set<UUID> idsNamedTwice(List<TopicRef> refs, Set<TopicRef> repeated) {
        Set<UUID> ids = new HashSet<>();
        for (TopicRef ref : refs) {
            if (!ref.isById() && !repeated.contains(ref)) {
                registry.find(ref)
                        .map(Topic::id)
                        .filter(id -> refs.contains(TopicRef.byId(id)))
                        .ifPresent(ids::add);
            }
        }
        return ids;
    }

    private TopicOutcome deleteOne(TopicRef ref, Set<UUID> namedTwice) {
        Optional<Topic> found = registry.find(ref);
        if (found.isEmpty()) {
            return ref.isById()
                    ? refused(ref, ErrorCode.UNKNOWN_TOPIC_ID, "This server does not host this topic ID.")
                    : refused(
                            ref,
                            ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                            "This server does not host this topic-partition.");
        }
        Topic topic = found.get();
        if (namedTwice.contains(topic.id())) {
            return refused(
                    ref,
                    topic,
                    ErrorCode.INVALID_REQUEST,
                    "The provided topic name maps to an ID that was already supplied.");
        }
        try {
            registry.delete(topic);
            return new TopicOutcome(ref, topic.name(), topic.id(), topic.partitionCount(), ErrorCode.NONE, null);
        } catch (BrokerException failure) {
            return refused(ref, topic, failure.error(), failure.getMessage());
        }
    }

    private static TopicOutcome refused(TopicRef ref, ErrorCode error, String message) {
        return new TopicOutcome(ref, ref.name(), ref.id(), 0, error, message);
    }

    private static TopicOutcome refused(TopicRef ref, Topic topic, ErrorCode error, String message) {
        return new TopicOutcome(ref, topic.name(), topic.id(), 0, error, message);
    }
}
