package io.strikemq.domain.group.consumer;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.Group;
import io.strikemq.domain.group.GroupDeadline;
import io.strikemq.domain.group.GroupEffect;
import io.strikemq.domain.group.GroupEvent;
import io.strikemq.domain.group.Transition;
import io.strikemq.domain.group.consumer.Reconciliation.Goal;
import io.strikemq.domain.group.consumer.SubscriptionRules.RegexChange;
import io.strikemq.domain.group.consumer.assignor.Assignor;
import io.strikemq.domain.group.log.GroupRecord;
import io.strikemq.domain.settings.ConsumerGroupSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The consumer group protocol (KIP-848) as a function: {@code (group, event, now) -> (group, effects)}, of the topics as they are
 * at that moment.
 *
 * <p>Nothing in here waits, reads a clock, makes an id or knows a socket. What an event changes is in the records that it appends;
 * where the log refuses them, it has not happened. Thread-safe, since it holds settings only.
 */
public final class ConsumerGroupRules {
    private final Targets targets;
    private final SubscriptionRules subscriptions;
    private final MembershipRules membership;
    private final Fencing fencing;
    private final ConsumerSteering steering;
    private final GroupTimes times;

    /**
     * @param assignors    the first is the usual one
     * @param faultOfRegex what is wrong with a regular expression; null when it is one
     * @param downgrade    asked when members go
     */
    public ConsumerGroupRules(
            ConsumerGroupSettings settings,
            List<Assignor> assignors,
            Topics topics,
            GroupTimes times,
            UnaryOperator<String> faultOfRegex,
            Fencing.Downgrade downgrade) {
        this.targets = new Targets(assignors, topics, times);
        this.subscriptions = new SubscriptionRules(settings.regexRefreshInterval(), topics, targets, faultOfRegex);
        this.membership = new MembershipRules(settings.maxSize());
        this.fencing = new Fencing(targets, downgrade);
        this.times = times;
        this.steering = new ConsumerSteering(targets, fencing, this::expect);
    }

    /** Who may speak in a group. */
    public MembershipRules membership() {
        return membership;
    }

    /** How members go. */
    public Fencing fencing() {
        return fencing;
    }

    /** What a tester does to a group. */
    public ConsumerSteering steering() {
        return steering;
    }

    /** What {@code event} makes of {@code group} at {@code nowMs}. */
    public Transition<Group> apply(ConsumerGroup group, GroupEvent event, long nowMs) {
        ConsumerGroupDraft draft = new ConsumerGroupDraft(group, nowMs);
        if (event instanceof ConsumerGroupEvent.Heartbeat heartbeat) {
            return guarded(draft, heartbeat);
        } else if (event instanceof GroupEvent.Commit commit) {
            draft.answer(commit.request(), commitAllowed(group, commit.wanted(), false));
        } else if (event instanceof GroupEvent.CommitInTransaction commit) {
            draft.answer(commit.request(), commitAllowed(group, commit.wanted(), true));
        } else if (event instanceof GroupEvent.DeadlinePassed passed) {
            return deadlinePassed(draft, passed.deadline());
        } else if (event instanceof ConsumerGroupEvent.TopicsResolved found) {
            subscriptions.resolved(draft, found);
        } else if (event instanceof ConsumerGroupEvent.ResolvingFailed) {
            draft.resolving(false);
        } else if (event instanceof GroupEvent.Loaded) {
            group.members().values().forEach(member -> expect(draft, member));
            draft.resolving(false);
        } else if (event instanceof GroupEvent.Retired) {
            return new Transition<>(group.dead(), List.of(new GroupEffect.Forget()));
        } else if (event instanceof GroupEvent.Stored || event instanceof GroupEvent.StoringFailed) {
            throw new IllegalStateException("nothing is stored for its own sake here, but " + event);
        } else {
            throw new IllegalStateException("unexpected " + event);
        }
        return draft.finish();
    }

    private static ErrorCode commitAllowed(
            ConsumerGroup group, GroupEvent.OffsetsWanted wanted, boolean inTransaction) {
        return group.isDead()
                ? ErrorCode.COORDINATOR_NOT_AVAILABLE
                : MembershipRules.commitAllowed(group, wanted, inTransaction);
    }

    /** A member is to be heard of; one that has something to give up, to do so. */
    private void expect(ConsumerGroupDraft group, ConsumerMember member) {
        group.setDeadline(new GroupDeadline.Session(member.id()), sessionTimeout(group.groupId(), member));
        if (member.current().state() == MemberState.UNREVOKED_PARTITIONS && !member.isClassic()) {
            expectRevocation(group, member);
        }
    }

    private Duration sessionTimeout(String groupId, ConsumerMember member) {
        return member.isClassic() ? member.metadata().classic().sessionTimeout() : times.sessionTimeout(groupId);
    }

    private static void expectRevocation(ConsumerGroupDraft group, ConsumerMember member) {
        group.setDeadline(
                new GroupDeadline.Revocation(member.id(), member.epoch()),
                Duration.ofMillis(Math.max(0, member.metadata().rebalanceTimeoutMs())));
    }

    private Transition<Group> guarded(ConsumerGroupDraft group, ConsumerGroupEvent.Heartbeat heartbeat) {
        try {
            return heartbeat(group, heartbeat);
        } catch (BrokerException e) {
            GroupEffect answer = new GroupEffect.Answer(heartbeat.request(), refusal(e));
            return new Transition<>(group.before(), List.of(answer));
        }
    }

    /**
     * The first heartbeat in a group that was another one until now.
     *
     * @param written what the log gets before all else
     * @param done    what is to be done before all else
     * @throws BrokerException the member cannot join, and the group stays what it was
     */
    public Transition<Group> join(
            ConsumerGroup group,
            ConsumerGroupEvent.Heartbeat heartbeat,
            long nowMs,
            List<GroupRecord> written,
            List<GroupEffect> done) {
        ConsumerGroupDraft draft = new ConsumerGroupDraft(group, nowMs);
        draft.began(written, done);
        group.members().values().forEach(member -> expect(draft, member));
        return heartbeat(draft, heartbeat);
    }

    private Transition<Group> heartbeat(ConsumerGroupDraft group, ConsumerGroupEvent.Heartbeat heartbeat) {
        ConsumerHeartbeat said = heartbeat.said();
        if (group.before().isDead()) {
            group.answer(heartbeat.request(), HeartbeatResult.refused(ErrorCode.COORDINATOR_NOT_AVAILABLE, null));
            return group.finish();
        }
        return said.leaves() ? leave(group, heartbeat) : stay(group, heartbeat);
    }

    private Transition<Group> leave(ConsumerGroupDraft group, ConsumerGroupEvent.Heartbeat heartbeat) {
        ConsumerHeartbeat said = heartbeat.said();
        ConsumerMember member = said.instanceId() == null
                ? membership.known(group.before(), said.memberId())
                : membership.byInstance(group.before(), said.instanceId(), said.memberId());
        group.answer(heartbeat.request(), HeartbeatResult.left(said.memberId(), said.memberEpoch()));
        if (said.instanceId() != null && said.memberEpoch() == ConsumerHeartbeat.LEAVING_FOR_A_WHILE) {
            group.move(member.with(member.current().leftForAWhile()));
            return group.finish();
        }
        return fencing.fence(group, List.of(member));
    }

    private Transition<Group> stay(ConsumerGroupDraft group, ConsumerGroupEvent.Heartbeat heartbeat) {
        ConsumerHeartbeat said = heartbeat.said();
        membership.refuseTooMany(group.before(), said.memberId(), said.instanceId());
        String memberId = said.memberId().isEmpty() ? heartbeat.freshMemberId() : said.memberId();
        ConsumerMember before = membership.speaker(group, said, memberId);
        ConsumerMember now = before.with(before.metadata().after(said, heartbeat.client()));
        Wishes wishes = wish(group, before, now);
        lookAtTopics(group, wishes.bump() || subscriptions.isAssignorNew(group, before, now));
        targets.update(group);
        ConsumerMember moved = reconcile(group, now, wishes.areNew(), said.owned());
        if (group.isRevoked()) {
            // It was the last one that had something to give up: it learns at once what it is to have.
            targets.update(group);
            moved = reconcile(group, moved, false, said.owned());
        }
        group.setDeadline(new GroupDeadline.Session(memberId), times.sessionTimeout(group.groupId()));
        boolean tellsAll = said.memberEpoch() == ConsumerHeartbeat.JOINING
                || said.isFull()
                || !before.current().assigned().equals(moved.current().assigned());
        group.answer(
                heartbeat.request(),
                new HeartbeatResult(
                        ErrorCode.NONE,
                        null,
                        memberId,
                        moved.epoch(),
                        times.heartbeatInterval(group.groupId()),
                        tellsAll ? withoutEpochs(moved.current().assigned()) : null));
        return group.finish();
    }

    /**
     * What a member wants, compared with before.
     *
     * @param areNew whether it wants something else
     * @param bump   whether the group comes to a new epoch for that
     */
    public record Wishes(boolean areNew, boolean bump) {}

    /** Writes down what a member wants. */
    public Wishes wish(ConsumerGroupDraft group, ConsumerMember before, ConsumerMember now) {
        boolean namesNew = subscriptions.say(group, before, now);
        RegexChange regex = subscriptions.changeRegex(
                group, before.metadata().topicRegex(), now.metadata().topicRegex());
        return new Wishes(namesNew || regex != RegexChange.NONE, namesNew || regex == RegexChange.CHANGED_AND_KNOWN);
    }

    /** Comes to a new epoch when that is to be, or when the topics look different. */
    public void lookAtTopics(ConsumerGroupDraft group, boolean bump) {
        if (bump || subscriptions.areTopicsNew(group.before())) {
            subscriptions.lookAtTopics(group, bump);
        }
    }

    /** What the topics of these names look like, in a number. */
    public long hash(Set<String> topicNames) {
        return targets.hash(topicNames);
    }

    /** Computes the group's target anew, if it is time. */
    public void updateTarget(ConsumerGroupDraft group) {
        targets.update(group);
    }

    /** Moves a member a step towards what it is to have; returns it as it is then. */
    public ConsumerMember reconcile(
            ConsumerGroupDraft group, ConsumerMember member, boolean areWishesNew, List<TopicPartitions> owned) {
        if (!areWishesNew && member.current().isReconciledTo(group.assignmentEpoch())) {
            return member;
        }
        Goal goal = new Goal(
                group.assignmentEpoch(),
                group.targetOf(member.id()),
                targets.subscribed(member.metadata(), group.regexes()),
                areWishesNew);
        CurrentAssignment next = new Reconciliation(group.before(), member, goal, owned).next();
        if (next.equals(member.current())) {
            return member;
        }
        ConsumerMember moved = member.with(next);
        group.move(moved);
        if (!moved.isClassic() && next.state() == MemberState.UNREVOKED_PARTITIONS) {
            expectRevocation(group, moved);
        } else if (!moved.isClassic()) {
            group.cancelDeadline(new GroupDeadline.Slot(GroupDeadline.Kind.REVOCATION, moved.id()));
        }
        return moved;
    }

    /** The partitions alone. */
    public static Map<UUID, Set<Integer>> withoutEpochs(Map<UUID, Map<Integer, Integer>> partitions) {
        Map<UUID, Set<Integer>> plain = new LinkedHashMap<>();
        partitions.forEach((topic, epochs) -> plain.put(topic, epochs.keySet()));
        return plain;
    }

    private Transition<Group> deadlinePassed(ConsumerGroupDraft group, GroupDeadline deadline) {
        ConsumerMember member = group.before().members().get(deadline.slot().memberId());
        boolean isLate = member != null && isLate(member, deadline);
        return fencing.fence(group, isLate ? List.of(member) : List.of());
    }

    private static boolean isLate(ConsumerMember member, GroupDeadline deadline) {
        if (deadline instanceof GroupDeadline.Revocation revocation) {
            return revocation.memberEpoch() == member.epoch();
        } else if (deadline instanceof GroupDeadline.Session
                || deadline instanceof GroupDeadline.MemberJoin
                || deadline instanceof GroupDeadline.MemberSync) {
            return true;
        } else if (deadline instanceof GroupDeadline.InitialRebalance
                || deadline instanceof GroupDeadline.Rebalance
                || deadline instanceof GroupDeadline.PendingSync) {
            // Of a classic group that became this one: its deadlines were cancelled, and one was on its way.
            return false;
        }
        throw new IllegalStateException("unexpected " + deadline);
    }

    /** What a refused heartbeat is answered. */
    public static HeartbeatResult refusal(BrokerException e) {
        return HeartbeatResult.refused(e.error(), e.getMessage());
    }
}
