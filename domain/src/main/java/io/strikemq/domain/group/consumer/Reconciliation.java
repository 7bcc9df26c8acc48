package io.strikemq.domain.group.consumer;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Moves one member a step towards what it is to have (KIP-848): it first gives up what it is not to have any more, then gets what nobody
 * else has.
 */
final class Reconciliation {
    private final ConsumerGroup group;
    private final ConsumerMember member;
    private final Goal goal;
    private final List<TopicPartitions> owned;

    /**
     * Where the member is to go.
     *
     * @param epoch      the epoch of the target
     * @param target     what the member is to have in the end
     * @param subscribed the topics that it wants and that are there
     * @param isNew      whether what it wants has just changed
     */
    record Goal(int epoch, Map<UUID, Set<Integer>> target, Set<UUID> subscribed, boolean isNew) {}

    /**
     * @param group as it was before the heartbeat: says which partitions others have
     * @param owned what the member says that it has; null when it says nothing
     */
    Reconciliation(ConsumerGroup group, ConsumerMember member, Goal goal, List<TopicPartitions> owned) {
        this.group = group;
        this.member = member;
        this.goal = goal;
        this.owned = owned;
    }

    /** The member's next step; its present one where there is none. */
    CurrentAssignment next() {
        CurrentAssignment current = member.current();
        return switch (current.state()) {
            case STABLE -> current.epoch() == goal.epoch() ? withoutUnsubscribed() : towardsTarget(current.epoch());
            case UNREVOKED_PARTITIONS ->
                ownsAnyOf(current.revoked()) ? withoutUnsubscribed() : towardsTarget(current.epoch());
            case UNRELEASED_PARTITIONS -> towardsTarget(current.epoch());
            case UNKNOWN -> fromUnknown();
        };
    }

    private CurrentAssignment fromUnknown() {
        if (owned == null || !owned.isEmpty()) {
            throw new BrokerException(
                    ErrorCode.FENCED_MEMBER_EPOCH,
                    "The consumer group member is in a unknown state. The member must abandon all its partitions and rejoin.");
        }
        return towardsTarget(goal.epoch());
    }

    /** A member that says nothing of what it owns may own all. */
    private boolean ownsAnyOf(Map<UUID, Map<Integer, Integer>> partitions) {
        return owned == null
                || owned.stream()
                        .anyMatch(topic -> topic.partitions().stream()
                                .anyMatch(partitions.getOrDefault(topic.topicId(), Map.of())::containsKey));
    }

    /** Takes from the member what it does not want any more, at once and not with the next target only. */
    private CurrentAssignment withoutUnsubscribed() {
        CurrentAssignment current = member.current();
        boolean wantsAll = current.assigned().keySet().stream().allMatch(goal.subscribed()::contains);
        if (!goal.isNew() || wantsAll) {
            return current;
        }
        Map<UUID, Map<Integer, Integer>> kept = new LinkedHashMap<>();
        Map<UUID, Map<Integer, Integer>> revoked = new LinkedHashMap<>(current.revoked());
        current.assigned().forEach((topic, epochs) -> {
            if (goal.subscribed().contains(topic)) {
                kept.put(topic, epochs);
            } else {
                revoked.merge(topic, epochs, Reconciliation::joined);
            }
        });
        return ownsAnyOf(revoked)
                ? new CurrentAssignment(
                        current.epoch(), current.epoch(), MemberState.UNREVOKED_PARTITIONS, kept, revoked)
                : new CurrentAssignment(current.epoch(), current.epoch(), current.state(), kept, current.revoked());
    }

    private static Map<Integer, Integer> joined(Map<Integer, Integer> some, Map<Integer, Integer> others) {
        Map<Integer, Integer> all = new LinkedHashMap<>(some);
        all.putAll(others);
        return all;
    }

    private CurrentAssignment towardsTarget(int memberEpoch) {
        Map<UUID, Map<Integer, Integer>> assigned = new LinkedHashMap<>();
        Map<UUID, Map<Integer, Integer>> toRevoke = new LinkedHashMap<>();
        Map<UUID, Set<Integer>> toAssign = new LinkedHashMap<>();
        boolean waits = false;
        Set<UUID> topics = new HashSet<>(goal.target().keySet());
        topics.addAll(member.current().assigned().keySet());
        for (UUID topic : topics) {
            Set<Integer> wanted =
                    goal.subscribed().contains(topic) ? goal.target().getOrDefault(topic, Set.of()) : Set.of();
            Map<Integer, Integer> has = member.current().assigned().getOrDefault(topic, Map.of());
            putUnlessEmpty(assigned, topic, only(has, wanted, true));
            putUnlessEmpty(toRevoke, topic, only(has, wanted, false));
            Set<Integer> free = new HashSet<>(wanted);
            free.removeAll(has.keySet());
            waits |= free.removeIf(partition -> isSomebodyElses(topic, partition));
            if (!free.isEmpty()) {
                toAssign.put(topic, free);
            }
        }
        if (!toRevoke.isEmpty() && ownsAnyOf(toRevoke)) {
            return new CurrentAssignment(
                    memberEpoch, member.epoch(), MemberState.UNREVOKED_PARTITIONS, assigned, toRevoke);
        }
        toAssign.forEach((topic, partitions) ->
                assigned.merge(topic, CurrentAssignment.withEpoch(partitions, goal.epoch()), Reconciliation::joined));
        MemberState state = waits ? MemberState.UNRELEASED_PARTITIONS : MemberState.STABLE;
        return new CurrentAssignment(goal.epoch(), member.epoch(), state, assigned, Map.of());
    }

    private static void putUnlessEmpty(
            Map<UUID, Map<Integer, Integer>> all, UUID topic, Map<Integer, Integer> partitions) {
        if (!partitions.isEmpty()) {
            all.put(topic, partitions);
        }
    }

    private static Map<Integer, Integer> only(Map<Integer, Integer> has, Set<Integer> wanted, boolean isWanted) {
        Map<Integer, Integer> some = new LinkedHashMap<>();
        has.forEach((partition, epoch) -> {
            if (wanted.contains(partition) == isWanted) {
                some.put(partition, epoch);
            }
        });
        return some;
    }

    private boolean isSomebodyElses(UUID topic, int partition) {
        return group.partitionEpoch(topic, partition) != -1
                && !member.current().revoked().getOrDefault(topic, Map.of()).containsKey(partition);
    }
}
