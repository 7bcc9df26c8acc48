package io.strikemq.application.group;

import io.strikemq.domain.group.classic.ClassicGroupRecord;
import io.strikemq.domain.group.classic.GroupSnapshot;
import io.strikemq.domain.group.log.CommittedOffset;
import io.strikemq.domain.group.log.GroupRecord;
import io.strikemq.domain.port.out.GroupRecordFormat;
import io.strikemq.domain.topic.TopicPartition;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Group records as readable text: enough to send them through a log. Groups lose their members. */
final class PlainGroupRecordFormat implements GroupRecordFormat {
    @Override
    public KeyValue encode(GroupRecord groupRecord) {
        if (groupRecord instanceof GroupRecord.Offset offset) {
            TopicPartition at = offset.partition();
            CommittedOffset value = offset.value();
            return new KeyValue(
                    bytes("o " + offset.groupId() + " " + at.topic() + " " + at.partition()),
                    value == null ? null : bytes("" + value.offset()));
        }
        GroupSnapshot value = ((ClassicGroupRecord) groupRecord).value();
        return new KeyValue(
                bytes("g " + groupRecord.groupId()), value == null ? null : bytes("" + value.generationId()));
    }

    @Override
    public Optional<GroupRecord> decode(ByteBuffer key, ByteBuffer value) {
        String[] parts = text(key).split(" ");
        return switch (parts[0]) {
            case "o" ->
                Optional.of(new GroupRecord.Offset(
                        parts[1],
                        new TopicPartition(parts[2], Integer.parseInt(parts[3])),
                        value == null ? null : new CommittedOffset(Long.parseLong(text(value)), -1, "", 0, -1, null)));
            case "g" ->
                Optional.of(new ClassicGroupRecord(
                        parts[1],
                        value == null
                                ? null
                                : new GroupSnapshot(
                                        parts[1],
                                        "consumer",
                                        null,
                                        Integer.parseInt(text(value)),
                                        null,
                                        0,
                                        List.of())));
            case "damaged" -> throw new IllegalArgumentException("damaged");
            default -> Optional.empty();
        };
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }
}
