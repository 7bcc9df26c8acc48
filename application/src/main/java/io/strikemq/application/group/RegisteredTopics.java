package io.strikemq.application.group;

import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.domain.group.consumer.Topics;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicRef;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The registry's topics, as groups look at them. */
final class RegisteredTopics implements Topics {
    private final TopicRegistry registry;

    RegisteredTopics(TopicRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Optional<Topic> find(String name) {
        return registry.find(name);
    }

    @Override
    public Optional<Topic> find(UUID id) {
        return registry.find(TopicRef.byId(id));
    }

    @Override
    public Set<String> names() {
        return registry.names();
    }

    @Override
    public long version() {
        return registry.version();
    }

    @Override
    public long creations() {
        return registry.creations();
    }
}
