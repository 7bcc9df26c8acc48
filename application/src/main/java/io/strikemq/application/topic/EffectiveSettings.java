package io.strikemq.application.topic;

import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicSettings;

/** What a topic's configs and the broker's defaults come to. Callable from any thread, and cheap. */
public interface EffectiveSettings {
    /** The settings that hold for this topic. */
    TopicSettings of(Topic topic);
}
