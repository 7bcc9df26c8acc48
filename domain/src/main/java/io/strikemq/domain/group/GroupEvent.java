package io.strikemq.domain.group;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.log.CommittedOffset;
import io.strikemq.domain.topic.TopicPartition;
import java.util.Map;

/**
 * What happens to a group of any kind. A {@code request} is a number that the effect answering it carries again; it is
 * never 0 and never used twice.
 */
public sealed interface GroupEvent {
    /** What happens by one of the protocols. */
    non-sealed interface OfKind extends GroupEvent {}

    /** The group was read back from the log. */
    record Loaded() implements GroupEvent {}

    /** Somebody wants to commit offsets; the answer, an {@link ErrorCode}, says whether it may. */
    record Commit(long request, OffsetsWanted wanted) implements GroupEvent {}

    /** Somebody wants to commit offsets in a transaction (KIP-447); the answer, an {@link ErrorCode}, says whether it may. */
    record CommitInTransaction(long request, OffsetsWanted wanted) implements GroupEvent {}

    /** A deadline that was set has passed. */
    record DeadlinePassed(GroupDeadline deadline) implements GroupEvent {}

    /** What was to be stored is in the log. */
    record Stored(GroupEffect.Purpose purpose) implements GroupEvent {}

    /** What was to be stored could not be; {@code error} is what members are told. */
    record StoringFailed(GroupEffect.Purpose purpose, ErrorCode error) implements GroupEvent {}

    /** The group is deleted or expired, or the broker stops: everybody who waits is sent away. */
    record Retired() implements GroupEvent {}

    /** A client as Kafka shows it: {@code host} looks like {@code /127.0.0.1}. */
    record Client(String id, String host) {}

    /**
     * Offsets that a member wants to commit.
     *
     * @param knowsEpochs whether the request's version is one that members of the consumer protocol use
     * @param offsets     what is to be committed, of topics that are there; only read
     */
    record OffsetsWanted(GroupMember member, boolean knowsEpochs, Map<TopicPartition, CommittedOffset> offsets) {}
}
