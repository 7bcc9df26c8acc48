package io.strikemq.domain.group.consumer;

import io.strikemq.domain.group.Group;
import io.strikemq.domain.group.Transition;
import io.strikemq.domain.group.steering.SteeringOutcome;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;

/** What a tester does to a group of the consumer protocol that has members. {@code request} is what is answered. */
public final class ConsumerSteering {
    private final Targets targets;
    private final Fencing fencing;
    private final BiConsumer<ConsumerGroupDraft, ConsumerMember> expect;

    /** {@code expect}: from now on a member is to be heard of. */
    ConsumerSteering(Targets targets, Fencing fencing, BiConsumer<ConsumerGroupDraft, ConsumerMember> expect) {
        this.targets = targets;
        this.fencing = fencing;
        this.expect = expect;
    }

    /** The topics that a member wants and that are there, by id. */
    public Set<UUID> subscribed(ConsumerGroup group, ConsumerMember member) {
        return targets.subscribed(member.metadata(), group.regexes());
    }

    /**
     * The group comes to an epoch at which nobody is to have anything, and when everybody has given up what it had, to the next one,
     * at which the assignor is asked again. A restart between the two goes on with the second.
     */
    public Transition<Group> rebalance(ConsumerGroup group, long request, long nowMs) {
        ConsumerGroupDraft draft = new ConsumerGroupDraft(group, nowMs);
        nextTarget(draft, Map.of(), 0);
        draft.nextEpoch(targets.hash(draft.subscriptions().topics()));
        draft.revoking(true);
        return done(draft, request, group.members().keySet());
    }

    /** Everybody is to have this now, and nothing else. {@code computedAt}: in ms; 0 where the next target need not wait. */
    private void nextTarget(
            ConsumerGroupDraft draft, Map<String, Map<UUID, Set<Integer>>> partitions, long computedAt) {
        draft.nextEpoch(targets.hash(draft.subscriptions().topics()));
        draft.before().members().keySet().forEach(id -> draft.target(id, partitions.getOrDefault(id, Map.of())));
        draft.targetReaches(draft.epoch(), computedAt);
        draft.revoking(false);
    }

    /** Members go as if their sessions had ended. */
    public Transition<Group> expel(ConsumerGroup group, Collection<String> memberIds, long request, long nowMs) {
        ConsumerGroupDraft draft = new ConsumerGroupDraft(group, nowMs);
        draft.answer(request, SteeringOutcome.done(List.copyOf(memberIds)));
        List<ConsumerMember> going =
                memberIds.stream().map(group.members()::get).toList();
        return fencing.fence(draft, going);
    }

    /**
     * A dynamic member is at another epoch than it knows, so that it has to abandon its partitions and to join again; a static one
     * finds another in its place, which has come and is never heard of again.
     *
     * @param newIds the ids of those who take a static member's place, by the ids of all members that are fenced
     */
    public Transition<Group> fence(ConsumerGroup group, Map<String, String> newIds, long request, long nowMs) {
        ConsumerGroupDraft draft = new ConsumerGroupDraft(group, nowMs);
        draft.nextEpoch(targets.hash(draft.subscriptions().topics()));
        targets.updateNow(draft);
        newIds.forEach((id, newId) -> {
            ConsumerMember member = draft.members().get(id);
            if (member.instanceId() == null) {
                ConsumerMember fenced = member.with(member.current().fencedAt(draft.assignmentEpoch()));
                draft.move(fenced);
                // What it had to give up by a certain time, it has to give up still.
                expect.accept(draft, fenced);
            } else {
                ConsumerMember ghost = new ConsumerMember(newId, member.metadata(), member.current());
                draft.replace(member, ghost);
                expect.accept(draft, ghost);
            }
        });
        return done(draft, request, newIds.keySet());
    }

    /** The group's next target is this, by topic id, by member id; whoever is not named is to have nothing. */
    public Transition<Group> script(
            ConsumerGroup group, Map<String, Map<UUID, Set<Integer>>> shares, long request, long nowMs) {
        ConsumerGroupDraft draft = new ConsumerGroupDraft(group, nowMs);
        nextTarget(draft, shares, nowMs);
        return done(draft, request, shares.keySet());
    }

    private static Transition<Group> done(ConsumerGroupDraft draft, long request, Collection<String> memberIds) {
        draft.answer(request, SteeringOutcome.done(List.copyOf(memberIds)));
        return draft.finish();
    }
}
