package io.strikemq.domain.group.classic;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupEffect;
import io.strikemq.domain.group.classic.JoinResult.Joined;
import io.strikemq.domain.group.classic.SyncCommand.Assignment;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The generation is known, its assignment is not: followers wait for the leader's sync. */
final class CompletingRebalanceRules implements StateRules {
    private final RebalanceSteps rebalance;

    CompletingRebalanceRules(RebalanceSteps rebalance) {
        this.rebalance = rebalance;
    }

    @Override
    public boolean accepts(GroupDraft group, String memberId, int maxSize) {
        return group.hasMember(memberId) || group.membersById().size() < maxSize;
    }

    /** The same join again means that its answer was lost: it is repeated. */
    @Override
    public void rejoin(GroupDraft group, ClassicMember member, ClassicGroupEvent.Join join) {
        if (member.matches(join.command().protocols())) {
            List<Joined> told = group.isLeader(member.id()) ? group.everybody() : List.of();
            group.answerJoin(join.request(), group.joined(member.id(), group.leaderId(), false, told));
        } else {
            group.park(member.withMemberMetadata(join.command().memberMetadata()), join.request());
            rebalance.prepareOrComplete(group);
        }
    }

    /** The leader may have the old id already, so that the new one would get no assignment. */
    @Override
    public void replaced(GroupDraft group, ClassicMember member, Replaced replaced) {
        rebalance.prepare(group);
    }

    @Override
    public void sync(GroupDraft group, ClassicMember member, ClassicGroupEvent.Sync sync) {
        group.parkSync(member, sync.request());
        group.synced(member.id());
        if (group.isLeader(member.id())) {
            StorePurpose.Assignment purpose = group.script() == null ? brought(group, sync) : scripted(group, sync);
            group.store(group.snapshot(purpose.assignments()), purpose);
        }
    }

    private static StorePurpose.Assignment brought(GroupDraft group, ClassicGroupEvent.Sync sync) {
        Map<String, ByteBuffer> assignments = new HashMap<>();
        group.members().forEach(each -> assignments.put(each.id(), ClassicMember.NOTHING));
        for (Assignment brought : sync.command().assignments()) {
            assignments.put(brought.memberId(), brought.assignment());
        }
        return new StorePurpose.Assignment(group.generation().id(), assignments, null);
    }

    /** The script's assignment in place of the leader's, unless the group is another one by now. */
    private static StorePurpose.Assignment scripted(GroupDraft group, ClassicGroupEvent.Sync sync) {
        try {
            if (group.membersById().keySet().containsAll(group.script().keySet())) {
                ScriptedSync scripted =
                        ScriptedSync.of(group.members(), group.generation().protocolName(), group.script());
                return new StorePurpose.Assignment(
                        group.generation().id(), scripted.assignments(), scripted.isWhole() ? null : group.script());
            }
            forget(group, "a member that it names has gone");
        } catch (ConsumerProtocol.MalformedException e) {
            forget(group, e.getMessage());
        }
        return brought(group, sync);
    }

    private static void forget(GroupDraft group, String why) {
        group.script(null);
        group.effect(new GroupEffect.Tell("the scripted assignment is dropped, and the leader's counts: " + why));
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
