package io.strikemq.application.journal;

import io.strikemq.domain.group.Group;
import io.strikemq.domain.group.classic.ClassicGroup;
import io.strikemq.domain.group.classic.ClassicGroupState;
import io.strikemq.domain.group.classic.ClassicMember;
import io.strikemq.domain.group.consumer.ConsumerGroup;
import io.strikemq.domain.group.consumer.ConsumerMember;
import io.strikemq.domain.group.consumer.MemberMetadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/**
 * What a story tells of a group of either kind.
 *
 * @param state     Kafka's name of it
 * @param number    its generation, or its epoch
 * @param assignedFor the epoch for which the targets are; 0 in a classic group
 * @param agreement what else is to be told of a stable group; empty for nothing
 * @param targets   how many partitions of each topic are to be read; empty where only a leader knows
 */
record GroupView(
        String id,
        Kind kind,
        String state,
        int number,
        int assignedFor,
        String agreement,
        Map<String, Member> members,
        Map<String, Integer> targets) {
    private enum Kind {
        CLASSIC("generation "),
        CONSUMER("epoch ");

        private final String round;

        Kind(String round) {
            this.round = round;
        }
    }

    /**
     * A member.
     *
     * @param wants what it has said that it wants, in words; empty for a member whose wishes only its leader understands
     */
    record Member(String id, String instanceId, String client, String wants) {
        String title() {
            return id + " (" + (instanceId == null ? "" : "instance " + instanceId + ", ") + client + ")";
        }
    }

    static GroupView of(Group group, Function<UUID, String> topicNames) {
        if (group instanceof ClassicGroup classic) {
            return of(classic);
        } else if (group instanceof ConsumerGroup consumers) {
            return of(consumers, topicNames);
        }
        throw new IllegalStateException("unexpected " + group);
    }

    private static GroupView of(ClassicGroup group) {
        Map<String, Member> members = new LinkedHashMap<>();
        for (ClassicMember each : group.members().values()) {
            String client = Who.client(each.client().id(), each.client().host());
            members.put(each.id(), new Member(each.id(), each.instanceId(), client, ""));
        }
        String protocol = group.generation().protocolName();
        String agreement = protocol == null
                ? ""
                : ", protocol " + protocol + ", leader " + group.generation().leaderId() + ",";
        return new GroupView(
                group.groupId(),
                Kind.CLASSIC,
                group.state().kafkaName(),
                group.generation().id(),
                0,
                agreement,
                members,
                Map.of());
    }

    private static GroupView of(ConsumerGroup group, Function<UUID, String> topicNames) {
        Map<String, Member> members = new LinkedHashMap<>();
        Map<String, Integer> targets = new TreeMap<>();
        for (ConsumerMember each : group.members().values()) {
            MemberMetadata said = each.metadata();
            String client = Who.client(said.client().id(), said.client().host());
            members.put(each.id(), new Member(each.id(), each.instanceId(), client, wants(said)));
            group.targetOf(each.id())
                    .forEach((topic, partitions) -> targets.merge(
                            Objects.requireNonNullElse(topicNames.apply(topic), topic.toString()),
                            partitions.size(),
                            Integer::sum));
        }
        return new GroupView(
                group.groupId(),
                Kind.CONSUMER,
                group.state(),
                group.epoch(),
                group.assignmentEpoch(),
                "",
                members,
                targets);
    }

    private static String wants(MemberMetadata said) {
        return "topics " + said.topicNames() + (said.topicRegex().isEmpty() ? "" : " and " + said.topicRegex())
                + (said.assignorName() == null ? "" : " by " + said.assignorName());
    }

    /** The member with that instance id; null where there is none. */
    Member byInstance(String instanceId) {
        return instanceId == null
                ? null
                : members.values().stream()
                        .filter(member -> instanceId.equals(member.instanceId()))
                        .findFirst()
                        .orElse(null);
    }

    /** Whether a rebalance has begun since. */
    boolean begins(GroupView was) {
        if (kind != was.kind) {
            return true;
        }
        return switch (kind) {
            // It may have gone through it within one event, as when nobody is waited for.
            case CLASSIC -> !was.isPreparing() && (isPreparing() || number != was.number);
            case CONSUMER -> number != was.number;
        };
    }

    private boolean isPreparing() {
        return state.equals(ClassicGroupState.PREPARING_REBALANCE.kafkaName());
    }

    /** Which generation or epoch it is in, in words. */
    String round() {
        return kind.round + number;
    }

    String memberTitles() {
        return (members.size() == 1 ? "1 member: " : members.size() + " members: ")
                + GroupStory.some(members.values().stream().map(Member::title).toList());
    }

    /** Of which topics members are to have other numbers of partitions since, in words; empty for none. */
    String topicChanges(GroupView was) {
        List<String> changes = new ArrayList<>();
        Map<String, Integer> all = new TreeMap<>(was.targets);
        all.putAll(targets);
        for (String topic : all.keySet()) {
            int then = was.targets.getOrDefault(topic, 0);
            int now = targets.getOrDefault(topic, 0);
            if (then != now) {
                changes.add(now + " partitions of topic " + topic + ", " + then + " before");
            }
        }
        return String.join(", ", changes);
    }
}
