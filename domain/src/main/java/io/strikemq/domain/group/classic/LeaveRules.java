package io.strikemq.domain.group.classic;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupEffect;
import io.strikemq.domain.group.classic.LeaveResult.Left;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How members go: by themselves, by an administrator's hand, or by being silent. */
final class LeaveRules {
    private final RebalanceSteps rebalance;
    private final Function<ClassicGroupState, StateRules> states;

    LeaveRules(RebalanceSteps rebalance, Function<ClassicGroupState, StateRules> states) {
        this.rebalance = rebalance;
        this.states = states;
    }

    /** Takes out all that may go; one rebalance follows for all of them together. */
    void leave(GroupDraft group, ClassicGroupEvent.Leave leave) {
        if (group.is(ClassicGroupState.DEAD)) {
            answer(group, leave, ErrorCode.COORDINATOR_NOT_AVAILABLE, List.of());
            return;
        }
        List<Left> left = new ArrayList<>();
        boolean someLeft = false;
        for (LeavingMember member : leave.members()) {
            ErrorCode error = takeOut(group, member);
            someLeft |= error == ErrorCode.NONE;
            left.add(new Left(member.memberId(), member.groupInstanceId(), error));
        }
        answer(group, leave, ErrorCode.NONE, left);
        if (someLeft) {
            states.apply(group.state()).left(group);
        }
    }

    private static ErrorCode takeOut(GroupDraft group, LeavingMember member) {
        String memberId = member.memberId();
        if (memberId.isEmpty()) {
            // An administrator knows a static member by its instance id only (KIP-345).
            Optional<ClassicMember> known = member.groupInstanceId() == null
                    ? Optional.empty()
                    : group.memberByInstance(member.groupInstanceId());
            if (known.isEmpty()) {
                return ErrorCode.UNKNOWN_MEMBER_ID;
            }
            memberId = known.get().id();
        } else if (!group.isPending(memberId)) {
            ErrorCode identity = MemberCheck.identity(group.membersById(), memberId, member.groupInstanceId());
            if (identity != ErrorCode.NONE) {
                return identity;
            }
        }
        group.remove(memberId, ErrorCode.UNKNOWN_MEMBER_ID);
        return ErrorCode.NONE;
    }

    private static void answer(GroupDraft group, ClassicGroupEvent.Leave leave, ErrorCode error, List<Left> left) {
        group.effect(new GroupEffect.Answer(leave.request(), new LeaveResult(error, left)));
    }

    /** A session is over. */
    void sessionExpired(GroupDraft group, String memberId) {
        if (group.is(ClassicGroupState.DEAD)) {
            return;
        }
        if (group.isPending(memberId)) {
            group.remove(memberId, ErrorCode.UNKNOWN_MEMBER_ID);
            if (group.is(ClassicGroupState.PREPARING_REBALANCE) && group.hasAllMembersJoined()) {
                rebalance.completeJoin(group);
            }
        } else if (group.hasMember(memberId) && !group.member(memberId).isExcusedFromHeartbeat()) {
            // Who joins anew and was not answered in time learns that it has to ask again.
            group.remove(memberId, ErrorCode.UNKNOWN_MEMBER_ID);
            states.apply(group.state()).expired(group);
        }
    }
}
