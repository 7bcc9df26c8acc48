package io.strikemq.application.group;

import io.strikemq.application.topic.TopicListener;
import io.strikemq.domain.topic.Topic;

/** Forgets what groups have read of topics that are deleted: a new topic of the same name begins anew. */
public final class DeletedTopicOffsets implements TopicListener {
    private final CoordinatedGroups groups;

    public DeletedTopicOffsets(CoordinatedGroups groups) {
        this.groups = groups;
    }

    @Override
    public void topicOpened(Topic topic) {
        // A new topic has no offsets.
    }

    @Override
    public void topicChanged(Topic before, Topic after) {
        // Partitions are only ever added.
    }

    /** Without their log, groups cannot live: they are called into being anew with a new log. */
    @Override
    public void topicDeleted(Topic topic) {
        for (CoordinatedGroup group : groups.all()) {
            if (topic.name().equals(Topic.CONSUMER_OFFSETS)) {
                group.retire();
            } else {
                group.topicDeleted(topic);
            }
        }
    }
}
