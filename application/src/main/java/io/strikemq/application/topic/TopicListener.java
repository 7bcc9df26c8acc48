package io.strikemq.application.topic;

import io.strikemq.domain.topic.Topic;

/**
 * Who keeps something for each topic. But for {@link #deleteData} called under the registry's lock, so never from two
 * threads at once.
 */
public interface TopicListener {
    /** A topic was created, or found in the catalog at the start; it is not yet visible to requests. */
    void topicOpened(Topic topic);

    /** A topic got more partitions or other configs. */
    void topicChanged(Topic before, Topic after);

    /** A topic is gone: the registry knows it no more, by name or by id. Touches no file. */
    void topicDeleted(Topic topic);

    /**
     * Deletes the data of a topic that is gone, which may take long. Called after {@link #topicDeleted} and, other than
     * that, without the registry's lock: a new topic of the same name may be there already.
     *
     * @throws io.strikemq.domain.error.BrokerException KAFKA_STORAGE_ERROR when some of the data is still there; all
     *     else is done then
     */
    default void deleteData(Topic topic) {
        // Most keep nothing in files.
    }
}
