package io.strikemq.domain.group.classic;

import io.strikemq.domain.error.ErrorCode;
import java.util.List;
import java.util.Map;

/** Everybody works on its assignment. */
final class StableRules implements StateRules {
    private final RebalanceSteps rebalance;

    StableRules(RebalanceSteps rebalance) {
        this.rebalance = rebalance;
    }

    @Override
    public boolean accepts(GroupDraft group, String memberId, int maxSize) {
        return group.hasMember(memberId) || group.membersById().size() < maxSize;
    }

    /**
     * A leader that joins wants a rebalance, since it saw something change that no metadata shows (the partitions of a
     * topic); a follower does when it says something new, and else has only lost an answer.
     */
    @Override
    public void rejoin(GroupDraft group, ClassicMember member, ClassicGroupEvent.Join join) {
        if (group.isLeader(member.id()) || !member.matches(join.command().protocols())) {
            group.park(member.withMemberMetadata(join.command().memberMetadata()), join.request());
            rebalance.prepareOrComplete(group);
        } else {
            group.answerJoin(join.request(), group.joined(member.id(), group.leaderId(), false, List.of()));
        }
    }

    /** Without effect on the protocol a static member takes up its assignment again, and nobody else notices. */
    @Override
    public void replaced(GroupDraft group, ClassicMember member, Replaced replaced) {
        if (!ProtocolChoice.of(group.members()).equals(group.generation().protocolName())) {
            rebalance.prepareOrComplete(group);
            return;
        }
        StorePurpose purpose = new StorePurpose.Replacement(
                replaced.join().request(),
                member.id(),
                replaced.old(),
                replaced.join().command().skipping());
        group.store(group.snapshot(Map.of()), purpose);
    }

    @Override
    public void sync(GroupDraft group, ClassicMember member, ClassicGroupEvent.Sync sync) {
        group.synced(member.id());
        group.answerSync(
                sync.request(),
                new SyncResult(
                        ErrorCode.NONE,
                        group.generation().protocolType(),
                        group.generation().protocolName(),
                        member.assignment().asReadOnlyBuffer()));
    }

    @Override
    public ErrorCode heartbeat(GroupDraft group, ClassicMember member) {
        group.renewSession(member);
        return ErrorCode.NONE;
    }

    @Override
    public void left(GroupDraft group) {
        rebalance.prepareOrComplete(group);
    }

    @Override
    public void expired(GroupDraft group) {
        rebalance.prepareOrComplete(group);
    }
}
