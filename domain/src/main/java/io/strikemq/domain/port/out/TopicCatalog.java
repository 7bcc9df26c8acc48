package io.strikemq.domain.port.out;

import io.strikemq.domain.topic.Topic;
import java.util.List;

/**
 * What topics there are, kept across restarts. One thread at a time.
 *
 * <p>Each change is atomic: after a crash it is there wholly or not at all. Errors:
 * {@link io.strikemq.domain.error.BrokerException} with {@code KAFKA_STORAGE_ERROR}.
 */
public interface TopicCatalog {
    /** All topics, in no particular order. */
    List<Topic> load();

    /** Adds the topic, or replaces the one of the same name. */
    void save(Topic topic);

    /** Forgets the topic; does nothing when there is none. Its logs are deleted apart from this. */
    void remove(String name);
}
