package io.strikemq.domain.group.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.group.classic.ConsumerProtocol.MalformedException;
import io.strikemq.domain.group.classic.ConsumerProtocol.Subscription;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What Kafka's own classes write is read, what is written here Kafka's classes read, and nothing else does any harm. */
class ConsumerProtocolTest {
    private static final ConsumerPartitionAssignor.Subscription SUBSCRIPTION =
            new ConsumerPartitionAssignor.Subscription(
                    List.of("orders", "größe"),
                    ByteBuffer.wrap(new byte[] {1, 2, 3}),
                    List.of(
                            new TopicPartition("orders", 0),
                            new TopicPartition("orders", 2),
                            new TopicPartition("größe", 1)),
                    7,
                    Optional.of("rack-1"));

    @Test
    void subscriptionsOfAllVersionsAreRead() throws MalformedException {
        for (short version = 0; version <= 3; version++) {
            Subscription read = ConsumerProtocol.subscription(kafkas(version));
            assertEquals(version, read.version());
            assertEquals(Set.of("orders", "größe"), Set.copyOf(read.topics()));
            Map<String, List<Integer>> owned = Map.of("orders", List.of(0, 2), "größe", List.of(1));
            assertEquals(version == 0 ? Map.of() : owned, read.owned());
            assertEquals(version == 3 ? "rack-1" : null, read.rackId());
        }
    }

    @Test
    void aVersionToComeIsReadAsTheNewestThatIsKnown() throws MalformedException {
        ByteBuffer later = ByteBuffer.allocate(kafkas(3).remaining() + 5).put(kafkas(3));
        later.rewind().putShort(0, (short) 9);
        assertEquals(3, ConsumerProtocol.subscription(later).version());
        assertEquals("rack-1", ConsumerProtocol.subscription(later).rackId());
    }

    @Test
    void anAssignmentThatIsWrittenHereIsReadByKafkasClasses() throws MalformedException {
        Map<String, Set<Integer>> partitions = Map.of("orders", Set.of(0, 2), "größe", Set.of(1));
        for (short version = 0; version <= 3; version++) {
            ByteBuffer written = ConsumerProtocol.assignment(partitions, version);
            ConsumerPartitionAssignor.Assignment read =
                    org.apache.kafka.clients.consumer.internals.ConsumerProtocol.deserializeAssignment(
                            written.duplicate());
            assertEquals(
                    Set.of(
                            new TopicPartition("orders", 0),
                            new TopicPartition("orders", 2),
                            new TopicPartition("größe", 1)),
                    Set.copyOf(read.partitions()));
            assertEquals(null, read.userData());
            assertEquals(partitions, sets(ConsumerProtocol.assignment(written).partitions()));
        }
    }

    @Test
    void anAssignmentWithSomethingOfAnAssignorsOwnIsRecognized() throws MalformedException {
        for (byte[] userData : new byte[][] {{}, {1}}) {
            ByteBuffer kafkas = org.apache.kafka.clients.consumer.internals.ConsumerProtocol.serializeAssignment(
                    new ConsumerPartitionAssignor.Assignment(
                            List.of(new TopicPartition("orders", 0)), ByteBuffer.wrap(userData)));
            assertEquals(
                    userData.length > 0, ConsumerProtocol.assignment(kafkas).hasUserData());
        }
    }

    @Test
    void whatEndsTooEarlyIsRefused() {
        for (short version = 0; version <= 3; version++) {
            ByteBuffer whole = kafkas(version);
            for (int length = 0; length < whole.limit(); length++) {
                ByteBuffer cut = whole.slice(0, length);
                assertThrows(MalformedException.class, () -> ConsumerProtocol.subscription(cut));
            }
        }
        ByteBuffer whole = ConsumerProtocol.assignment(Map.of("orders", Set.of(0, 2)), (short) 0);
        for (int length = 0; length < whole.limit(); length++) {
            ByteBuffer cut = whole.slice(0, length);
            assertThrows(MalformedException.class, () -> ConsumerProtocol.assignment(cut));
        }
    }

    @Test
    void countsAndLengthsThatTheBytesCannotHoldAreRefusedBeforeAnythingIsMadeOfThem() {
        for (int count : new int[] {-1, -2, 3, 1 << 20, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            ByteBuffer topics = ByteBuffer.allocate(10)
                    .putShort((short) 1)
                    .putInt(count)
                    .putInt(0)
                    .flip();
            assertThrows(MalformedException.class, () -> ConsumerProtocol.subscription(topics));
            assertThrows(MalformedException.class, () -> ConsumerProtocol.assignment(topics));
        }
        ByteBuffer name = ByteBuffer.allocate(8)
                .putShort((short) 0)
                .putInt(1)
                .putShort((short) 0x7fff)
                .flip();
        assertThrows(MalformedException.class, () -> ConsumerProtocol.subscription(name));
        assertThrows(MalformedException.class, () -> ConsumerProtocol.versionOf(ByteBuffer.allocate(1)));
        assertThrows(
                MalformedException.class,
                () -> ConsumerProtocol.subscription(
                        ByteBuffer.allocate(64).putShort((short) -1).rewind()));
    }

    /** Flipped bytes are read as something else, or refused; what is made of them is never more than there are bytes. */
    @Test
    void damagedBytesDoNoHarm() {
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            ByteBuffer bytes = ByteBuffer.allocate(kafkas(3).limit())
                    .put(kafkas((short) (i % 4)))
                    .flip();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                bytes.put(random.nextInt(bytes.limit()), (byte) random.nextInt(256));
            }
            int position = bytes.position();
            try {
                Subscription read = ConsumerProtocol.subscription(bytes);
                assertTrue(read.topics().size() <= bytes.limit());
                ConsumerProtocol.assignment(bytes);
            } catch (MalformedException expected) {
                assertTrue(expected.getMessage().startsWith("Malformed embedded consumer protocol"));
            }
            assertEquals(position, bytes.position(), "the bytes are only looked at");
        }
    }

    private static ByteBuffer kafkas(int version) {
        return org.apache.kafka.clients.consumer.internals.ConsumerProtocol.serializeSubscription(
                SUBSCRIPTION, (short) version);
    }

    private static Map<String, Set<Integer>> sets(Map<String, List<Integer>> partitions) {
        return partitions.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> Set.copyOf(each.getValue())));
    }
}
