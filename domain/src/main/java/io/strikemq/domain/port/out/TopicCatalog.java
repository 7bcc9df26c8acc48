package io.strikemq.domain.port.out;

import io.strikemq.domain.topic.Topic;
import java.util.List;

/**
 * What topics there are, kept across restarts. One thread at a time.
 *
 * <p>A deletion is decided by one change, {@link #beginDeletion}: before it the topic is whole, after it the topic is
 * gone, whatever happens to its logs. A storage that is opened again deletes the logs of all deletions that were begun
 * and not finished.
 *
 * <p>Each change is atomic: after a crash it is there wholly or not at all. Errors:
 * {@link io.strikemq.domain.error.BrokerException} with {@code KAFKA_STORAGE_ERROR}; nothing has changed then.
 */
public interface TopicCatalog {
    /** All topics that there are, in no particular order. */
    List<Topic> load();

    /** Adds the topic, or replaces the one of the same name. */
    void save(Topic topic);

    /** The topic is gone and its name is free, also when the process dies; its logs are to be deleted. */
    void beginDeletion(Topic topic);

    /** The logs of a topic whose deletion was begun are deleted; does nothing when there is no such topic. */
    void finishDeletion(Topic topic);
}
