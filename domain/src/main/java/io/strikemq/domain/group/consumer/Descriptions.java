package io.strikemq.domain.group.consumer;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.consumer.ConsumerGroupDescription.Member;
import io.strikemq.domain.group.consumer.ConsumerGroupDescription.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** Describes groups; topics that are not there any more are left out. */
public final class Descriptions {
    private final Topics topics;
    private final String usualAssignor;

    /** {@code usualAssignor}: the name of the assignor of those who want none in particular. */
    public Descriptions(Topics topics, String usualAssignor) {
        this.topics = topics;
        this.usualAssignor = usualAssignor;
    }

    /** The group in full. */
    public ConsumerGroupDescription of(ConsumerGroup group) {
        return new ConsumerGroupDescription(
                ErrorCode.NONE,
                null,
                group.groupId(),
                group.state(),
                group.epoch(),
                group.assignmentEpoch(),
                group.preferredAssignor().orElse(usualAssignor),
                group.members().values().stream()
                        .map(member -> member(member, group.targetOf(member.id())))
                        .toList());
    }

    private Member member(ConsumerMember member, Map<UUID, Set<Integer>> target) {
        Map<UUID, Set<Integer>> has = new TreeMap<>();
        member.current().assigned().forEach((topic, epochs) -> has.put(topic, new TreeSet<>(epochs.keySet())));
        member.current()
                .revoked()
                .forEach((topic, epochs) ->
                        has.computeIfAbsent(topic, id -> new TreeSet<>()).addAll(epochs.keySet()));
        MemberMetadata said = member.metadata();
        return new Member(
                member.id(),
                said.instanceId(),
                said.rackId(),
                member.epoch(),
                said.client().id(),
                said.client().host(),
                said.topicNames(),
                said.topicRegex(),
                named(has),
                named(target),
                said.isClassic());
    }

    private List<Topic> named(Map<UUID, Set<Integer>> partitions) {
        List<Topic> named = new ArrayList<>();
        partitions.forEach((id, numbers) -> topics.find(id)
                .ifPresent(topic -> named.add(new Topic(id, topic.name(), List.copyOf(new TreeSet<>(numbers))))));
        return named;
    }
}
