package io.strikemq.domain.group.migration;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupEffect;
import io.strikemq.domain.group.classic.ClassicGroup;
import io.strikemq.domain.group.classic.ClassicGroupRecord;
import io.strikemq.domain.group.classic.ClassicGroupState;
import io.strikemq.domain.group.classic.ClassicMember;
import io.strikemq.domain.group.classic.ConsumerProtocol;
import io.strikemq.domain.group.classic.JoinResult;
import io.strikemq.domain.group.classic.SyncResult;
import io.strikemq.domain.group.consumer.ConsumerGroup;
import io.strikemq.domain.group.consumer.ConsumerGroupBuilder;
import io.strikemq.domain.group.consumer.ConsumerGroupRecord;
import io.strikemq.domain.group.consumer.ConsumerGroupRecord.EpochValue;
import io.strikemq.domain.group.consumer.ConsumerGroupRecord.TargetEpochValue;
import io.strikemq.domain.group.consumer.CurrentAssignment;
import io.strikemq.domain.group.consumer.MemberMetadata;
import io.strikemq.domain.group.consumer.MemberMetadata.ClassicProtocols;
import io.strikemq.domain.group.consumer.MemberState;
import io.strikemq.domain.group.consumer.Topics;
import io.strikemq.domain.group.log.GroupRecord;
import io.strikemq.domain.settings.ConsumerGroupSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToLongFunction;

/**
 * Makes a consumer group of a classic one, when the first member of the consumer protocol comes: all members stay, with what they have,
 * and whoever waits for a rebalance is told to come again.
 */
final class Upgrade {
    private final ConsumerGroupSettings settings;
    private final ToLongFunction<Set<String>> topicsHash;
    private final TopicNames names;

    /** {@code topicsHash}: what topics of these names look like, in a number. */
    Upgrade(ConsumerGroupSettings settings, ToLongFunction<Set<String>> topicsHash, Topics topics) {
        this.settings = settings;
        this.topicsHash = topicsHash;
        this.names = new TopicNames(topics);
    }

    /** The group as a consumer group, what the log gets for it, and what is to be done. */
    record Upgraded(ConsumerGroup group, List<GroupRecord> records, List<GroupEffect> effects) {}

    /** An empty group becomes an empty group. */
    Upgraded empty(ClassicGroup group, long nowMs) {
        return new Upgraded(
                new ConsumerGroupBuilder(group.groupId()).build(nowMs),
                List.of(new ClassicGroupRecord(group.groupId(), null)),
                List.of(new GroupEffect.CancelDeadlines()));
    }

    /**
     * A group with members becomes one with the same members.
     *
     * @throws BrokerException GROUP_ID_NOT_FOUND, with Kafka's reason
     */
    Upgraded withMembers(ClassicGroup group, long nowMs) {
        refuseIfNotAllowed(group);
        List<GroupEffect> effects = new ArrayList<>();
        effects.add(new GroupEffect.CancelDeadlines());
        group.members().values().forEach(member -> sendAway(member, effects));
        List<ConsumerGroupRecord> converted = converted(group);
        ConsumerGroupBuilder builder = new ConsumerGroupBuilder(group.groupId());
        converted.forEach(builder::replay);
        List<GroupRecord> records = new ArrayList<>();
        records.add(new ClassicGroupRecord(group.groupId(), null));
        records.addAll(converted);
        return new Upgraded(builder.build(nowMs), records, effects);
    }

    private void refuseIfNotAllowed(ClassicGroup group) {
        String begin = "Cannot upgrade classic group " + group.groupId() + " to consumer group because ";
        if (!settings.migration().allowsUpgrade()) {
            throw new BrokerException(ErrorCode.GROUP_ID_NOT_FOUND, begin + "online upgrade is disabled.");
        }
        if (!ConsumerGroup.PROTOCOL_TYPE.equals(group.generation().protocolType())) {
            throw new BrokerException(
                    ErrorCode.GROUP_ID_NOT_FOUND, begin + "the group does not use the consumer embedded protocol.");
        }
        if (group.members().size() > settings.maxSize()) {
            throw new BrokerException(
                    ErrorCode.GROUP_ID_NOT_FOUND, begin + "the group size exceeds the consumer group maximum size.");
        }
    }

    private static void sendAway(ClassicMember member, List<GroupEffect> effects) {
        if (member.isAwaitingJoin()) {
            effects.add(new GroupEffect.Answer(
                    member.joinRequest(), JoinResult.refused(ErrorCode.REBALANCE_IN_PROGRESS, member.id())));
        }
        if (member.isAwaitingSync()) {
            effects.add(
                    new GroupEffect.Answer(member.syncRequest(), SyncResult.refused(ErrorCode.REBALANCE_IN_PROGRESS)));
        }
    }

    private List<ConsumerGroupRecord> converted(ClassicGroup group) {
        String id = group.groupId();
        int epoch = group.generation().id();
        Map<String, MemberMetadata> said = new LinkedHashMap<>();
        Map<String, Map<UUID, Set<Integer>>> assigned = new HashMap<>();
        for (ClassicMember member : group.members().values()) {
            try {
                assigned.put(member.id(), assignmentOf(member, id));
                said.put(member.id(), metadataOf(member, protocolOf(group, member)));
            } catch (ConsumerProtocol.MalformedException e) {
                throw new BrokerException(
                        ErrorCode.GROUP_ID_NOT_FOUND,
                        "Cannot upgrade classic group " + id
                                + " to consumer group because the embedded consumer protocol is malformed.");
            }
        }
        List<ConsumerGroupRecord> records = new ArrayList<>();
        said.forEach((memberId, metadata) -> records.add(new ConsumerGroupRecord.Member(id, memberId, metadata)));
        Set<String> wanted = new HashSet<>();
        said.values().forEach(metadata -> wanted.addAll(metadata.topicNames()));
        records.add(new ConsumerGroupRecord.Epoch(id, new EpochValue(epoch, topicsHash.applyAsLong(wanted))));
        said.keySet()
                .forEach(memberId -> records.add(new ConsumerGroupRecord.Target(id, memberId, assigned.get(memberId))));
        records.add(new ConsumerGroupRecord.TargetEpoch(id, new TargetEpochValue(epoch, 0)));
        said.keySet()
                .forEach(memberId ->
                        records.add(new ConsumerGroupRecord.Current(id, memberId, at(epoch, assigned.get(memberId)))));
        return records;
    }

    private static CurrentAssignment at(int epoch, Map<UUID, Set<Integer>> partitions) {
        Map<UUID, Map<Integer, Integer>> withEpochs = new LinkedHashMap<>();
        partitions.forEach((topic, numbers) -> withEpochs.put(topic, CurrentAssignment.withEpoch(numbers, epoch)));
        return new CurrentAssignment(epoch, epoch, MemberState.STABLE, withEpochs, Map.of());
    }

    /** In a rebalance the group has no protocol in common; then what the member likes best tells what it wants. */
    private static String protocolOf(ClassicGroup group, ClassicMember member) {
        boolean isChosen = group.generation().protocolName() != null
                && member.memberMetadata().protocols().stream()
                        .anyMatch(each -> each.name().equals(group.generation().protocolName()));
        return isChosen && !group.is(ClassicGroupState.EMPTY)
                ? group.generation().protocolName()
                : member.memberMetadata().protocols().get(0).name();
    }

    private Map<UUID, Set<Integer>> assignmentOf(ClassicMember member, String groupId)
            throws ConsumerProtocol.MalformedException {
        if (!member.assignment().hasRemaining()) {
            return Map.of();
        }
        ConsumerProtocol.Assignment assignment = ConsumerProtocol.assignment(member.assignment());
        if (assignment.hasUserData()) {
            throw new BrokerException(
                    ErrorCode.GROUP_ID_NOT_FOUND,
                    "Cannot upgrade classic group " + groupId
                            + " to consumer group because an unsupported custom assignor is in use. Please refer to the"
                            + " documentation or switch to a default assignor before re-attempting the upgrade.");
        }
        return names.byId(assignment.partitions());
    }

    private static MemberMetadata metadataOf(ClassicMember member, String protocol)
            throws ConsumerProtocol.MalformedException {
        ConsumerProtocol.Subscription wanted =
                ConsumerProtocol.subscription(member.memberMetadata().protocols().stream()
                        .filter(each -> each.name().equals(protocol))
                        .findFirst()
                        .orElseThrow()
                        .metadata());
        return new MemberMetadata(
                member.instanceId(),
                wanted.rackId(),
                member.client(),
                (int) member.memberMetadata().rebalanceTimeout().toMillis(),
                Set.copyOf(wanted.topics()),
                "",
                null,
                classicProtocols(member));
    }

    private static ClassicProtocols classicProtocols(ClassicMember member) {
        return new ClassicProtocols(
                member.memberMetadata().sessionTimeout(),
                member.memberMetadata().protocols().stream()
                        .map(each -> new MemberMetadata.Protocol(each.name(), each.metadata()))
                        .toList());
    }
}
