package io.strikemq.domain.group.consumer.assignor;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * One member's assignment while it is made: what it had, and a copy of that from the first change on. A topic's partitions
 * are in a table of the capacity that Kafka gives it, since that decides in which order they come the next time.
 */
final class AssignmentDraft {
    private Map<UUID, Set<Integer>> partitions;
    private boolean changed;

    AssignmentDraft(Map<UUID, Set<Integer>> before) {
        partitions = before;
    }

    /** Adds a partition, to a table of this capacity if it is the first of its topic. */
    void add(UUID topicId, int partition, int capacity) {
        changeable().computeIfAbsent(topicId, id -> new HashSet<>(capacity)).add(partition);
    }

    /** Takes a partition away, and the topic with its last one. */
    void remove(UUID topicId, int partition) {
        Set<Integer> ofTopic = changeable().get(topicId);
        ofTopic.remove(partition);
        if (ofTopic.isEmpty()) {
            partitions.remove(topicId);
        }
    }

    /** Takes away all partitions of a topic. */
    void removeTopic(UUID topicId) {
        changeable().remove(topicId);
    }

    /** The assignment as it stands. */
    Map<UUID, Set<Integer>> partitions() {
        return partitions;
    }

    private Map<UUID, Set<Integer>> changeable() {
        if (!changed) {
            Map<UUID, Set<Integer>> copy = new HashMap<>();
            partitions.forEach((topicId, ofTopic) -> copy.put(topicId, new HashSet<>(ofTopic)));
            partitions = copy;
            changed = true;
        }
        return partitions;
    }
}
