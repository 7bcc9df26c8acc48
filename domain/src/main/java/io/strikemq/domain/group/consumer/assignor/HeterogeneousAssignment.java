package io.strikemq.domain.group.consumer.assignor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * One uniform assignment of a group whose members want different topics. Everybody first keeps what it had and still wants; partitions without an owner go to the
 * least loaded of their subscribers; then partitions move from the most to the least loaded subscribers of each topic, topic by topic, until no move helps or a
 * bound is reached. Topics with the most partitions for each subscriber come first.
 */
final class HeterogeneousAssignment {
    /** How often topics are gone through in search of moves. */
    private static final int ROUNDS = 16;

    private static final int NOBODY = -1;

    private final GroupSpec group;
    private final List<AssignmentDraft> drafts = new ArrayList<>();

    /** How many partitions each member has, by its place among the members. */
    private final int[] loads;

    /** The topics that somebody wants, in the order of work. */
    private final List<WantedTopic> topics;

    private final SubscriberLoads balance;

    /** A topic, the places of its subscribers in ascending order, and for each partition the place of its owner. */
    private record WantedTopic(UUID id, int[] subscribers, int[] owners) {
        double partitionsPerSubscriber() {
            return (double) owners.length / subscribers.length;
        }

        boolean hasFreePartitions() {
            return Arrays.stream(owners).anyMatch(owner -> owner == NOBODY);
        }

        /** What Kafka's tables have room for when the first partition of the topic goes to somebody. */
        int capacity() {
            int share = (owners.length + subscribers.length - 1) / subscribers.length;
            return (int) (share / 0.75f + 1);
        }
    }

    HeterogeneousAssignment(GroupSpec group) {
        this.group = group;
        this.loads = new int[group.members().size()];
        this.topics = wantedTopics(group);
        this.balance = new SubscriberLoads(loads);
    }

    private static List<WantedTopic> wantedTopics(GroupSpec group) {
        Map<UUID, List<Integer>> subscribers = new HashMap<>();
        for (int place = 0; place < group.members().size(); place++) {
            for (UUID topicId : group.members().get(place).subscribedTopicIds()) {
                if (group.partitionCount(topicId) < 0) {
                    throw PartitionAssignorException.unknownTopic(topicId);
                }
                subscribers.computeIfAbsent(topicId, id -> new ArrayList<>()).add(place);
            }
        }
        List<WantedTopic> topics = new ArrayList<>();
        subscribers.forEach((topicId, places) -> {
            int[] owners = new int[group.partitionCount(topicId)];
            Arrays.fill(owners, NOBODY);
            topics.add(new WantedTopic(
                    topicId, places.stream().mapToInt(Integer::intValue).toArray(), owners));
        });
        topics.sort(Comparator.comparingDouble(WantedTopic::partitionsPerSubscriber)
                .reversed()
                .thenComparingInt(topic -> topic.subscribers().length)
                .thenComparing(WantedTopic::id));
        return topics;
    }

    Map<String, Map<UUID, Set<Integer>>> make() {
        keepWhatIsWanted();
        topics.stream().filter(WantedTopic::hasFreePartitions).forEach(this::giveAwayFreePartitions);
        balanceTopics();
        Map<String, Map<UUID, Set<Integer>>> assignment = new HashMap<>();
        for (int place = 0; place < loads.length; place++) {
            Map<UUID, Set<Integer>> partitions =
                    topics.isEmpty() ? Map.of() : drafts.get(place).partitions();
            assignment.put(group.members().get(place).memberId(), partitions);
        }
        return assignment;
    }

    private void keepWhatIsWanted() {
        Map<UUID, WantedTopic> wanted = new HashMap<>();
        topics.forEach(topic -> wanted.put(topic.id(), topic));
        for (int place = 0; place < loads.length; place++) {
            MemberSpec member = group.members().get(place);
            AssignmentDraft draft = new AssignmentDraft(member.assignment());
            drafts.add(draft);
            for (Map.Entry<UUID, Set<Integer>> had : member.assignment().entrySet()) {
                if (!member.subscribedTopicIds().contains(had.getKey())) {
                    draft.removeTopic(had.getKey());
                    continue;
                }
                loads[place] += had.getValue().size();
                for (int partition : had.getValue()) {
                    wanted.get(had.getKey()).owners()[partition] = place;
                }
            }
        }
    }

    private void giveAwayFreePartitions(WantedTopic topic) {
        balance.begin(topic.subscribers());
        for (int partition = 0; partition < topic.owners().length; partition++) {
            if (topic.owners()[partition] == NOBODY) {
                give(topic, partition, balance.nextToFill());
            }
        }
    }

    /** Goes round the topics until it comes to the last one where something moved, or was so often round that it is good enough. */
    private void balanceTopics() {
        List<WantedTopic> movable =
                topics.stream().filter(topic -> topic.subscribers().length > 1).toList();
        int lastMoved = -1;
        for (int round = 0; round < ROUNDS; round++) {
            for (int index = 0; index < movable.size(); index++) {
                if (index == lastMoved) {
                    return;
                }
                boolean moved = balanceTopic(movable.get(index));
                if (moved || lastMoved == -1) {
                    lastMoved = index;
                }
            }
        }
    }

    /** Moves partitions of a topic from its most to its least loaded subscribers, of each the highest one first; says whether any moved. */
    private boolean balanceTopic(WantedTopic topic) {
        if (balance.begin(topic.subscribers()) <= 1) {
            return false;
        }
        OwnedPartitions owned = new OwnedPartitions(topic.owners(), topic.subscribers(), loads.length);
        boolean moved = false;
        while (!balance.isLevel()) {
            int giver = balance.nextToDrain();
            while (giver != NOBODY && !owned.has(giver)) {
                balance.passOverDrained();
                giver = balance.nextToDrain();
            }
            if (giver == NOBODY) {
                break;
            }
            int partition = owned.takeLast(giver);
            int taker = balance.nextToFill();
            // Both steps may have met at one level.
            if (balance.isLevel()) {
                break;
            }
            drafts.get(giver).remove(topic.id(), partition);
            loads[giver]--;
            give(topic, partition, taker);
            moved = true;
        }
        return moved;
    }

    private void give(WantedTopic topic, int partition, int taker) {
        drafts.get(taker).add(topic.id(), partition, topic.capacity());
        topic.owners()[partition] = taker;
        loads[taker]++;
    }

    /** The partitions of a topic by who has them when its balancing begins. */
    private static final class OwnedPartitions {
        private final int[] byOwner;
        private final int[] begin;
        private final int[] end;

        OwnedPartitions(int[] owners, int[] subscribers, int members) {
            byOwner = new int[owners.length];
            begin = new int[members];
            end = new int[members];
            int[] counts = new int[members];
            for (int owner : owners) {
                counts[owner]++;
            }
            int next = 0;
            for (int subscriber : subscribers) {
                begin[subscriber] = next;
                end[subscriber] = next;
                next += counts[subscriber];
            }
            for (int partition = 0; partition < owners.length; partition++) {
                byOwner[end[owners[partition]]++] = partition;
            }
        }

        boolean has(int owner) {
            return end[owner] > begin[owner];
        }

        int takeLast(int owner) {
            return byOwner[--end[owner]];
        }
    }
}
