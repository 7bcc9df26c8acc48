package io.strikemq.domain.group.consumer.assignor;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * What an assignor looks at in a member. Racks are not among it: no server-side assignor of Kafka 4.4's for consumer groups minds them.
 *
 * @param memberId           the member's id
 * @param instanceId         the instance id of a static member; null for a dynamic one
 * @param subscribedTopicIds the topics that it wants and that exist
 * @param assignment         the partitions by topic that the last assignment gave it; empty for a new member
 */
public record MemberSpec(
        String memberId, String instanceId, Set<UUID> subscribedTopicIds, Map<UUID, Set<Integer>> assignment) {
    public MemberSpec {
        Objects.requireNonNull(memberId, "memberId");
        Objects.requireNonNull(subscribedTopicIds, "subscribedTopicIds");
        assignment = asReadFromTheLog(assignment);
    }

    /** Kafka's assignors see assignments in the order of the hash tables that they are in once they were read from the log. */
    private static Map<UUID, Set<Integer>> asReadFromTheLog(Map<UUID, Set<Integer>> assignment) {
        Map<UUID, Set<Integer>> read = new HashMap<>();
        assignment.forEach((topicId, partitions) -> read.put(topicId, new HashSet<>(partitions)));
        return read;
    }
}
