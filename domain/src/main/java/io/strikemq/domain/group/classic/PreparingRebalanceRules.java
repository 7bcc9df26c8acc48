package io.strikemq.domain.group.classic;

import io.strikemq.domain.error.ErrorCode;

/** Members are being collected: joins wait, everything else tells members to join. */
final class PreparingRebalanceRules implements StateRules {
    private final RebalanceSteps rebalance;

    PreparingRebalanceRules(RebalanceSteps rebalance) {
        this.rebalance = rebalance;
    }

    /** Counts those who wait, not the members: a group above its limit thereby loses who comes last. */
    @Override
    public boolean accepts(GroupDraft group, String memberId, int maxSize) {
        return group.hasMember(memberId) && group.member(memberId).isAwaitingJoin() || group.awaitingJoin() < maxSize;
    }

    @Override
    public void rejoin(GroupDraft group, ClassicMember member, ClassicGroupEvent.Join join) {
        group.park(member.withMemberMetadata(join.command().memberMetadata()), join.request());
        rebalance.prepareOrComplete(group);
    }

    @Override
    public void replaced(GroupDraft group, ClassicMember member, Replaced replaced) {
        rebalance.maybeComplete(group);
    }

    @Override
    public void sync(GroupDraft group, ClassicMember member, ClassicGroupEvent.Sync sync) {
        group.answerSync(sync.request(), SyncResult.refused(ErrorCode.REBALANCE_IN_PROGRESS));
    }

    @Override
    public ErrorCode heartbeat(GroupDraft group, ClassicMember member) {
        group.renewSession(member);
        return ErrorCode.REBALANCE_IN_PROGRESS;
    }

    @Override
    public void left(GroupDraft group) {
        rebalance.maybeComplete(group);
    }

    /** Unlike after a leave, an initial rebalance is not waited out. */
    @Override
    public void expired(GroupDraft group) {
        if (group.hasAllMembersJoined()) {
            rebalance.completeJoin(group);
        }
    }
}
