package io.strikemq.domain.port.in;

import io.strikemq.domain.group.steering.GroupSteered;
import io.strikemq.domain.group.steering.MemberPick;
import io.strikemq.domain.group.steering.ScriptedAssignment;
import io.strikemq.domain.offset.OffsetReset;
import io.strikemq.domain.offset.PartitionReset;
import java.util.List;

/**
 * Does to groups what no client can. What is done is in the log as Kafka would have it there, and survives a restart.
 *
 * <p>Callable from any thread that may wait for the disk. Members learn of it as the protocols tell them, most by their next
 * heartbeat; no call waits for that.
 *
 * <p>Errors of all methods: a {@link io.strikemq.domain.error.BrokerException} with GROUP_ID_NOT_FOUND; UNKNOWN_MEMBER_ID where nobody
 * is meant; INVALID_REQUEST for what cannot be, with a sentence; the codes of an append where the log refuses it. Then nothing was done.
 */
public interface SteerGroups {
    /**
     * Has all members give up what they have, and get their partitions anew. In the classic protocol they join again, as when one of
     * them says something new; in the consumer protocol the group comes to an epoch at which nobody has anything, and then to the next,
     * at which its assignor is asked.
     */
    GroupSteered rebalance(String groupId);

    /**
     * Has members go as if their sessions had ended: they learn it by UNKNOWN_MEMBER_ID, lose their partitions, and may join
     * again.
     */
    GroupSteered expel(String groupId, MemberPick who);

    /**
     * Has members find that somebody else has taken their place. Static ones are told FENCED_INSTANCE_ID, which ends a consumer, and
     * who has taken their place is silent until its session ends. Dynamic ones are told FENCED_MEMBER_EPOCH in the consumer protocol,
     * lose their partitions and join again; in the classic protocol there is no such thing: INVALID_REQUEST.
     */
    GroupSteered fence(String groupId, MemberPick who);

    /**
     * Says what the members get next in place of what their assignor would say; from then on it is asked again. In the consumer protocol
     * it holds at once; in the classic one a rebalance begins, and this replaces what its leader brings. A script that was not used
     * when a member that it names goes, or the broker stops, is forgotten.
     */
    GroupSteered script(String groupId, ScriptedAssignment next);

    /**
     * Moves committed offsets, also under the group's members where the reset says so.
     *
     * @throws io.strikemq.domain.error.BrokerException as {@link ResetOffsets#reset} has them
     */
    List<PartitionReset> resetOffsets(OffsetReset reset);
}
