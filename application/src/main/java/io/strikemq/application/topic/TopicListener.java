package io.strikemq.application.topic;

import io.strikemq.domain.topic.Topic;

/** Who keeps something for each topic. Called under the registry's lock, so never from two threads at once. */
public interface TopicListener {
    /** A topic was created, or found in the catalog at the start; it is not yet visible to requests. */
    void topicOpened(Topic topic);

    /** A topic got more partitions or other configs. */
    void topicChanged(Topic before, Topic after);

    /**
     * A topic is gone: the registry knows it no more, by name or by id, and its data shall go.
     *
     * @throws io.strikemq.domain.error.BrokerException KAFKA_STORAGE_ERROR when some of the data is still there; all
     *     else is done then
     */
    void topicDeleted(Topic topic);
}
