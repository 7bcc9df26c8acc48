package io.strikemq.adapter.kafka.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
import io.strikemq.domain.group.log.GroupRecord;
import io.strikemq.domain.port.out.GroupRecordFormat.KeyValue;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The expected bytes were written by the classes of Kafka 4.4.0 (kafka-group-coordinator). */
class ConsumerGroupRecordFormatTest {
    private static final String UUID_1_2 = "00000000000000010000000000000002";
    private static final UUID TOPIC = new UUID(1, 2);
    private static final Client CLIENT = new Client("c", "/h");

    private final KafkaGroupRecordFormat format = new KafkaGroupRecordFormat();

    /** A record, its end, and the bytes of both. */
    record Example(ConsumerGroupRecord value, ConsumerGroupRecord end, String key, String bytes) {}

    static Stream<Example> examples() {
        return Stream.of(
                epoch(), member(), plainMember(), classicMember(), targetEpoch(), target(), current(), regex());
    }

    private static Example epoch() {
        return new Example(
                new ConsumerGroupRecord.Epoch("g", new EpochValue(7, 5)),
                new ConsumerGroupRecord.Epoch("g", null),
                "0003" + "000167", // kind, group "g"
                "0000" // version
                        + "00000007" // epoch
                        + "01" + "0008" + "0000000000000005"); // one tagged field: the hash of the topics
    }

    private static Example member() {
        MemberMetadata said = new MemberMetadata("i", "r", CLIENT, 60_000, Set.of("a", "b"), "x.*", "range", null);
        return member(
                said,
                "0000" // version
                        + "0269" // instance "i"
                        + "0272" // rack "r"
                        + "0263" // client "c"
                        + "032f68" // host "/h"
                        + "03" + "0261" + "0262" // topics "a", "b"
                        + "04782e2a" // regular expression "x.*"
                        + "0000ea60" // rebalance timeout
                        + "0672616e6765" // assignor "range"
                        + "01" + "0001" + "00"); // one tagged field: no classic member, said as Kafka says it
    }

    private static Example plainMember() {
        return member(
                new MemberMetadata(null, null, CLIENT, -1, Set.of(), "", null, null),
                "0000" + "00" + "00" + "0263" + "032f68" + "01" + "01" + "ffffffff" + "00" + "01" + "0001" + "00");
    }

    private static Example classicMember() {
        ClassicProtocols protocols = new ClassicProtocols(
                Duration.ofSeconds(10), List.of(new Protocol("range", ByteBuffer.wrap(new byte[] {1, 2}))));
        return member(
                new MemberMetadata(null, null, CLIENT, 60_000, Set.of("a"), "", null, protocols),
                "0000" + "00" + "00" + "0263" + "032f68" + "020261" + "01" + "0000ea60" + "00" // as above
                        + "01" + "0011" + "01" // one tagged field of 17 bytes, there
                        + "00002710" // session timeout
                        + "02" + "0672616e6765" + "030102" + "00" // one protocol "range", what it is told
                        + "00");
    }

    private static Example member(MemberMetadata said, String bytes) {
        return new Example(
                new ConsumerGroupRecord.Member("g", "m", said),
                new ConsumerGroupRecord.Member("g", "m", null),
                "0005" + "000167" + "00016d", // kind, group "g", member "m"
                bytes);
    }

    private static Example targetEpoch() {
        return new Example(
                new ConsumerGroupRecord.TargetEpoch("g", new TargetEpochValue(7, 1000)),
                new ConsumerGroupRecord.TargetEpoch("g", null),
                "0006" + "000167",
                "0000" + "00000007" + "01" + "0008" + "00000000000003e8"); // epoch, one tagged field: when
    }

    private static Example target() {
        return new Example(
                new ConsumerGroupRecord.Target("g", "m", Map.of(TOPIC, Set.of(2))),
                new ConsumerGroupRecord.Target("g", "m", null),
                "0007" + "000167" + "00016d",
                "0000" + "02" + UUID_1_2 + "02" + "00000002" + "00" + "00"); // one topic, one partition
    }

    private static Example current() {
        CurrentAssignment now = new CurrentAssignment(
                7, 6, MemberState.UNREVOKED_PARTITIONS, Map.of(TOPIC, Map.of(2, 5)), Map.of(TOPIC, Map.of(1, 4)));
        return new Example(
                new ConsumerGroupRecord.Current("g", "m", now),
                new ConsumerGroupRecord.Current("g", "m", null),
                "0008" + "000167" + "00016d",
                "0000" + "00000007" + "00000006" + "01" // epoch, previous epoch, state
                        + "02" + UUID_1_2 + "02" + "00000002" + "01" + "0005" + "02" + "00000005" // with its epoch
                        + "02" + UUID_1_2 + "02" + "00000001" + "01" + "0005" + "02" + "00000004"
                        + "00");
    }

    private static Example regex() {
        return new Example(
                new ConsumerGroupRecord.Regex("g", "x.*", new ResolvedRegex(Set.of("xa", "xb"), 9, 1000)),
                new ConsumerGroupRecord.Regex("g", "x.*", null),
                "0010" + "000167" + "0003782e2a",
                "0000" + "03" + "037861" + "037862" + "0000000000000009" + "00000000000003e8" + "00");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void recordsAreWrittenAndReadAsKafkaDoes(Example each) {
        KeyValue written = format.encode(each.value());
        assertEquals(each.key(), hex(written.key()));
        assertEquals(each.bytes(), hex(written.value()));
        assertEquals(Optional.of(each.value()), format.decode(written.key(), written.value()));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theEndOfSomethingHasItsKeyAndNoValue(Example each) {
        KeyValue written = format.encode(each.end());
        assertEquals(each.key(), hex(written.key()));
        assertNull(written.value());
        assertEquals(Optional.of(each.end()), format.decode(written.key(), null));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void damagedRecordsAreRefusedAtEveryLength(Example each) {
        ByteBuffer key = bytes(each.key());
        ByteBuffer value = bytes(each.bytes());
        for (int length = 0; length < key.limit(); length++) {
            ByteBuffer cut = key.slice(0, length);
            assertThrows(IllegalArgumentException.class, () -> format.decode(cut, value));
        }
        for (int length = 0; length < value.limit(); length++) {
            ByteBuffer cut = value.slice(0, length);
            assertThrows(IllegalArgumentException.class, () -> format.decode(key, cut));
        }
        assertThrows(IllegalArgumentException.class, () -> format.decode(key, bytes("7fff")));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void flippedBytesAreReadAsSomethingElseOrRefused(Example each) {
        byte[] whole = HexFormat.of().parseHex(each.bytes());
        Random random = new Random(each.bytes().hashCode());
        for (int i = 0; i < 5_000; i++) {
            byte[] flipped = Arrays.copyOf(whole, whole.length);
            for (int flips = random.nextInt(3); flips >= 0; flips--) {
                flipped[random.nextInt(flipped.length)] = (byte) random.nextInt(256);
            }
            try {
                Optional<GroupRecord> read = format.decode(bytes(each.key()), ByteBuffer.wrap(flipped));
                assertEquals("g", read.orElseThrow().groupId());
            } catch (IllegalArgumentException refused) {
                // As it should be.
            }
        }
    }

    @Test
    void partitionsOfAKafkaThatWroteNoEpochsHaveTheirMembers() {
        String old = "0000" + "00000007" + "00000006" + "00" + "02" + UUID_1_2 + "03" + "00000000" + "00000002" + "00"
                + "01" + "00";
        CurrentAssignment read =
                new CurrentAssignment(7, 6, MemberState.STABLE, Map.of(TOPIC, Map.of(0, 7, 2, 7)), Map.of());
        assertEquals(
                Optional.of(new ConsumerGroupRecord.Current("g", "m", read)),
                format.decode(bytes(current().key()), bytes(old)));
    }

    @Test
    void whatOlderKafkasWroteOfTopicsIsKnownToBeThere() {
        String key = "0004" + "000167";
        String value = "0000" + "02" + UUID_1_2 + "0261" + "00000003" + "01" + "00" + "00";
        assertEquals(
                Optional.of(new ConsumerGroupRecord.PartitionMetadata("g", true)),
                format.decode(bytes(key), bytes(value)));
        KeyValue end = format.encode(new ConsumerGroupRecord.PartitionMetadata("g", false));
        assertEquals(key, hex(end.key()));
        assertNull(end.value());
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
