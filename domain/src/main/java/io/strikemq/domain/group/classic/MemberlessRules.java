package io.strikemq.domain.group.classic;

import io.strikemq.domain.error.ErrorCode;

/**
 * Empty and Dead: nobody is known. Who reached an empty group shall join anew; who reached a dead one came a moment too
 * late, and finds a new group when it looks for the coordinator again.
 */
final class MemberlessRules implements StateRules {
    private final ErrorCode answer;

    private MemberlessRules(ErrorCode answer) {
        this.answer = answer;
    }

    static MemberlessRules empty() {
        return new MemberlessRules(ErrorCode.UNKNOWN_MEMBER_ID);
    }

    static MemberlessRules dead() {
        return new MemberlessRules(ErrorCode.COORDINATOR_NOT_AVAILABLE);
    }

    @Override
    public boolean accepts(GroupDraft group, String memberId, int maxSize) {
        return true;
    }

    @Override
    public void rejoin(GroupDraft group, ClassicMember member, ClassicGroupEvent.Join join) {
        group.answerJoin(join.request(), JoinResult.refused(answer, member.id()));
    }

    @Override
    public void replaced(GroupDraft group, ClassicMember member, Replaced replaced) {
        throw new IllegalStateException("a group without members has no static member " + member.instanceId());
    }

    @Override
    public void sync(GroupDraft group, ClassicMember member, ClassicGroupEvent.Sync sync) {
        group.answerSync(sync.request(), SyncResult.refused(answer));
    }

    @Override
    public ErrorCode heartbeat(GroupDraft group, ClassicMember member) {
        return answer;
    }

    @Override
    public void left(GroupDraft group) {
        // Only pending members can have left: there is nothing to rebalance.
    }

    @Override
    public void expired(GroupDraft group) {
        // As above.
    }
}
