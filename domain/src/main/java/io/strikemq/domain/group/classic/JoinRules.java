package io.strikemq.domain.group.classic;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupDeadline;
import io.strikemq.domain.group.classic.JoinCommand.AssignmentSkipping;
import io.strikemq.domain.group.classic.JoinCommand.MemberIdPolicy;
import io.strikemq.domain.group.classic.JoinResult.Joined;
import io.strikemq.domain.group.classic.StorePurpose.Predecessor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How one becomes a member, or joins again. */
final class JoinRules {
    /**
     * How long a new member may wait for its first generation. It has no id yet to send heartbeats with, and a client
     * that gave up and joined anew would otherwise leave a ghost behind.
     */
    static final Duration NEW_MEMBER_TIMEOUT = Duration.ofMinutes(5);

    private final int maxSize;
    private final RebalanceSteps rebalance;
    private final Function<ClassicGroupState, StateRules> states;

    JoinRules(int maxSize, RebalanceSteps rebalance, Function<ClassicGroupState, StateRules> states) {
        this.maxSize = maxSize;
        this.rebalance = rebalance;
        this.states = states;
    }

    void join(GroupDraft group, ClassicGroupEvent.Join join) {
        String memberId = join.command().memberId();
        if (!states.apply(group.state()).accepts(group, memberId, maxSize)) {
            group.remove(memberId, ErrorCode.UNKNOWN_MEMBER_ID);
            refuse(group, join, ErrorCode.GROUP_MAX_SIZE_REACHED, "");
        } else if (group.is(ClassicGroupState.DEAD)) {
            refuse(group, join, ErrorCode.COORDINATOR_NOT_AVAILABLE, memberId);
        } else if (!ProtocolChoice.admits(
                group.generation(),
                group.members(),
                join.command().protocolType(),
                join.command().protocols())) {
            refuse(group, join, ErrorCode.INCONSISTENT_GROUP_PROTOCOL, memberId);
        } else if (memberId.isEmpty()) {
            joinAnew(group, join);
        } else {
            joinByName(group, join);
        }
    }

    private void joinAnew(GroupDraft group, ClassicGroupEvent.Join join) {
        JoinCommand command = join.command();
        if (command.groupInstanceId() != null) {
            Optional<ClassicMember> known = group.memberByInstance(command.groupInstanceId());
            if (known.isPresent()) {
                replace(group, join, known.get());
            } else {
                add(group, join, join.freshMemberId());
            }
        } else if (command.idPolicy() == MemberIdPolicy.ID_FIRST) {
            group.addPending(join.freshMemberId());
            group.setDeadline(new GroupDeadline.Session(join.freshMemberId()), command.sessionTimeout());
            refuse(group, join, ErrorCode.MEMBER_ID_REQUIRED, join.freshMemberId());
        } else {
            add(group, join, join.freshMemberId());
        }
    }

    private void joinByName(GroupDraft group, ClassicGroupEvent.Join join) {
        String memberId = join.command().memberId();
        String instanceId = join.command().groupInstanceId();
        if (group.isPending(memberId)) {
            if (instanceId == null) {
                add(group, join, memberId);
            } else {
                // Pending ids are given to dynamic members only; Kafka has no better answer either.
                refuse(group, join, ErrorCode.UNKNOWN_SERVER_ERROR, memberId);
            }
            return;
        }
        ErrorCode identity = MemberCheck.identity(group.membersById(), memberId, instanceId);
        if (identity == ErrorCode.NONE) {
            states.apply(group.state()).rejoin(group, group.member(memberId), join);
        } else {
            refuse(group, join, identity, memberId);
        }
    }

    private void add(GroupDraft group, ClassicGroupEvent.Join join, String memberId) {
        if (group.is(ClassicGroupState.PREPARING_REBALANCE) && group.isInitialRebalance()) {
            group.newMemberAdded(true);
        }
        group.add(ClassicMember.joining(memberId, join.client(), join.command(), join.request()));
        group.setDeadline(new GroupDeadline.Session(memberId), NEW_MEMBER_TIMEOUT);
        rebalance.prepareOrComplete(group);
    }

    private void replace(GroupDraft group, ClassicGroupEvent.Join join, ClassicMember old) {
        String leaderBefore = group.leaderId();
        ClassicMember renamed = group.rename(old, join.freshMemberId());
        group.renewSession(renamed);
        ClassicMember waiting =
                renamed.withMemberMetadata(join.command().memberMetadata()).withJoinRequest(join.request());
        group.put(waiting);
        Predecessor predecessor = new Predecessor(old.id(), old.memberMetadata(), leaderBefore);
        states.apply(group.state()).replaced(group, waiting, new StateRules.Replaced(join, predecessor));
    }

    /** The static member's new id is in the log: it takes up its assignment. */
    void replacementStored(GroupDraft group, StorePurpose.Replacement replacement) {
        ClassicMember member = group.membersById().get(replacement.newMemberId());
        if (member == null || member.joinRequest() != replacement.request()) {
            return;
        }
        boolean skipping = replacement.skipping() == AssignmentSkipping.SUPPORTED;
        boolean leads = group.isLeader(member.id());
        List<Joined> told = skipping && leads ? group.everybody() : List.of();
        // A leader that knows nothing of KIP-814 is told that its old self leads, so that it makes no assignment.
        String leader = skipping ? group.leaderId() : replacement.old().leaderId();
        group.answerJoin(member.joinRequest(), group.joined(member.id(), leader, skipping && leads, told));
        group.put(member.withJoinRequest(ClassicMember.NO_REQUEST));
    }

    /** The static member's new id could not be kept: it has its old one again, and whoever joined is told. */
    void replacementFailed(GroupDraft group, StorePurpose.Replacement replacement, ErrorCode error) {
        ClassicMember member = group.membersById().get(replacement.newMemberId());
        if (member == null) {
            return;
        }
        if (member.joinRequest() == replacement.request()) {
            ClassicGroup.Generation current = group.generation();
            group.answerJoin(
                    replacement.request(),
                    new JoinResult(
                            error,
                            current.id(),
                            current.protocolType(),
                            current.protocolName(),
                            replacement.old().leaderId(),
                            false,
                            "",
                            List.of()));
            member = member.withJoinRequest(ClassicMember.NO_REQUEST);
        }
        group.put(member);
        ClassicMember old = group.rename(member, replacement.old().memberId())
                .withMemberMetadata(replacement.old().memberMetadata());
        group.put(old);
        group.renewSession(old);
    }

    private static void refuse(GroupDraft group, ClassicGroupEvent.Join join, ErrorCode error, String memberId) {
        group.answerJoin(join.request(), JoinResult.refused(error, memberId));
    }
}
