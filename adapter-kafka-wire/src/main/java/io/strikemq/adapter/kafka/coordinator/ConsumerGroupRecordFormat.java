package io.strikemq.adapter.kafka.coordinator;

import io.strikemq.adapter.kafka.message.coordinator.ConsumerGroupCurrentMemberAssignmentKey;
import io.strikemq.adapter.kafka.message.coordinator.ConsumerGroupCurrentMemberAssignmentValue;
import io.strikemq.adapter.kafka.message.coordinator.ConsumerGroupMemberMetadataKey;
import io.strikemq.adapter.kafka.message.coordinator.ConsumerGroupMemberMetadataValue;
import io.strikemq.adapter.kafka.message.coordinator.ConsumerGroupMetadataKey;
import io.strikemq.adapter.kafka.message.coordinator.ConsumerGroupMetadataValue;
import io.strikemq.adapter.kafka.message.coordinator.ConsumerGroupPartitionMetadataKey;
import io.strikemq.adapter.kafka.message.coordinator.ConsumerGroupRegularExpressionKey;
import io.strikemq.adapter.kafka.message.coordinator.ConsumerGroupRegularExpressionValue;
import io.strikemq.adapter.kafka.message.coordinator.ConsumerGroupTargetAssignmentMemberKey;
import io.strikemq.adapter.kafka.message.coordinator.ConsumerGroupTargetAssignmentMemberValue;
import io.strikemq.adapter.kafka.message.coordinator.ConsumerGroupTargetAssignmentMetadataKey;
import io.strikemq.adapter.kafka.message.coordinator.ConsumerGroupTargetAssignmentMetadataValue;
import io.strikemq.adapter.kafka.wire.CoordinatorMessage;
import io.strikemq.adapter.kafka.wire.WireReader;
import io.strikemq.domain.group.GroupEvent.Client;
import io.strikemq.domain.group.consumer.ConsumerGroupRecord;
import io.strikemq.domain.group.consumer.ConsumerGroupRecord.EpochValue;
import io.strikemq.domain.group.consumer.ConsumerGroupRecord.TargetEpochValue;
import io.strikemq.domain.group.consumer.CurrentAssignment;
import io.strikemq.domain.group.consumer.MemberMetadata;
import io.strikemq.domain.group.consumer.MemberMetadata.ClassicProtocols;
import io.strikemq.domain.group.consumer.MemberMetadata.Protocol;
import io.strikemq.domain.group.consumer.MemberState;
import io.strikemq.domain.group.consumer.ResolvedRegex;
import io.strikemq.domain.port.out.GroupRecordFormat.KeyValue;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Groups of the consumer protocol (KIP-848) in the form of Kafka's {@code __consumer_offsets}: kinds 3 to 8 and 16. */
final class ConsumerGroupRecordFormat {
    private ConsumerGroupRecordFormat() {}

    private static final short VERSION = 0;

    static KeyValue encode(ConsumerGroupRecord found) {
        if (found instanceof ConsumerGroupRecord.Epoch group) {
            return encode(group);
        } else if (found instanceof ConsumerGroupRecord.Member member) {
            return encode(member);
        } else if (found instanceof ConsumerGroupRecord.TargetEpoch reached) {
            return encode(reached);
        } else if (found instanceof ConsumerGroupRecord.Target target) {
            return encode(target);
        } else if (found instanceof ConsumerGroupRecord.Current current) {
            return encode(current);
        } else if (found instanceof ConsumerGroupRecord.Regex regex) {
            return encode(regex);
        } else if (found instanceof ConsumerGroupRecord.PartitionMetadata metadata) {
            return form(
                    ConsumerGroupPartitionMetadataKey.builder()
                            .groupId(metadata.groupId())
                            .build(),
                    null);
        }
        throw new IllegalStateException("unexpected " + found);
    }

    private static KeyValue form(CoordinatorMessage key, CoordinatorMessage value) {
        return new KeyValue(
                CoordinatorBytes.prefixed(key.recordType(), key, VERSION),
                value == null ? null : CoordinatorBytes.prefixed(VERSION, value, VERSION));
    }

    private static KeyValue encode(ConsumerGroupRecord.Epoch group) {
        EpochValue value = group.value();
        return form(
                ConsumerGroupMetadataKey.builder().groupId(group.groupId()).build(),
                value == null
                        ? null
                        : ConsumerGroupMetadataValue.builder()
                                .epoch(value.epoch())
                                .metadataHash(value.metadataHash())
                                .build());
    }

    private static KeyValue encode(ConsumerGroupRecord.TargetEpoch reached) {
        TargetEpochValue value = reached.value();
        return form(
                ConsumerGroupTargetAssignmentMetadataKey.builder()
                        .groupId(reached.groupId())
                        .build(),
                value == null
                        ? null
                        : ConsumerGroupTargetAssignmentMetadataValue.builder()
                                .assignmentEpoch(value.epoch())
                                .assignmentTimestamp(value.timestamp())
                                .build());
    }

    private static KeyValue encode(ConsumerGroupRecord.Member member) {
        return form(
                ConsumerGroupMemberMetadataKey.builder()
                        .groupId(member.groupId())
                        .memberId(member.memberId())
                        .build(),
                member.value() == null ? null : value(member.value()));
    }

    private static ConsumerGroupMemberMetadataValue value(MemberMetadata said) {
        return ConsumerGroupMemberMetadataValue.builder()
                .instanceId(said.instanceId())
                .rackId(said.rackId())
                .clientId(said.client().id())
                .clientHost(said.client().host())
                .subscribedTopicNames(List.copyOf(said.topicNames()))
                .subscribedTopicRegex(said.topicRegex())
                .rebalanceTimeoutMs(said.rebalanceTimeoutMs())
                .serverAssignor(said.assignorName())
                .classicMemberMetadata(said.classic() == null ? null : value(said.classic()))
                .build();
    }

    private static ConsumerGroupMemberMetadataValue.ClassicMemberMetadata value(ClassicProtocols classic) {
        return ConsumerGroupMemberMetadataValue.ClassicMemberMetadata.builder()
                .sessionTimeoutMs((int) classic.sessionTimeout().toMillis())
                .supportedProtocols(classic.protocols().stream()
                        .map(protocol -> ConsumerGroupMemberMetadataValue.ClassicProtocol.builder()
                                .name(protocol.name())
                                .metadata(protocol.metadata())
                                .build())
                        .toList())
                .build();
    }

    private static KeyValue encode(ConsumerGroupRecord.Target target) {
        return form(
                ConsumerGroupTargetAssignmentMemberKey.builder()
                        .groupId(target.groupId())
                        .memberId(target.memberId())
                        .build(),
                target.value() == null
                        ? null
                        : ConsumerGroupTargetAssignmentMemberValue.builder()
                                .topicPartitions(target.value().entrySet().stream()
                                        .map(topic -> ConsumerGroupTargetAssignmentMemberValue.TopicPartition.builder()
                                                .topicId(topic.getKey())
                                                .partitions(List.copyOf(topic.getValue()))
                                                .build())
                                        .toList())
                                .build());
    }

    private static KeyValue encode(ConsumerGroupRecord.Current current) {
        CurrentAssignment value = current.value();
        return form(
                ConsumerGroupCurrentMemberAssignmentKey.builder()
                        .groupId(current.groupId())
                        .memberId(current.memberId())
                        .build(),
                value == null
                        ? null
                        : ConsumerGroupCurrentMemberAssignmentValue.builder()
                                .memberEpoch(value.epoch())
                                .previousMemberEpoch(value.previousEpoch())
                                .state(value.state().code())
                                .assignedPartitions(list(value.assigned()))
                                .partitionsPendingRevocation(list(value.revoked()))
                                .build());
    }

    private static List<ConsumerGroupCurrentMemberAssignmentValue.TopicPartitions> list(
            Map<UUID, Map<Integer, Integer>> partitions) {
        return partitions.entrySet().stream()
                .map(topic -> ConsumerGroupCurrentMemberAssignmentValue.TopicPartitions.builder()
                        .topicId(topic.getKey())
                        .partitions(List.copyOf(topic.getValue().keySet()))
                        .assignmentEpochs(List.copyOf(topic.getValue().values()))
                        .build())
                .toList();
    }

    private static KeyValue encode(ConsumerGroupRecord.Regex regex) {
        ResolvedRegex value = regex.value();
        return form(
                ConsumerGroupRegularExpressionKey.builder()
                        .groupId(regex.groupId())
                        .regularExpression(regex.regex())
                        .build(),
                value == null
                        ? null
                        : ConsumerGroupRegularExpressionValue.builder()
                                .topics(List.copyOf(value.topics()))
                                .version(value.version())
                                .timestamp(value.timestamp())
                                .build());
    }

    /** The record of a key whose kind was read; empty for a kind that is not of such groups. */
    static Optional<ConsumerGroupRecord> decode(short kind, WireReader key, ByteBuffer value) {
        WireReader body = value == null ? null : new WireReader(value.duplicate());
        short version = body == null ? VERSION : body.readShort();
        return Optional.ofNullable(
                switch (kind) {
                    case ConsumerGroupMetadataKey.RECORD_TYPE -> group(key, body, version);
                    case ConsumerGroupPartitionMetadataKey.RECORD_TYPE ->
                        new ConsumerGroupRecord.PartitionMetadata(
                                ConsumerGroupPartitionMetadataKey.read(key, VERSION)
                                        .groupId(),
                                value != null);
                    case ConsumerGroupMemberMetadataKey.RECORD_TYPE -> member(key, body, version);
                    case ConsumerGroupTargetAssignmentMetadataKey.RECORD_TYPE -> targetEpoch(key, body, version);
                    case ConsumerGroupTargetAssignmentMemberKey.RECORD_TYPE -> target(key, body, version);
                    case ConsumerGroupCurrentMemberAssignmentKey.RECORD_TYPE -> current(key, body, version);
                    case ConsumerGroupRegularExpressionKey.RECORD_TYPE -> regex(key, body, version);
                    default -> null;
                });
    }

    private static ConsumerGroupRecord group(WireReader in, WireReader body, short version) {
        String groupId = ConsumerGroupMetadataKey.read(in, VERSION).groupId();
        if (body == null) {
            return new ConsumerGroupRecord.Epoch(groupId, null);
        }
        ConsumerGroupMetadataValue read = ConsumerGroupMetadataValue.read(body, version);
        return new ConsumerGroupRecord.Epoch(groupId, new EpochValue(read.epoch(), read.metadataHash()));
    }

    private static ConsumerGroupRecord targetEpoch(WireReader in, WireReader body, short version) {
        String groupId =
                ConsumerGroupTargetAssignmentMetadataKey.read(in, VERSION).groupId();
        if (body == null) {
            return new ConsumerGroupRecord.TargetEpoch(groupId, null);
        }
        ConsumerGroupTargetAssignmentMetadataValue read =
                ConsumerGroupTargetAssignmentMetadataValue.read(body, version);
        return new ConsumerGroupRecord.TargetEpoch(
                groupId, new TargetEpochValue(read.assignmentEpoch(), read.assignmentTimestamp()));
    }

    private static ConsumerGroupRecord member(WireReader in, WireReader body, short version) {
        ConsumerGroupMemberMetadataKey key = ConsumerGroupMemberMetadataKey.read(in, VERSION);
        if (body == null) {
            return new ConsumerGroupRecord.Member(key.groupId(), key.memberId(), null);
        }
        ConsumerGroupMemberMetadataValue read = ConsumerGroupMemberMetadataValue.read(body, version);
        MemberMetadata said = new MemberMetadata(
                read.instanceId(),
                read.rackId(),
                new Client(read.clientId(), read.clientHost()),
                read.rebalanceTimeoutMs(),
                new LinkedHashSet<>(read.subscribedTopicNames()),
                read.subscribedTopicRegex(),
                read.serverAssignor(),
                classic(read.classicMemberMetadata()));
        return new ConsumerGroupRecord.Member(key.groupId(), key.memberId(), said);
    }

    /** A record that says nothing of it reads as one of a member that supports no protocol. */
    private static ClassicProtocols classic(ConsumerGroupMemberMetadataValue.ClassicMemberMetadata read) {
        if (read == null || read.supportedProtocols().isEmpty()) {
            return null;
        }
        return new ClassicProtocols(
                Duration.ofMillis(read.sessionTimeoutMs()),
                read.supportedProtocols().stream()
                        .map(protocol -> new Protocol(protocol.name(), CoordinatorBytes.copy(protocol.metadata())))
                        .toList());
    }

    private static ConsumerGroupRecord target(WireReader in, WireReader body, short version) {
        ConsumerGroupTargetAssignmentMemberKey key = ConsumerGroupTargetAssignmentMemberKey.read(in, VERSION);
        if (body == null) {
            return new ConsumerGroupRecord.Target(key.groupId(), key.memberId(), null);
        }
        Map<UUID, Set<Integer>> partitions = new LinkedHashMap<>();
        ConsumerGroupTargetAssignmentMemberValue.read(body, version)
                .topicPartitions()
                .forEach(topic -> partitions.put(topic.topicId(), new LinkedHashSet<>(topic.partitions())));
        return new ConsumerGroupRecord.Target(key.groupId(), key.memberId(), partitions);
    }

    private static ConsumerGroupRecord current(WireReader in, WireReader body, short version) {
        ConsumerGroupCurrentMemberAssignmentKey key = ConsumerGroupCurrentMemberAssignmentKey.read(in, VERSION);
        if (body == null) {
            return new ConsumerGroupRecord.Current(key.groupId(), key.memberId(), null);
        }
        ConsumerGroupCurrentMemberAssignmentValue read = ConsumerGroupCurrentMemberAssignmentValue.read(body, version);
        CurrentAssignment assignment = new CurrentAssignment(
                read.memberEpoch(),
                read.previousMemberEpoch(),
                MemberState.of(read.state()),
                map(read.assignedPartitions(), read.memberEpoch()),
                map(read.partitionsPendingRevocation(), read.memberEpoch()));
        return new ConsumerGroupRecord.Current(key.groupId(), key.memberId(), assignment);
    }

    /** Kafka before 4.2 wrote no epochs of partitions: then it is the member's. */
    private static Map<UUID, Map<Integer, Integer>> map(
            List<ConsumerGroupCurrentMemberAssignmentValue.TopicPartitions> topics, int memberEpoch) {
        Map<UUID, Map<Integer, Integer>> all = new LinkedHashMap<>();
        for (ConsumerGroupCurrentMemberAssignmentValue.TopicPartitions topic : topics) {
            Map<Integer, Integer> epochs = new LinkedHashMap<>();
            List<Integer> told = topic.assignmentEpochs();
            boolean isTold = told != null && told.size() == topic.partitions().size();
            for (int i = 0; i < topic.partitions().size(); i++) {
                epochs.put(topic.partitions().get(i), isTold ? told.get(i) : Math.max(0, memberEpoch));
            }
            all.put(topic.topicId(), epochs);
        }
        return all;
    }

    private static ConsumerGroupRecord regex(WireReader in, WireReader body, short version) {
        ConsumerGroupRegularExpressionKey key = ConsumerGroupRegularExpressionKey.read(in, VERSION);
        if (body == null) {
            return new ConsumerGroupRecord.Regex(key.groupId(), key.regularExpression(), null);
        }
        ConsumerGroupRegularExpressionValue read = ConsumerGroupRegularExpressionValue.read(body, version);
        return new ConsumerGroupRecord.Regex(
                key.groupId(),
                key.regularExpression(),
                new ResolvedRegex(new LinkedHashSet<>(read.topics()), read.version(), read.timestamp()));
    }
}
