package io.strikemq.domain.group.log;

import io.strikemq.domain.group.GroupSnapshot;
import io.strikemq.domain.topic.TopicPartition;

/** What the log of groups holds: the last record of each key counts, and one without a value ends what was there. */
public sealed interface GroupRecord {
    /** The group that the record tells of. */
    String groupId();

    /** How far a group has read a partition; {@code value} is null where that is forgotten. */
    record Offset(String groupId, TopicPartition partition, CommittedOffset value) implements GroupRecord {}

    /** A group and its members; {@code value} is null where the group is forgotten. */
    record Group(String groupId, GroupSnapshot value) implements GroupRecord {}
}
