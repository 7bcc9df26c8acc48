package io.strikemq.application.journal;

import io.strikemq.application.topic.TopicListener;
import io.strikemq.application.topic.TopicListings;
import io.strikemq.domain.journal.Happening;
import io.strikemq.domain.journal.Happening.Kind;
import io.strikemq.domain.port.in.DescribeTopics.Creation;
import io.strikemq.domain.port.out.Events;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.Topic;

/** Tells of topics that nobody has created by that word: those that were asked for, and the broker's own. */
public final class AutoCreations implements TopicListings.AutoCreation, TopicListener {
    private final Events events;

    /** Tells these. */
    public AutoCreations(Events events) {
        this.events = events;
    }

    @Override
    public void created(RequestContext context, Topic topic, Creation creation) {
        tell(
                topic,
                "automatically (auto.create.topics.enable), since " + Who.of(context)
                        + (creation == Creation.FOR_RECORDS ? " produced to it" : " asked for its metadata"));
    }

    @Override
    public void topicOpened(Topic topic) {
        if (topic.isInternal()) {
            tell(topic, "by the broker, which keeps its own records in it");
        }
    }

    private void tell(Topic topic, String how) {
        events.happened(Happening.ofTopic(
                Kind.TOPIC_CREATED,
                topic.name(),
                "topic " + topic.name() + " was created " + ToldTopics.with(topic.partitionCount()) + " " + how));
    }

    @Override
    public void topicChanged(Topic before, Topic after) {
        // Whoever changes a topic is told with who asked for it.
    }

    @Override
    public void topicDeleted(Topic topic) {
        // As above.
    }
}
