package io.strikemq.domain.group.consumer.assignor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * What an assignor looks at in a group.
 *
 * @param members          the members, each once; an assignor comes to them in the order of a hash table, as Kafka fills
 *                         one for each assignment, and that is how they are kept
 * @param subscriptionType whether all of them are subscribed to the same topics
 * @param partitionCounts  how many partitions each topic has, by topic id; topics that nobody wants may be among them
 */
public record GroupSpec(
        List<MemberSpec> members, SubscriptionType subscriptionType, Map<UUID, Integer> partitionCounts) {
    public GroupSpec {
        members = inHashOrder(members);
        Objects.requireNonNull(subscriptionType, "subscriptionType");
        Objects.requireNonNull(partitionCounts, "partitionCounts");
    }

    private static List<MemberSpec> inHashOrder(List<MemberSpec> members) {
        Map<String, MemberSpec> hashed = new HashMap<>();
        members.forEach(member -> hashed.put(member.memberId(), member));
        return List.copyOf(hashed.values());
    }

    /** How many partitions the topic has; -1 if it is not among the group's topics. */
    int partitionCount(UUID topicId) {
        return partitionCounts.getOrDefault(topicId, -1);
    }
}
