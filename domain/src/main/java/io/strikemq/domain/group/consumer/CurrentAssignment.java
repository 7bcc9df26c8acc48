package io.strikemq.domain.group.consumer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * How far a member has come: the partitions that it has, by topic id, each with the epoch at which it got it.
 *
 * @param epoch         the member's epoch
 * @param previousEpoch the one before: a member that lost an answer still says it
 * @param assigned      what it may read
 * @param revoked       what it is to give up, and may read until it has
 */
public record CurrentAssignment(
        int epoch,
        int previousEpoch,
        MemberState state,
        Map<UUID, Map<Integer, Integer>> assigned,
        Map<UUID, Map<Integer, Integer>> revoked) {
    /** A member that just came. */
    static final CurrentAssignment NONE = new CurrentAssignment(0, -1, MemberState.STABLE, Map.of(), Map.of());

    /** Whether the member has reached the target of this epoch. */
    boolean isReconciledTo(int targetEpoch) {
        return state == MemberState.STABLE && epoch == targetEpoch;
    }

    /** The epoch at which the member got the partition, to read or to give up; -1 if it has not got it. */
    int epochOf(UUID topicId, int partition) {
        Integer epochThen = assigned.getOrDefault(topicId, Map.of()).get(partition);
        if (epochThen == null) {
            epochThen = revoked.getOrDefault(topicId, Map.of()).get(partition);
        }
        return epochThen == null ? -1 : epochThen;
    }

    /** The same at another epoch of the member. */
    CurrentAssignment at(int newEpoch, int newPrevious) {
        return new CurrentAssignment(newEpoch, newPrevious, state, assigned, revoked);
    }

    /** A member that is at this epoch all of a sudden, with all that it has: what it says by its own epoch is refused. */
    CurrentAssignment fencedAt(int newEpoch) {
        return new CurrentAssignment(newEpoch, newEpoch, state, since(assigned, newEpoch), since(revoked, newEpoch));
    }

    private static Map<UUID, Map<Integer, Integer>> since(Map<UUID, Map<Integer, Integer>> partitions, int epoch) {
        Map<UUID, Map<Integer, Integer>> got = new LinkedHashMap<>();
        partitions.forEach((topic, epochs) -> got.put(topic, withEpoch(epochs.keySet(), epoch)));
        return got;
    }

    /** A static member that went, to come back: it keeps its partitions, and whoever comes for it gets them at any epoch. */
    CurrentAssignment leftForAWhile() {
        return new CurrentAssignment(
                ConsumerHeartbeat.LEAVING_FOR_A_WHILE, previousEpoch, state, since(assigned, 0), Map.of());
    }

    /** These partitions, all got at one epoch. */
    public static Map<Integer, Integer> withEpoch(Set<Integer> partitions, int epoch) {
        Map<Integer, Integer> epochs = new LinkedHashMap<>();
        partitions.forEach(partition -> epochs.put(partition, epoch));
        return epochs;
    }
}
