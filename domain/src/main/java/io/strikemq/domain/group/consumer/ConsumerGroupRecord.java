package io.strikemq.domain.group.consumer;

import io.strikemq.domain.group.log.GroupRecord;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What the log holds of a consumer group (KIP-848). A null in place of what a record tells of says that it is gone. */
public sealed interface ConsumerGroupRecord extends GroupRecord.OfKind {
    /** The group, its epoch and a hash of what its topics look like; {@code value} is null where the group is gone. */
    record Epoch(String groupId, EpochValue value) implements ConsumerGroupRecord {}

    /** An epoch, and the hash of the topics on which it rests. */
    record EpochValue(int epoch, long metadataHash) {}

    /** What a member has said of itself. */
    record Member(String groupId, String memberId, MemberMetadata value) implements ConsumerGroupRecord {}

    /** Up to which epoch of the group the target reaches. */
    record TargetEpoch(String groupId, TargetEpochValue value) implements ConsumerGroupRecord {}

    /** The epoch for which the target was computed, and when, in ms (0 when unknown). */
    record TargetEpochValue(int epoch, long timestamp) {}

    /** What a member is to have in the end, by topic id. */
    record Target(String groupId, String memberId, Map<UUID, Set<Integer>> value) implements ConsumerGroupRecord {}

    /** How far a member has come. */
    record Current(String groupId, String memberId, CurrentAssignment value) implements ConsumerGroupRecord {}

    /** What a regular expression means. */
    record Regex(String groupId, String regex, ResolvedRegex value) implements ConsumerGroupRecord {}

    /** What Kafka up to 4.0 wrote of a group's topics; only its end is written today. */
    record PartitionMetadata(String groupId, boolean isThere) implements ConsumerGroupRecord {}
}
