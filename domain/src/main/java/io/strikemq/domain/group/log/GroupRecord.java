package io.strikemq.domain.group.log;

import io.strikemq.domain.topic.TopicPartition;

/** What the log of groups holds: the last record of each key counts, and one without a value ends what was there. */
public sealed interface GroupRecord {
    /** The group that the record tells of. */
    String groupId();

    /** How far a group has read a partition; {@code value} is null where that is forgotten. */
    record Offset(String groupId, TopicPartition partition, CommittedOffset value) implements GroupRecord {}

    /** What the log holds for one kind of groups. */
    non-sealed interface OfKind extends GroupRecord {}
}
