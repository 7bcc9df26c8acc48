package io.strikemq.domain.group.consumer.assignor;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * One uniform assignment of a group whose members want the same topics. Everybody keeps what it had up to its share; what is above that or was nobody's goes to
 * those who have less, in the order of the members.
 */
final class HomogeneousAssignment {
    /** What a table has if nobody says how large it is to be. */
    private static final int USUAL_CAPACITY = 16;

    private final GroupSpec group;
    private final Set<UUID> subscribed;
    private final List<FreePartition> free = new ArrayList<>();
    private final List<Vacancy> vacancies = new ArrayList<>();
    private final Map<String, AssignmentDraft> drafts = new HashMap<>();

    /** How many members may yet have one partition more than the others. */
    private int largerShares;

    private record FreePartition(UUID topicId, int partition) {}

    private record Vacancy(AssignmentDraft draft, int room) {}

    HomogeneousAssignment(GroupSpec group) {
        this.group = group;
        this.subscribed = new HashSet<>(group.members().get(0).subscribedTopicIds());
    }

    Map<String, Map<UUID, Set<Integer>>> make() {
        Map<String, Map<UUID, Set<Integer>>> assignment = new HashMap<>();
        if (subscribed.isEmpty()) {
            group.members().forEach(member -> assignment.put(member.memberId(), Map.of()));
            return assignment;
        }
        int partitions = findFreePartitions();
        int members = group.members().size();
        largerShares = partitions % members;
        for (int index = 0; index < members; index++) {
            keepShare(group.members().get(index), partitions / members, members - index);
        }
        fillVacancies();
        drafts.forEach((memberId, draft) -> assignment.put(memberId, draft.partitions()));
        return assignment;
    }

    /** Collects the partitions that nobody has, and says how many there are in all. */
    private int findFreePartitions() {
        Map<UUID, BitSet> owned = new HashMap<>();
        group.members()
                .forEach(member -> member.assignment().forEach((topicId, partitions) -> {
                    BitSet ofTopic = owned.computeIfAbsent(topicId, id -> new BitSet());
                    partitions.forEach(ofTopic::set);
                }));
        int total = 0;
        for (UUID topicId : subscribed) {
            int partitions = group.partitionCount(topicId);
            if (partitions < 0) {
                throw PartitionAssignorException.unknownTopic(topicId);
            }
            BitSet taken = owned.getOrDefault(topicId, new BitSet());
            for (int partition = taken.nextClearBit(0);
                    partition < partitions;
                    partition = taken.nextClearBit(partition + 1)) {
                free.add(new FreePartition(topicId, partition));
            }
            total += partitions;
        }
        return total;
    }

    /**
     * Leaves a member what it had up to its share, and notes what it lacks. A member that fills a larger share keeps it; one that does not gets it only
     * if there are no more members left than larger shares.
     */
    private void keepShare(MemberSpec member, int share, int membersLeft) {
        AssignmentDraft draft = new AssignmentDraft(member.assignment());
        boolean larger = largerShares > 0;
        int room = larger ? share + 1 : share;
        for (Map.Entry<UUID, Set<Integer>> topic : member.assignment().entrySet()) {
            if (subscribed.contains(topic.getKey())) {
                room = keepTopic(draft, topic.getKey(), topic.getValue(), room);
            } else {
                draft.removeTopic(topic.getKey());
            }
        }
        if (larger && room > 0 && membersLeft > largerShares) {
            larger = false;
            room--;
        }
        if (room > 0) {
            vacancies.add(new Vacancy(draft, room));
        }
        if (larger) {
            largerShares--;
        }
        drafts.put(member.memberId(), draft);
    }

    /** Keeps the first partitions of a topic that there is room for, frees the others, and says what room is left. */
    private int keepTopic(AssignmentDraft draft, UUID topicId, Set<Integer> partitions, int room) {
        int left = room;
        for (int partition : partitions) {
            if (left > 0) {
                left--;
            } else {
                draft.remove(topicId, partition);
                free.add(new FreePartition(topicId, partition));
            }
        }
        return left;
    }

    private void fillVacancies() {
        int next = 0;
        for (Vacancy vacancy : vacancies) {
            for (int end = Math.min(next + vacancy.room(), free.size()); next < end; next++) {
                FreePartition partition = free.get(next);
                vacancy.draft().add(partition.topicId(), partition.partition(), USUAL_CAPACITY);
            }
        }
        if (next < free.size()) {
            throw new PartitionAssignorException("Partitions were left unassigned");
        }
    }
}
