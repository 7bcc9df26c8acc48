package io.strikemq.application.topic;

import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicSettings;
import io.strikemq.domain.topic.config.TopicConfigs;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Parses a topic's configs once for each state of the topic. As a listener it comes before those that ask it, so that
 * they find the new state's settings here.
 */
public final class TopicSettingsCache implements TopicListener {
    private final TopicConfigs configs;
    private final Map<UUID, Parsed> byTopic = new ConcurrentHashMap<>();

    public TopicSettingsCache(TopicConfigs configs) {
        this.configs = configs;
    }

    /** What this topic's configs and the broker's defaults come to. Callable from any thread, and cheap. */
    public TopicSettings of(Topic topic) {
        Parsed parsed = byTopic.get(topic.id());
        // Another state of the topic than the current one is rare: it is parsed, and not kept.
        return parsed != null && parsed.topic == topic ? parsed.settings : configs.settings(topic.configs());
    }

    @Override
    public void topicOpened(Topic topic) {
        byTopic.put(topic.id(), new Parsed(topic, configs.settings(topic.configs())));
    }

    @Override
    public void topicChanged(Topic before, Topic after) {
        topicOpened(after);
    }

    @Override
    public void topicDeleted(Topic topic) {
        byTopic.remove(topic.id());
    }

    private record Parsed(Topic topic, TopicSettings settings) {}
}
