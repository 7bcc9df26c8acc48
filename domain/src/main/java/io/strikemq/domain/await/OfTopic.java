package io.strikemq.domain.await;

import io.strikemq.domain.await.Condition.Presence;
import io.strikemq.domain.await.Condition.RecordsInTopic;
import io.strikemq.domain.await.Condition.TopicPresence;
import io.strikemq.domain.fetch.IsolationLevel;

/** Begins conditions on a topic; {@link Condition#topic}. */
public record OfTopic(String name) {
    /** There is such a topic. */
    public TopicPresence exists() {
        return new TopicPresence(name, Presence.EXISTS);
    }

    /** There is no such topic. */
    public TopicPresence isGone() {
        return new TopicPresence(name, Presence.GONE);
    }

    /** {@link RecordsInTopic}: at least so many committed records, in all partitions together. */
    public RecordsInTopic hasRecords(int count) {
        return new RecordsInTopic(name, null, count, IsolationLevel.READ_COMMITTED, null, null);
    }
}
