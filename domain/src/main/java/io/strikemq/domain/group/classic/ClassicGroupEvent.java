package io.strikemq.domain.group.classic;

import io.strikemq.domain.group.GroupEvent;
import io.strikemq.domain.group.GroupMember;
import java.util.List;

/** What members of the classic protocol do. A group of the consumer protocol may have such members too (KIP-848). */
public sealed interface ClassicGroupEvent extends GroupEvent.OfKind {
    /** The group came into being through a join. */
    record Created() implements ClassicGroupEvent {}

    /**
     * Somebody joins.
     *
     * @param freshMemberId the id it gets if it needs one
     * @param bareMemberId  the same for a member of a consumer group: Kafka does not tell there who it is
     */
    record Join(long request, Client client, JoinCommand command, String freshMemberId, String bareMemberId)
            implements ClassicGroupEvent {}

    /** Somebody asks for its assignment. */
    record Sync(long request, SyncCommand command) implements ClassicGroupEvent {}

    /** Somebody says that it lives. */
    record Heartbeat(long request, GroupMember member) implements ClassicGroupEvent {}

    /** Members go. */
    record Leave(long request, List<LeavingMember> members) implements ClassicGroupEvent {
        public Leave {
            members = List.copyOf(members);
        }
    }
}
