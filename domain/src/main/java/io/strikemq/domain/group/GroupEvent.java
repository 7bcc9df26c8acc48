package io.strikemq.domain.group;

import io.strikemq.domain.error.ErrorCode;
import java.util.List;

/**
 * What happens to a group. A {@code request} is a number that the effect answering it carries again; it is never 0
 * and never used twice.
 */
public sealed interface GroupEvent {
    /** The group came into being through a join. */
    record Created() implements GroupEvent {}

    /** The group was read back from the log. */
    record Loaded() implements GroupEvent {}

    /** Somebody joins; {@code freshMemberId} is the id it gets if it needs one. */
    record Join(long request, Client client, JoinCommand command, String freshMemberId) implements GroupEvent {}

    /** Somebody asks for its assignment. */
    record Sync(long request, SyncCommand command) implements GroupEvent {}

    /** Somebody says that it lives. */
    record Heartbeat(long request, GroupMember member) implements GroupEvent {}

    /** Somebody wants to commit offsets; the answer says whether it may. */
    record Commit(long request, GroupMember member) implements GroupEvent {}

    /** Somebody wants to commit offsets in a transaction (KIP-447); the answer says whether it may. */
    record CommitInTransaction(long request, GroupMember member) implements GroupEvent {}

    /** Members go. */
    record Leave(long request, List<LeavingMember> members) implements GroupEvent {
        public Leave {
            members = List.copyOf(members);
        }
    }

    /** A deadline that was set has passed. */
    record DeadlinePassed(GroupDeadline deadline) implements GroupEvent {}

    /** What was to be stored is in the log. */
    record Stored(StorePurpose purpose) implements GroupEvent {}

    /** What was to be stored could not be; {@code error} is what members are told. */
    record StoringFailed(StorePurpose purpose, ErrorCode error) implements GroupEvent {}

    /** The group is deleted or expired, or the broker stops: everybody who waits is sent away. */
    record Retired() implements GroupEvent {}

    /** A client as Kafka shows it: {@code host} looks like {@code /127.0.0.1}. */
    record Client(String id, String host) {}
}
