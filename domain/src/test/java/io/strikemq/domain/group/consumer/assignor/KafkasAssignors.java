package io.strikemq.domain.group.consumer.assignor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.coordinator.group.api.assignor.ConsumerGroupPartitionAssignor;
import org.apache.kafka.coordinator.group.api.assignor.GroupAssignment;
import org.apache.kafka.coordinator.group.api.assignor.SubscribedTopicDescriber;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupTargetAssignmentMemberValue;
import org.apache.kafka.coordinator.group.modern.Assignment;
import org.apache.kafka.coordinator.group.modern.GroupSpecImpl;
import org.apache.kafka.coordinator.group.modern.MemberSubscriptionAndAssignmentImpl;

/** Kafka's own assignors, asked as its group coordinator asks them, with its own classes around them and assignments as its log keeps them. */
final class KafkasAssignors {
    private final Map<String, ConsumerGroupPartitionAssignor> assignors = Map.of(
            UniformAssignor.NAME, new org.apache.kafka.coordinator.group.assignor.UniformAssignor(),
            RangeAssignor.NAME, new org.apache.kafka.coordinator.group.assignor.RangeAssignor());

    /** What each member was given last. */
    private Map<String, Assignment> targets = new HashMap<>();

    /** A member leaves, or another one takes its place and its assignment. */
    void replace(String memberId, String successor) {
        Assignment target = targets.remove(memberId);
        if (successor != null && target != null) {
            targets.put(successor, target);
        }
    }

    /** The next assignment; the assignments that the members carry are not looked at. */
    Map<String, Map<UUID, Set<Integer>>> assign(
            String assignor, List<MemberSpec> members, SubscriptionType type, Map<UUID, Integer> partitionCounts) {
        Map<String, MemberSubscriptionAndAssignmentImpl> specs = new HashMap<>();
        members.forEach(member -> specs.put(member.memberId(), kafkas(member)));
        GroupAssignment result = assignors
                .get(assignor)
                .assign(new GroupSpecImpl(specs, kafkas(type), owners()), new Describer(partitionCounts));
        Map<String, Map<UUID, Set<Integer>>> assignment = new HashMap<>();
        specs.keySet().forEach(memberId -> {
            Assignment target = result.members().containsKey(memberId)
                    ? new Assignment(result.members().get(memberId).partitions())
                    : Assignment.EMPTY;
            if (!target.equals(targets.get(memberId))) {
                targets.put(memberId, writtenAndRead(target));
            }
            assignment.put(memberId, ours(target.partitions()));
        });
        return assignment;
    }

    private MemberSubscriptionAndAssignmentImpl kafkas(MemberSpec member) {
        Set<Uuid> subscribed = new LinkedHashSet<>();
        member.subscribedTopicIds().forEach(id -> subscribed.add(kafkas(id)));
        return new MemberSubscriptionAndAssignmentImpl(
                Optional.empty(),
                Optional.ofNullable(member.instanceId()),
                subscribed,
                targets.getOrDefault(member.memberId(), Assignment.EMPTY));
    }

    private Map<Uuid, Map<Integer, String>> owners() {
        Map<Uuid, Map<Integer, String>> owners = new HashMap<>();
        targets.forEach((memberId, target) -> target.partitions().forEach((topicId, partitions) -> {
            Map<Integer, String> ofTopic = owners.computeIfAbsent(topicId, id -> new HashMap<>());
            partitions.forEach(partition -> ofTopic.put(partition, memberId));
        }));
        return owners;
    }

    private static Assignment writtenAndRead(Assignment target) {
        ConsumerGroupTargetAssignmentMemberValue value = new ConsumerGroupTargetAssignmentMemberValue();
        target.partitions()
                .forEach((topicId, partitions) -> value.topicPartitions()
                        .add(new ConsumerGroupTargetAssignmentMemberValue.TopicPartition()
                                .setTopicId(topicId)
                                .setPartitions(new ArrayList<>(partitions))));
        return Assignment.fromRecord(value);
    }

    private static org.apache.kafka.coordinator.group.api.assignor.SubscriptionType kafkas(SubscriptionType type) {
        return org.apache.kafka.coordinator.group.api.assignor.SubscriptionType.valueOf(type.name());
    }

    private static Uuid kafkas(UUID id) {
        return new Uuid(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    private static Map<UUID, Set<Integer>> ours(Map<Uuid, Set<Integer>> partitions) {
        Map<UUID, Set<Integer>> ours = new LinkedHashMap<>();
        partitions.forEach((id, numbers) ->
                ours.put(new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits()), new HashSet<>(numbers)));
        return ours;
    }

    private record Describer(Map<UUID, Integer> partitionCounts) implements SubscribedTopicDescriber {
        @Override
        public int numPartitions(Uuid topicId) {
            UUID id = new UUID(topicId.getMostSignificantBits(), topicId.getLeastSignificantBits());
            return partitionCounts.getOrDefault(id, -1);
        }

        @Override
        public Set<String> racksForPartition(Uuid topicId, int partition) {
            return Set.of();
        }
    }
}
