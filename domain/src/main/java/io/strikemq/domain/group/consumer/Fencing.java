package io.strikemq.domain.group.consumer;

import io.strikemq.domain.group.Group;
import io.strikemq.domain.group.Transition;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How members go, by their own will or not. */
public final class Fencing {
    private final Targets targets;
    private final Downgrade downgrade;

    Fencing(Targets targets, Downgrade downgrade) {
        this.targets = targets;
        this.downgrade = downgrade;
    }

    /** Makes a classic group of one in which nobody else speaks the consumer protocol. */
    @FunctionalInterface
    public interface Downgrade {
        /** The classic group without the members that go; empty where the group stays what it is. */
        Optional<Transition<Group>> without(ConsumerGroupDraft group, Collection<ConsumerMember> going);
    }

    /** Takes members out of the group; the effects that the draft has are run afterwards. */
    public Transition<Group> fence(ConsumerGroupDraft group, Collection<ConsumerMember> going) {
        if (going.isEmpty()) {
            return group.finish();
        }
        Optional<Transition<Group>> classic = downgrade.without(group, going);
        if (classic.isPresent()) {
            return classic.get();
        }
        going.forEach(member -> group.remove(member.id()));
        forgetRegexes(group, going);
        group.nextEpoch(targets.hash(group.subscriptions().topics()));
        if (group.members().isEmpty()) {
            group.targetReaches(group.epoch(), 0);
        }
        going.forEach(member -> group.cancelDeadlines(member.id()));
        return group.finish();
    }

    private static void forgetRegexes(ConsumerGroupDraft group, Collection<ConsumerMember> going) {
        Map<String, Integer> lost = new HashMap<>();
        going.stream()
                .filter(member -> member.metadata().hasRegex())
                .forEach(member -> lost.merge(member.metadata().topicRegex(), 1, Integer::sum));
        lost.forEach((regex, count) -> {
            if (group.before().subscriptions().membersWith(regex) == count) {
                group.regex(regex, null);
            }
        });
    }
}
