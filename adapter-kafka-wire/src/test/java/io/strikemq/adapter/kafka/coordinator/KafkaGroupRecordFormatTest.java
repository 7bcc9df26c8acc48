package io.strikemq.adapter.kafka.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strikemq.domain.group.classic.ClassicGroupRecord;
import io.strikemq.domain.group.classic.GroupSnapshot;
import io.strikemq.domain.group.log.CommittedOffset;
import io.strikemq.domain.group.log.GroupRecord;
import io.strikemq.domain.port.out.GroupRecordFormat;
import io.strikemq.domain.port.out.GroupRecordFormat.KeyValue;
import io.strikemq.domain.port.out.GroupRecordFormatContractTest;
import io.strikemq.domain.topic.TopicPartition;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The expected bytes were written by the classes of Kafka 4.4.0 (kafka-group-coordinator). */
class KafkaGroupRecordFormatTest extends GroupRecordFormatContractTest {
    private static final String OFFSET_KEY = "0001" // kind
            + "000167" // group "g"
            + "000174" // topic "t"
            + "00000003"; // partition
    private static final String GROUP_KEY = "0002" // kind
            + "000167"; // group "g"
    private static final TopicPartition PARTITION = new TopicPartition("t", 3);

    private final KafkaGroupRecordFormat format = new KafkaGroupRecordFormat();

    @Override
    protected GroupRecordFormat format() {
        return format;
    }

    @Test
    void anOffsetIsWrittenAtVersion4WithTheTopicsId() {
        GroupRecord offset = new GroupRecord.Offset(
                "g", PARTITION, new CommittedOffset(42, 5, "note", 1000, CommittedOffset.NO_EXPIRY, new UUID(1, 2)));
        assertWritten(
                offset,
                OFFSET_KEY,
                "0004" // version
                        + "000000000000002a" // offset
                        + "00000005" // leader epoch
                        + "056e6f7465" // metadata "note"
                        + "00000000000003e8" // commit timestamp
                        + "010010" // one tagged field: 0, 16 bytes
                        + "00000000000000010000000000000002"); // topic id
        assertReadAgain(offset);
    }

    @Test
    void anOffsetWithItsOwnExpiryIsWrittenAtVersion1WhichKnowsNoEpoch() {
        GroupRecord offset =
                new GroupRecord.Offset("g", PARTITION, new CommittedOffset(42, 5, "note", 1000, 2000, new UUID(1, 2)));
        assertWritten(
                offset,
                OFFSET_KEY,
                "0001" // version
                        + "000000000000002a" // offset
                        + "00046e6f7465" // metadata "note"
                        + "00000000000003e8" // commit timestamp
                        + "00000000000007d0"); // expire timestamp
        KeyValue bytes = format.encode(offset);
        CommittedOffset kept = new CommittedOffset(42, -1, "note", 1000, 2000, null);
        assertEquals(
                Optional.of(new GroupRecord.Offset("g", PARTITION, kept)), format.decode(bytes.key(), bytes.value()));
    }

    @Test
    void aGroupIsWrittenAtVersion3() {
        GroupSnapshot.Member member = new GroupSnapshot.Member(
                "m",
                "i",
                "c",
                "/127.0.0.1",
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                ByteBuffer.wrap(new byte[] {1, 2}),
                ByteBuffer.wrap(new byte[] {3}));
        GroupRecord group =
                new ClassicGroupRecord("g", new GroupSnapshot("g", "consumer", "range", 7, "m", 1000, List.of(member)));
        assertWritten(
                group,
                GROUP_KEY,
                "0003" // version
                        + "0008636f6e73756d6572" // protocol type "consumer"
                        + "00000007" // generation
                        + "000572616e6765" // protocol "range"
                        + "00016d" // leader "m"
                        + "00000000000003e8" // state timestamp
                        + "00000001" // one member
                        + "00016d" // member id
                        + "000169" // instance id
                        + "000163" // client id
                        + "000a2f3132372e302e302e31" // client host
                        + "0000ea60" // rebalance timeout
                        + "00002710" // session timeout
                        + "000000020102" // subscription
                        + "0000000103"); // assignment
        assertReadAgain(group);
    }

    @Test
    void anEmptyGroupHasNoProtocolAndNoLeader() {
        GroupRecord group = new ClassicGroupRecord("g", new GroupSnapshot("g", null, null, 0, null, 1000, List.of()));
        assertWritten(
                group, GROUP_KEY, "0003" + "0000" + "00000000" + "ffff" + "ffff" + "00000000000003e8" + "00000000");
        assertReadAgain(group);
    }

    @Test
    void offsetsOfOldBrokersAreRead() {
        CommittedOffset kept = new CommittedOffset(42, -1, "note", 1000, -1, null);
        assertEquals(
                Optional.of(new GroupRecord.Offset("g", PARTITION, kept)),
                format.decode(
                        bytes("0000" + OFFSET_KEY.substring(4)),
                        bytes("0000" + "000000000000002a" + "00046e6f7465" + "00000000000003e8")));
    }

    @Test
    void recordsOfOtherKindsAreSkipped() {
        assertEquals(Optional.empty(), format.decode(bytes("0009000167"), bytes("0000")));
        assertEquals(Optional.empty(), format.decode(bytes("7fff"), null));
    }

    @Test
    void damagedRecordsAreRefusedAtEveryLength() {
        ByteBuffer key = bytes(OFFSET_KEY);
        KeyValue whole = format.encode(
                new GroupRecord.Offset("g", PARTITION, new CommittedOffset(42, 5, "note", 1000, -1, null)));
        for (int length = 0; length < key.limit(); length++) {
            ByteBuffer cut = key.slice(0, length);
            assertThrows(IllegalArgumentException.class, () -> format.decode(cut, whole.value()));
        }
        for (int length = 0; length < whole.value().limit(); length++) {
            ByteBuffer cut = whole.value().slice(0, length);
            assertThrows(IllegalArgumentException.class, () -> format.decode(key, cut));
        }
        assertThrows(IllegalArgumentException.class, () -> format.decode(key, bytes("7fff")));
    }

    private void assertWritten(GroupRecord groupRecord, String key, String value) {
        KeyValue written = format.encode(groupRecord);
        assertEquals(key, hex(written.key()));
        assertEquals(value, hex(written.value()));
    }

    private void assertReadAgain(GroupRecord groupRecord) {
        KeyValue written = format.encode(groupRecord);
        assertEquals(Optional.of(groupRecord), format.decode(written.key(), written.value()));
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }

    private static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return HexFormat.of().formatHex(copy);
    }
}
