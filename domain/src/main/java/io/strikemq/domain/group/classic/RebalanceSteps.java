package io.strikemq.domain.group.classic;

import static io.strikemq.domain.group.classic.ClassicGroupState.COMPLETING_REBALANCE;
import static io.strikemq.domain.group.classic.ClassicGroupState.DEAD;
import static io.strikemq.domain.group.classic.ClassicGroupState.EMPTY;
import static io.strikemq.domain.group.classic.ClassicGroupState.PREPARING_REBALANCE;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupDeadline;
import io.strikemq.domain.group.GroupDeadline.Slot;
import io.strikemq.domain.group.classic.JoinResult.Joined;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The steps of a rebalance, from the first join to the last assignment. */
final class RebalanceSteps {
    /** Members may ask for a rebalance timeout of nothing; a wait that begins again and again must not take all time. */
    private static final Duration LEAST_WAIT = Duration.ofSeconds(1);

    private final Duration initialDelay;

    RebalanceSteps(Duration initialDelay) {
        this.initialDelay = initialDelay;
    }

    /** Begins a rebalance where one may begin; where one runs, sees whether it can go on. */
    void prepareOrComplete(GroupDraft group) {
        if (group.state().canRebalance()) {
            prepare(group);
        } else {
            maybeComplete(group);
        }
    }

    /** Begins a rebalance: all members must join, those of an empty group after its initial delay. */
    void prepare(GroupDraft group) {
        if (group.is(COMPLETING_REBALANCE)) {
            resetAssignments(group, ErrorCode.REBALANCE_IN_PROGRESS);
        }
        group.forgetPendingSyncs();
        boolean initial = group.is(EMPTY);
        group.transitionTo(PREPARING_REBALANCE);
        if (initial) {
            Duration remaining = atLeastZero(group.rebalanceTimeout().minus(initialDelay));
            group.setDeadline(new GroupDeadline.InitialRebalance(initialDelay, remaining), initialDelay);
        } else if (group.hasAllMembersJoined()) {
            completeJoin(group);
        } else {
            group.setDeadline(new GroupDeadline.Rebalance(), group.rebalanceTimeout());
        }
    }

    /** Goes on when nobody is missing; the delay of an initial rebalance is always waited out. */
    void maybeComplete(GroupDraft group) {
        if (group.is(PREPARING_REBALANCE) && !group.isInitialRebalance() && group.hasAllMembersJoined()) {
            completeJoin(group);
        }
    }

    /** The initial delay is over: waits on when somebody came meanwhile and there is time left. */
    void initialDelayPassed(GroupDraft group, GroupDeadline.InitialRebalance passed) {
        if (!group.is(PREPARING_REBALANCE)) {
            return;
        }
        if (group.newMemberAdded() && !passed.remaining().isZero()) {
            group.newMemberAdded(false);
            Duration delay = initialDelay.compareTo(passed.remaining()) < 0 ? initialDelay : passed.remaining();
            Duration remaining = atLeastZero(passed.remaining().minus(passed.delay()));
            group.setDeadline(new GroupDeadline.InitialRebalance(delay, remaining), delay);
        } else {
            completeJoin(group);
        }
    }

    /**
     * Ends the collecting of members: dynamic ones that are missing are out, static ones stay. The rest is the new
     * generation; when none has joined, the wait begins anew until sessions expire.
     */
    void completeJoin(GroupDraft group) {
        group.cancelDeadline(Slot.JOIN);
        for (ClassicMember member : group.members()) {
            if (!member.isAwaitingJoin() && !member.isStatic()) {
                group.remove(member.id(), ErrorCode.UNKNOWN_MEMBER_ID);
            }
        }
        if (group.is(DEAD)) {
            return;
        }
        if (group.membersById().isEmpty()) {
            becomeEmpty(group);
        } else if (maybeElectNewJoinedLeader(group)) {
            beginGeneration(group);
        } else {
            group.setDeadline(new GroupDeadline.Rebalance(), atLeast(LEAST_WAIT, group.rebalanceTimeout()));
        }
    }

    private void becomeEmpty(GroupDraft group) {
        group.nextGeneration(null);
        group.script(null);
        group.transitionTo(EMPTY);
        group.forgetPendingSyncs();
        group.store(group.snapshot(Map.of()), new StorePurpose.Emptying());
    }

    /** Elects the first member that has joined when the leader has not; false when nobody has joined. As in Kafka, a
     * leader that has joined stays leader. */
    private boolean maybeElectNewJoinedLeader(GroupDraft group) {
        if (group.member(group.leaderId()).isAwaitingJoin()) {
            return true;
        }
        for (ClassicMember member : group.members()) {
            if (member.isAwaitingJoin()) {
                group.lead(member.id());
                return true;
            }
        }
        return false;
    }

    private void beginGeneration(GroupDraft group) {
        group.nextGeneration(ProtocolChoice.of(group.members()));
        group.transitionTo(COMPLETING_REBALANCE);
        group.forgetPendingSyncs();
        for (ClassicMember member : group.members()) {
            List<Joined> told = group.isLeader(member.id()) ? group.everybody() : List.of();
            if (member.isAwaitingJoin()) {
                group.answerJoin(member.joinRequest(), group.joined(member.id(), group.leaderId(), false, told));
            }
            group.put(member.withJoinRequest(ClassicMember.NO_REQUEST).notNew());
            group.renewSession(member);
            group.awaitSyncOf(member.id());
        }
        group.setDeadline(new GroupDeadline.PendingSync(group.generation().id()), group.rebalanceTimeout());
    }

    /** Who has not joined again in time is out. */
    void rebalanceDeadlinePassed(GroupDraft group) {
        if (group.is(PREPARING_REBALANCE)) {
            completeJoin(group);
        }
    }

    /** Who has not asked for its assignment in time is out, and the others rebalance. */
    void syncDeadlinePassed(GroupDraft group, int generationId) {
        boolean concerned = generationId == group.generation().id()
                && (group.is(COMPLETING_REBALANCE) || group.is(ClassicGroupState.STABLE));
        if (concerned && !group.pendingSync().isEmpty()) {
            group.pendingSync().forEach(memberId -> group.remove(memberId, ErrorCode.UNKNOWN_MEMBER_ID));
            prepare(group);
        }
    }

    /** The leader's assignment is in the log: everybody gets its own. */
    void assign(GroupDraft group, Map<String, ByteBuffer> assignments) {
        for (ClassicMember member : group.members()) {
            group.put(member.withAssignment(assignments.getOrDefault(member.id(), ClassicMember.NOTHING)));
        }
        answerSyncs(group, ErrorCode.NONE);
        group.transitionTo(ClassicGroupState.STABLE);
    }

    /** The generation gets no assignment: those who wait for it are told why. */
    void resetAssignments(GroupDraft group, ErrorCode error) {
        for (ClassicMember member : group.members()) {
            group.put(member.withAssignment(ClassicMember.NOTHING));
        }
        answerSyncs(group, error);
    }

    private void answerSyncs(GroupDraft group, ErrorCode error) {
        for (ClassicMember member : group.members()) {
            if (member.isAwaitingSync()) {
                SyncResult result = error == ErrorCode.NONE
                        ? new SyncResult(
                                error,
                                group.generation().protocolType(),
                                group.generation().protocolName(),
                                member.assignment().asReadOnlyBuffer())
                        : SyncResult.refused(error);
                group.answerSync(member.syncRequest(), result);
                group.put(member.withSyncRequest(ClassicMember.NO_REQUEST));
                // Its session may have run out unheeded while it waited for us.
                group.renewSession(member);
            }
        }
    }

    private static Duration atLeast(Duration least, Duration duration) {
        return duration.compareTo(least) < 0 ? least : duration;
    }

    private static Duration atLeastZero(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
