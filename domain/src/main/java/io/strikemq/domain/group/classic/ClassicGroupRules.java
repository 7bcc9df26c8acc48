package io.strikemq.domain.group.classic;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupDeadline;
import io.strikemq.domain.group.GroupEffect;
import io.strikemq.domain.group.GroupEvent;
import io.strikemq.domain.group.Transition;
import io.strikemq.domain.settings.GroupSettings;
import java.util.Map;
import java.util.Objects;

/**
 * The classic group protocol as a pure function: {@code (group, event, now) -> (group, effects)}.
 *
 * <p>Nothing in here waits, reads a clock, makes an id or knows a socket. The effects are to be run after the
 * transition, in their order; a group that does not change is returned as the same object. {@link ClassicGroupState}
 * has the table of legal transitions. Thread-safe, since it holds settings only.
 */
public final class ClassicGroupRules {
    private final int maxSize;
    private final RebalanceSteps rebalance;
    private final JoinRules joins;
    private final LeaveRules leaves;
    private final ClassicSteering steering;
    private final Map<ClassicGroupState, StateRules> states;

    public ClassicGroupRules(GroupSettings settings) {
        this.maxSize = settings.maxSize();
        this.rebalance = new RebalanceSteps(settings.initialRebalanceDelay());
        this.states = Map.of(
                ClassicGroupState.EMPTY, MemberlessRules.empty(),
                ClassicGroupState.PREPARING_REBALANCE, new PreparingRebalanceRules(rebalance),
                ClassicGroupState.COMPLETING_REBALANCE, new CompletingRebalanceRules(rebalance),
                ClassicGroupState.STABLE, new StableRules(rebalance),
                ClassicGroupState.DEAD, MemberlessRules.dead());
        this.joins = new JoinRules(maxSize, rebalance, states::get);
        this.leaves = new LeaveRules(rebalance, states::get);
        this.steering = new ClassicSteering(rebalance, states::get);
    }

    /** What a tester does to a group. */
    public ClassicSteering steering() {
        return steering;
    }

    /** What {@code event} makes of {@code group} at {@code nowMs}. */
    public Transition<ClassicGroup> apply(ClassicGroup group, GroupEvent event, long nowMs) {
        GroupDraft draft = new GroupDraft(group, nowMs);
        if (event instanceof ClassicGroupEvent.Heartbeat heartbeat) {
            heartbeat(draft, heartbeat);
        } else if (event instanceof GroupEvent.Commit commit) {
            commit(draft, group.commitAllowed(commit.wanted().member()), commit);
        } else if (event instanceof GroupEvent.CommitInTransaction commit) {
            // No sign of life, as in Kafka: who sends it is the producer.
            draft.effect(new GroupEffect.Answer(
                    commit.request(),
                    group.transactionalCommitAllowed(commit.wanted().member())));
        } else if (event instanceof ClassicGroupEvent.Join join) {
            joins.join(draft, join);
        } else if (event instanceof ClassicGroupEvent.Sync sync) {
            sync(draft, sync);
        } else if (event instanceof ClassicGroupEvent.Leave leave) {
            leaves.leave(draft, leave);
        } else if (event instanceof GroupEvent.DeadlinePassed passed) {
            deadlinePassed(draft, passed.deadline());
        } else if (event instanceof GroupEvent.Stored stored) {
            stored(draft, (StorePurpose) stored.purpose());
        } else if (event instanceof GroupEvent.StoringFailed failed) {
            storingFailed(draft, failed);
        } else if (event instanceof ClassicGroupEvent.Created) {
            create(draft, group);
        } else if (event instanceof GroupEvent.Loaded) {
            loaded(draft);
        } else if (event instanceof GroupEvent.Retired) {
            retire(draft);
        } else {
            throw new IllegalStateException("unexpected " + event);
        }
        return draft.finish();
    }

    /** A group that could not be stored at its first join is dead before it ever lived. */
    private static void create(GroupDraft draft, ClassicGroup group) {
        if (!draft.is(ClassicGroupState.DEAD)) {
            draft.store(group.snapshot(), new StorePurpose.Creation());
        }
    }

    private void heartbeat(GroupDraft group, ClassicGroupEvent.Heartbeat heartbeat) {
        ErrorCode error = ErrorCode.COORDINATOR_NOT_AVAILABLE;
        if (!group.is(ClassicGroupState.DEAD)) {
            error = MemberCheck.inGeneration(group.membersById(), group.generation(), heartbeat.member());
        }
        if (error == ErrorCode.NONE) {
            ClassicMember member = group.member(heartbeat.member().memberId());
            error = states.get(group.state()).heartbeat(group, member);
        }
        group.effect(new GroupEffect.Answer(heartbeat.request(), error));
    }

    /** A commit is as good as a heartbeat, but it does not hold up a rebalance. */
    private static void commit(GroupDraft group, ErrorCode allowed, GroupEvent.Commit commit) {
        if (allowed == ErrorCode.NONE
                && group.hasMember(commit.wanted().member().memberId())) {
            group.renewSession(group.member(commit.wanted().member().memberId()));
        }
        group.effect(new GroupEffect.Answer(commit.request(), allowed));
    }

    private void sync(GroupDraft group, ClassicGroupEvent.Sync sync) {
        ErrorCode error = checkSync(group, sync);
        if (error == ErrorCode.NONE) {
            ClassicMember member = group.member(sync.command().member().memberId());
            states.get(group.state()).sync(group, member, sync);
        } else {
            group.answerSync(sync.request(), SyncResult.refused(error));
        }
    }

    private static ErrorCode checkSync(GroupDraft group, ClassicGroupEvent.Sync sync) {
        if (group.is(ClassicGroupState.DEAD)) {
            return ErrorCode.COORDINATOR_NOT_AVAILABLE;
        }
        ErrorCode error = MemberCheck.inGeneration(
                group.membersById(), group.generation(), sync.command().member());
        if (error != ErrorCode.NONE) {
            return error;
        }
        boolean consistent = agrees(
                        sync.command().protocolType(), group.generation().protocolType())
                && agrees(sync.command().protocolName(), group.generation().protocolName());
        return consistent ? ErrorCode.NONE : ErrorCode.INCONSISTENT_GROUP_PROTOCOL;
    }

    private static boolean agrees(String said, String actual) {
        return said == null || Objects.equals(said, actual);
    }

    private void deadlinePassed(GroupDraft group, GroupDeadline deadline) {
        if (deadline instanceof GroupDeadline.Session session) {
            leaves.sessionExpired(group, session.memberId());
        } else if (deadline instanceof GroupDeadline.InitialRebalance initial) {
            rebalance.initialDelayPassed(group, initial);
        } else if (deadline instanceof GroupDeadline.PendingSync pending) {
            rebalance.syncDeadlinePassed(group, pending.generationId());
        } else if (deadline instanceof GroupDeadline.Rebalance) {
            rebalance.rebalanceDeadlinePassed(group);
        } else if (deadline instanceof GroupDeadline.Revocation
                || deadline instanceof GroupDeadline.MemberJoin
                || deadline instanceof GroupDeadline.MemberSync) {
            // Of a consumer group that became this one: its deadlines were cancelled, and one was on its way.
            return;
        } else {
            throw new IllegalStateException("unexpected " + deadline);
        }
    }

    private void stored(GroupDraft group, StorePurpose purpose) {
        if (purpose instanceof StorePurpose.Assignment assignment) {
            // The generation may be over by now; then its members were told already.
            if (concerns(group, assignment)) {
                rebalance.assign(group, assignment.assignments());
                group.script(assignment.script());
            }
        } else if (purpose instanceof StorePurpose.Replacement replacement) {
            joins.replacementStored(group, replacement);
        } else if (purpose instanceof StorePurpose.Creation || purpose instanceof StorePurpose.Emptying) {
            // Nobody waits for it.
            return;
        } else {
            throw new IllegalStateException("unexpected " + purpose);
        }
    }

    private void storingFailed(GroupDraft group, GroupEvent.StoringFailed failed) {
        if (failed.purpose() instanceof StorePurpose.Assignment assignment) {
            if (concerns(group, assignment)) {
                rebalance.resetAssignments(group, failed.error());
                rebalance.prepareOrComplete(group);
            }
        } else if (failed.purpose() instanceof StorePurpose.Replacement replacement) {
            joins.replacementFailed(group, replacement, failed.error());
        } else if (failed.purpose() instanceof StorePurpose.Creation) {
            retire(group);
        } else if (failed.purpose() instanceof StorePurpose.Emptying) {
            // Nobody is there to be told, and the next change is stored with it.
            return;
        } else {
            throw new IllegalStateException("unexpected " + failed.purpose());
        }
    }

    private static boolean concerns(GroupDraft group, StorePurpose.Assignment assignment) {
        return group.is(ClassicGroupState.COMPLETING_REBALANCE)
                && group.generation().id() == assignment.generationId();
    }

    /** Everybody gets a session's time to be heard of; a group above today's limit rebalances down to it. */
    private void loaded(GroupDraft group) {
        group.members().forEach(group::renewSession);
        if (group.membersById().size() > maxSize) {
            rebalance.prepare(group);
        }
    }

    /** A group that was one of the consumer protocol goes on: with a rebalance, where its members have something to learn. */
    public Transition<ClassicGroup> goOn(ClassicGroup downgraded, long nowMs, boolean withRebalance) {
        GroupDraft draft = new GroupDraft(downgraded, nowMs);
        draft.members().forEach(draft::renewSession);
        if (withRebalance) {
            rebalance.prepare(draft);
        }
        return draft.finish();
    }

    private static void retire(GroupDraft group) {
        group.transitionTo(ClassicGroupState.DEAD);
        for (ClassicMember member : group.members()) {
            if (member.isAwaitingJoin()) {
                group.answerJoin(member.joinRequest(), JoinResult.refused(ErrorCode.NOT_COORDINATOR, member.id()));
            }
            if (member.isAwaitingSync()) {
                group.answerSync(member.syncRequest(), SyncResult.refused(ErrorCode.NOT_COORDINATOR));
            }
            group.put(member.withJoinRequest(ClassicMember.NO_REQUEST).withSyncRequest(ClassicMember.NO_REQUEST));
        }
        group.effect(new GroupEffect.Forget());
    }
}
