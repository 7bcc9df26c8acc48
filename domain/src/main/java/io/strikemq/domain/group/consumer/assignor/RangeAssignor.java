package io.strikemq.domain.group.consumer.assignor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Deals each topic out in one run of partitions for each subscriber, so that topics with as many partitions are split alike: static members come first, by
 * instance id, then the others by member id, and the first ones get the partitions that are left over. What members had before does not count.
 */
public final class RangeAssignor implements Assignor {
    /** Its name in Kafka. */
    public static final String NAME = "range";

    private static final Comparator<MemberSpec> DEALING_ORDER = (one, other) -> {
        if (one.instanceId() != null && other.instanceId() != null) {
            return one.instanceId().compareTo(other.instanceId());
        }
        if (one.instanceId() == null && other.instanceId() == null) {
            return one.memberId().compareTo(other.memberId());
        }
        return one.instanceId() != null ? -1 : 1;
    };

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, Map<UUID, Set<Integer>>> assign(GroupSpec group) {
        List<MemberSpec> members = new ArrayList<>(group.members());
        members.sort(DEALING_ORDER);
        Subscriptions subscriptions = new Subscriptions(members, group.subscriptionType());
        Map<UUID, Deal> deals = deals(group, subscriptions);
        Map<String, Map<UUID, Set<Integer>>> assignment = new HashMap<>();
        for (MemberSpec member : members) {
            Set<UUID> wanted = subscriptions.of(member);
            Map<UUID, Set<Integer>> partitions = new HashMap<>((int) (wanted.size() / 0.75f + 1));
            for (UUID topicId : wanted) {
                Set<Integer> run = deals.get(topicId).next();
                if (!run.isEmpty()) {
                    partitions.put(topicId, run);
                }
            }
            assignment.put(member.memberId(), partitions);
        }
        return assignment;
    }

    private static Map<UUID, Deal> deals(GroupSpec group, Subscriptions subscriptions) {
        Map<UUID, Deal> deals = new HashMap<>();
        subscriptions.subscribers().forEach((topicId, subscribers) -> {
            int partitions = group.partitionCount(topicId);
            if (partitions < 0) {
                throw new PartitionAssignorException("Member is subscribed to a non-existent topic");
            }
            deals.put(topicId, new Deal(partitions, subscribers));
        });
        return deals;
    }

    /** Who wants what. In a homogeneous group the first member speaks for all of them. */
    private record Subscriptions(List<MemberSpec> members, SubscriptionType type) {
        Set<UUID> of(MemberSpec member) {
            return switch (type) {
                case HOMOGENEOUS -> members.get(0).subscribedTopicIds();
                case HETEROGENEOUS -> member.subscribedTopicIds();
            };
        }

        /** How many subscribers each topic has. */
        Map<UUID, Integer> subscribers() {
            Map<UUID, Integer> subscribers = new HashMap<>();
            switch (type) {
                case HOMOGENEOUS ->
                    members.stream()
                            .limit(1)
                            .forEach(first ->
                                    first.subscribedTopicIds().forEach(id -> subscribers.put(id, members.size())));
                case HETEROGENEOUS ->
                    members.forEach(member ->
                            member.subscribedTopicIds().forEach(id -> subscribers.merge(id, 1, Integer::sum)));
            }
            return subscribers;
        }
    }

    /** One topic being dealt out. */
    private static final class Deal {
        private final int share;
        private int larger;
        private int dealt;

        Deal(int partitions, int subscribers) {
            share = partitions / subscribers;
            larger = partitions % subscribers;
        }

        /** The run of the next subscriber, in ascending order. */
        Set<Integer> next() {
            int size = larger-- > 0 ? share + 1 : share;
            Set<Integer> run = new LinkedHashSet<>();
            for (int end = dealt + size; dealt < end; dealt++) {
                run.add(dealt);
            }
            return run;
        }
    }
}
