package io.strikemq.application.await;

import io.strikemq.application.await.Check.Sight;
import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.domain.await.Condition.PartitionsAssigned;
import io.strikemq.domain.await.Condition.Presence;
import io.strikemq.domain.await.Condition.StableGroup;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A group of any kind at one moment.
 *
 * @param state Kafka's name of it; null where there is no such group
 */
record SeenGroup(String state, List<Member> members) {
    static final SeenGroup NONE = new SeenGroup(null, List.of());

    private static final String STABLE = "Stable";
    private static final Presence[] NO_GROUP = {Presence.GONE};
    private static final Presence[] WITH_MEMBERS = {Presence.EXISTS};
    private static final Presence[] WITHOUT_MEMBERS = {Presence.EXISTS, Presence.EMPTY};
    /** So many members or partitions are told of; of the others, how many there are. */
    private static final int MOST_TOLD = 10;

    /**
     * A member.
     *
     * @param instanceId null for a dynamic one
     * @param assigned   what it has, and is to keep
     */
    record Member(String memberId, String instanceId, String clientId, Set<TopicPartition> assigned) {
        boolean is(String who) {
            return who.equals(memberId) || who.equals(instanceId) || who.equals(clientId);
        }

        /** Java clients' member ids of the classic protocol begin with the client id; others tell nothing alone. */
        String title() {
            return clientId == null || clientId.isEmpty() || memberId.startsWith(clientId)
                    ? memberId
                    : clientId + " " + memberId;
        }
    }

    Sight stable(int count) {
        boolean isMany = count == StableGroup.ANY_NUMBER ? !members.isEmpty() : members.size() == count;
        return Sight.of(STABLE.equals(state) && isMany, told());
    }

    Sight presence(Presence wanted) {
        Presence[] is = state == null ? NO_GROUP : members.isEmpty() ? WITHOUT_MEMBERS : WITH_MEMBERS;
        return Sight.of(List.of(is).contains(wanted), told());
    }

    Sight assigned(PartitionsAssigned condition, TopicRegistry topics) {
        Set<TopicPartition> missing = new TreeSet<>(condition.partitions());
        if (condition.topic() != null) {
            Topic topic = topics.find(condition.topic()).orElse(null);
            if (topic == null) {
                return Sight.of(false, "there is no such topic");
            }
            IntStream.range(0, topic.partitionCount())
                    .forEach(partition -> missing.add(new TopicPartition(topic.name(), partition)));
        }
        // Between two generations of a classic group the members have what the last one gave them, and may lose it.
        if (STABLE.equals(state) || !isBetweenGenerations()) {
            members.stream()
                    .filter(member -> condition.member() == null || member.is(condition.member()))
                    .forEach(member -> missing.removeAll(member.assigned()));
        }
        return Sight.of(missing.isEmpty(), missing.isEmpty() ? told() : "not so are " + some(missing) + "; " + told());
    }

    private boolean isBetweenGenerations() {
        return "PreparingRebalance".equals(state) || "CompletingRebalance".equals(state);
    }

    /** The group in words: {@code it is Stable with 2 members (a-1: [t-0], a-2: [t-1])}. */
    private String told() {
        if (state == null) {
            return "there is no such group";
        }
        List<String> titles = members.stream()
                .map(member -> member.title()
                        + (member.assigned().isEmpty() ? "" : ": " + some(new TreeSet<>(member.assigned()))))
                .toList();
        return "it is " + state + " with "
                + switch (members.size()) {
                    case 0 -> "no members";
                    case 1 -> "1 member (" + titles.get(0) + ")";
                    default -> members.size() + " members (" + some(titles) + ")";
                };
    }

    private static String some(Set<TopicPartition> partitions) {
        return "[" + some(partitions.stream().map(TopicPartition::toString).toList()) + "]";
    }

    private static String some(List<String> all) {
        List<String> told = new ArrayList<>(all.subList(0, Math.min(MOST_TOLD, all.size())));
        if (told.size() < all.size()) {
            told.add("and " + (all.size() - told.size()) + " more");
        }
        return told.stream().collect(Collectors.joining(", "));
    }
}
