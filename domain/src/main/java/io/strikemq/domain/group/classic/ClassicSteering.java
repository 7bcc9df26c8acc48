package io.strikemq.domain.group.classic;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupEffect;
import io.strikemq.domain.group.Transition;
import io.strikemq.domain.group.steering.SteeringOutcome;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What a tester does to a group of the classic protocol that has members. {@code request} is what is answered. */
public final class ClassicSteering {
    private final RebalanceSteps rebalance;
    private final Function<ClassicGroupState, StateRules> states;

    ClassicSteering(RebalanceSteps rebalance, Function<ClassicGroupState, StateRules> states) {
        this.rebalance = rebalance;
        this.states = states;
    }

    /** All members are to join anew, as when one of them says something new; they learn it by their next heartbeats. */
    public Transition<ClassicGroup> rebalance(ClassicGroup group, long request, long nowMs) {
        GroupDraft draft = new GroupDraft(group, nowMs);
        begin(draft);
        return done(draft, request, group.members().keySet());
    }

    private void begin(GroupDraft draft) {
        if (draft.state().canRebalance()) {
            rebalance.prepare(draft);
        }
    }

    /** Members go as if their sessions had ended, and the others rebalance. */
    public Transition<ClassicGroup> expel(ClassicGroup group, Collection<String> memberIds, long request, long nowMs) {
        GroupDraft draft = new GroupDraft(group, nowMs);
        memberIds.forEach(id -> draft.remove(id, ErrorCode.UNKNOWN_MEMBER_ID));
        states.apply(draft.state()).expired(draft);
        return done(draft, request, memberIds);
    }

    /**
     * Static members find another one in their place, which has come and is never heard of again.
     *
     * @param newIds the ids of those who come, by the ids of those whose place they take
     * @throws BrokerException a dynamic member's place cannot be taken in this protocol
     */
    public Transition<ClassicGroup> fence(ClassicGroup group, Map<String, String> newIds, long request, long nowMs) {
        GroupDraft draft = new GroupDraft(group, nowMs);
        newIds.forEach((old, fresh) -> {
            ClassicMember member = draft.member(old);
            if (!member.isStatic()) {
                throw new BrokerException(
                        ErrorCode.INVALID_REQUEST,
                        "member '" + old + "' of group '" + group.groupId() + "' has no group.instance.id: a classic"
                                + " group fences static members only; expel it instead");
            }
            draft.renewSession(draft.rename(member, fresh));
        });
        boolean isSettled = draft.is(ClassicGroupState.STABLE);
        if (isSettled) {
            ClassicGroupRecord record = new ClassicGroupRecord(group.groupId(), draft.snapshot(Map.of()));
            draft.effect(new GroupEffect.Append(List.of(record)));
        } else if (draft.is(ClassicGroupState.COMPLETING_REBALANCE)) {
            // The leader knows the old ids, so that the new ones would get nothing.
            rebalance.prepare(draft);
        }
        return done(draft, request, newIds.keySet());
    }

    /** What these members are to get, by topic, in place of what the leader brings next; begins a rebalance for it. */
    public Transition<ClassicGroup> script(
            ClassicGroup group, Map<String, Map<String, Set<Integer>>> shares, long request, long nowMs) {
        GroupDraft draft = new GroupDraft(group, nowMs);
        draft.script(shares);
        begin(draft);
        return done(draft, request, shares.keySet());
    }

    private static Transition<ClassicGroup> done(GroupDraft draft, long request, Collection<String> memberIds) {
        draft.effect(new GroupEffect.Answer(request, SteeringOutcome.done(List.copyOf(memberIds))));
        return draft.finish();
    }
}
