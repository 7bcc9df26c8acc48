package io.strikemq.adapter.storage.memory;

import io.strikemq.domain.port.out.TopicCatalog;
import io.strikemq.domain.topic.Topic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A catalog that lasts as long as this object, and so needs no memory of deletions. */
public final class HeapTopicCatalog implements TopicCatalog {
    private final Map<String, Topic> topics = new LinkedHashMap<>();

    @Override
    public List<Topic> load() {
        return List.copyOf(topics.values());
    }

    @Override
    public void save(Topic topic) {
        topics.put(topic.name(), topic);
    }

    @Override
    public void beginDeletion(Topic topic) {
        topics.computeIfPresent(topic.name(), (name, present) -> present.id().equals(topic.id()) ? null : present);
    }

    @Override
    public void finishDeletion(Topic topic) {
        // Nothing outlives the process, so there is nothing to forget.
    }
}
