package io.strikemq.domain.await;

import io.strikemq.domain.await.Condition.GroupPresence;
import io.strikemq.domain.await.Condition.NoLag;
import io.strikemq.domain.await.Condition.OffsetCommitted;
import io.strikemq.domain.await.Condition.PartitionsAssigned;
import io.strikemq.domain.await.Condition.Presence;
import io.strikemq.domain.await.Condition.StableGroup;
import io.strikemq.domain.topic.TopicPartition;
import java.util.List;

/** Begins conditions on a group; {@link Condition#group}. */
public record OfGroup(String groupId) {
    /** {@link StableGroup}, with any number of members. */
    public StableGroup isStable() {
        return new StableGroup(groupId, StableGroup.ANY_NUMBER);
    }

    /** There is such a group. */
    public GroupPresence exists() {
        return new GroupPresence(groupId, Presence.EXISTS);
    }

    /** There is such a group, and it has no members. */
    public GroupPresence isEmpty() {
        return new GroupPresence(groupId, Presence.EMPTY);
    }

    /** There is no such group. */
    public GroupPresence isGone() {
        return new GroupPresence(groupId, Presence.GONE);
    }

    /** Members have all partitions of the topic. */
    public PartitionsAssigned hasAssigned(String topic) {
        return new PartitionsAssigned(groupId, topic, List.of(), null);
    }

    /** Members have these partitions. */
    public PartitionsAssigned hasAssigned(TopicPartition... partitions) {
        return new PartitionsAssigned(groupId, null, List.of(partitions), null);
    }

    /** {@link NoLag}, wherever the group reads. */
    public NoLag hasNoLag() {
        return new NoLag(groupId, null);
    }

    /** {@link NoLag} in this topic. */
    public NoLag hasNoLag(String topic) {
        return new NoLag(groupId, topic);
    }

    /** The group has committed at least this offset in the partition. */
    public OffsetCommitted hasCommitted(String topic, int partition, long atLeast) {
        return new OffsetCommitted(groupId, new TopicPartition(topic, partition), atLeast);
    }
}
