package io.strikemq.adapter.kafka.coordinator;

import io.strikemq.adapter.kafka.message.coordinator.GroupMetadataKey;
import io.strikemq.adapter.kafka.message.coordinator.GroupMetadataValue;
import io.strikemq.adapter.kafka.message.coordinator.LegacyOffsetCommitKey;
import io.strikemq.adapter.kafka.message.coordinator.LegacyOffsetCommitValue;
import io.strikemq.adapter.kafka.message.coordinator.OffsetCommitKey;
import io.strikemq.adapter.kafka.message.coordinator.OffsetCommitValue;
import io.strikemq.adapter.kafka.wire.CoordinatorMessage;
import io.strikemq.adapter.kafka.wire.MalformedMessageException;
import io.strikemq.adapter.kafka.wire.UnsupportedVersionException;
import io.strikemq.adapter.kafka.wire.WireDefaults;
import io.strikemq.adapter.kafka.wire.WireReader;
import io.strikemq.domain.group.classic.ClassicGroupRecord;
import io.strikemq.domain.group.classic.GroupSnapshot;
import io.strikemq.domain.group.consumer.ConsumerGroupRecord;
import io.strikemq.domain.group.log.CommittedOffset;
import io.strikemq.domain.group.log.GroupRecord;
import io.strikemq.domain.port.out.GroupRecordFormat;
import io.strikemq.domain.topic.TopicPartition;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * Groups and offsets in the form of Kafka's {@code __consumer_offsets}.
 *
 * <p>A key is the kind of record (int16) and the key's fields; a value is its version (int16) and the value's fields.
 * Read are kinds 0 (offsets of Kafka before 0.9), 1 (offsets) and 2 (groups) at every version; written are kind 1 at
 * version 4 (1 with an expiry of its own, which the others lack) and kind 2 at version 3, as Kafka 4.4 does. Groups of the
 * consumer protocol have {@linkplain ConsumerGroupRecordFormat kinds of their own}.
 */
public final class KafkaGroupRecordFormat implements GroupRecordFormat {
    private static final short KEY_VERSION = 0;
    private static final short OFFSET_VERSION = 4;
    private static final short OFFSET_VERSION_WITH_EXPIRY = 1;
    private static final short GROUP_VERSION = 3;

    @Override
    public KeyValue encode(GroupRecord groupRecord) {
        if (groupRecord instanceof GroupRecord.Offset offset) {
            return encode(offset);
        }
        if (groupRecord instanceof ClassicGroupRecord group) {
            return encode(group);
        }
        if (groupRecord instanceof ConsumerGroupRecord consumers) {
            return ConsumerGroupRecordFormat.encode(consumers);
        }
        throw new IllegalStateException("unexpected " + groupRecord);
    }

    private static KeyValue encode(GroupRecord.Offset offset) {
        ByteBuffer key = key(OffsetCommitKey.builder()
                .group(offset.groupId())
                .topic(offset.partition().topic())
                .partition(offset.partition().partition())
                .build());
        CommittedOffset committed = offset.value();
        if (committed == null) {
            return new KeyValue(key, null);
        }
        boolean expires = committed.expireTimestamp() != CommittedOffset.NO_EXPIRY;
        OffsetCommitValue value = OffsetCommitValue.builder()
                .offset(committed.offset())
                .leaderEpoch(expires ? -1 : committed.leaderEpoch())
                .metadata(committed.metadata())
                .commitTimestamp(committed.commitTimestamp())
                .expireTimestamp(committed.expireTimestamp())
                .topicId(expires || committed.topicId() == null ? WireDefaults.ZERO_UUID : committed.topicId())
                .build();
        return new KeyValue(key, value(value, expires ? OFFSET_VERSION_WITH_EXPIRY : OFFSET_VERSION));
    }

    private static KeyValue encode(ClassicGroupRecord group) {
        ByteBuffer key = key(GroupMetadataKey.builder().group(group.groupId()).build());
        GroupSnapshot snapshot = group.value();
        if (snapshot == null) {
            return new KeyValue(key, null);
        }
        GroupMetadataValue value = GroupMetadataValue.builder()
                .protocolType(snapshot.protocolType() == null ? "" : snapshot.protocolType())
                .generation(snapshot.generationId())
                .protocol(snapshot.protocolName())
                .leader(snapshot.leaderId())
                .currentStateTimestamp(snapshot.stateTimestamp())
                .members(snapshot.members().stream()
                        .map(KafkaGroupRecordFormat::member)
                        .toList())
                .build();
        return new KeyValue(key, value(value, GROUP_VERSION));
    }

    private static GroupMetadataValue.MemberMetadata member(GroupSnapshot.Member member) {
        return GroupMetadataValue.MemberMetadata.builder()
                .memberId(member.memberId())
                .groupInstanceId(member.groupInstanceId())
                .clientId(member.clientId())
                .clientHost(member.clientHost())
                .rebalanceTimeout((int) member.rebalanceTimeout().toMillis())
                .sessionTimeout((int) member.sessionTimeout().toMillis())
                .subscription(member.subscription())
                .assignment(member.assignment())
                .build();
    }

    private static ByteBuffer key(CoordinatorMessage key) {
        return CoordinatorBytes.prefixed(key.recordType(), key, KEY_VERSION);
    }

    private static ByteBuffer value(CoordinatorMessage value, short version) {
        return CoordinatorBytes.prefixed(version, value, version);
    }

    @Override
    public Optional<GroupRecord> decode(ByteBuffer key, ByteBuffer value) {
        try {
            WireReader in = new WireReader(key.duplicate());
            short kind = in.readShort();
            return switch (kind) {
                case LegacyOffsetCommitKey.RECORD_TYPE -> Optional.of(legacyOffset(in, value));
                case OffsetCommitKey.RECORD_TYPE -> Optional.of(offset(in, value));
                case GroupMetadataKey.RECORD_TYPE -> Optional.of(group(in, value));
                default -> ConsumerGroupRecordFormat.decode(kind, in, value).map(GroupRecord.class::cast);
            };
        } catch (MalformedMessageException | UnsupportedVersionException e) {
            throw new IllegalArgumentException("not a record of __consumer_offsets: " + e.getMessage(), e);
        }
    }

    private static GroupRecord legacyOffset(WireReader in, ByteBuffer value) {
        LegacyOffsetCommitKey key = LegacyOffsetCommitKey.read(in, KEY_VERSION);
        CommittedOffset committed = null;
        if (value != null) {
            WireReader body = new WireReader(value.duplicate());
            LegacyOffsetCommitValue read = LegacyOffsetCommitValue.read(body, body.readShort());
            committed = new CommittedOffset(
                    read.offset(), -1, read.metadata(), read.commitTimestamp(), CommittedOffset.NO_EXPIRY, null);
        }
        return new GroupRecord.Offset(key.group(), new TopicPartition(key.topic(), key.partition()), committed);
    }

    private static GroupRecord offset(WireReader in, ByteBuffer value) {
        OffsetCommitKey key = OffsetCommitKey.read(in, KEY_VERSION);
        CommittedOffset committed = null;
        if (value != null) {
            WireReader body = new WireReader(value.duplicate());
            OffsetCommitValue read = OffsetCommitValue.read(body, body.readShort());
            committed = new CommittedOffset(
                    read.offset(),
                    read.leaderEpoch(),
                    read.metadata(),
                    read.commitTimestamp(),
                    read.expireTimestamp(),
                    read.topicId().equals(WireDefaults.ZERO_UUID) ? null : read.topicId());
        }
        return new GroupRecord.Offset(key.group(), new TopicPartition(key.topic(), key.partition()), committed);
    }

    private static GroupRecord group(WireReader in, ByteBuffer value) {
        String groupId = GroupMetadataKey.read(in, KEY_VERSION).group();
        if (value == null) {
            return new ClassicGroupRecord(groupId, null);
        }
        WireReader body = new WireReader(value.duplicate());
        GroupMetadataValue read = GroupMetadataValue.read(body, body.readShort());
        GroupSnapshot snapshot = new GroupSnapshot(
                groupId,
                read.protocolType().isEmpty() ? null : read.protocolType(),
                read.protocol(),
                read.generation(),
                read.leader(),
                read.currentStateTimestamp(),
                read.members().stream().map(KafkaGroupRecordFormat::member).toList());
        return new ClassicGroupRecord(groupId, snapshot);
    }

    private static GroupSnapshot.Member member(GroupMetadataValue.MemberMetadata member) {
        // Values of version 0 have no rebalance timeout: the session's holds for both.
        int rebalanceTimeout = member.rebalanceTimeout() == -1 ? member.sessionTimeout() : member.rebalanceTimeout();
        return new GroupSnapshot.Member(
                member.memberId(),
                member.groupInstanceId(),
                member.clientId(),
                member.clientHost(),
                Duration.ofMillis(rebalanceTimeout),
                Duration.ofMillis(member.sessionTimeout()),
                CoordinatorBytes.copy(member.subscription()),
                CoordinatorBytes.copy(member.assignment()));
    }
}
