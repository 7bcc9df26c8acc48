package io.strikemq.domain.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.domain.group.ConsumerAssignment.TopicPartitions;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsumerAssignmentTest {
    private static final byte[] TWO_TOPICS = {
        0,
        1, // version
        0,
        0,
        0,
        2, // topics
        0,
        1,
        'a',
        0,
        0,
        0,
        2,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        5, // a: 0, 5
        0,
        2,
        'b',
        'c',
        0,
        0,
        0,
        0, // bc: none
        0,
        0,
        0,
        1,
        42 // user data
    };

    @Test
    void topicsAndPartitionsAreRead() {
        assertEquals(
                List.of(new TopicPartitions("a", List.of(0, 5)), new TopicPartitions("bc", List.of())),
                ConsumerAssignment.read("consumer", ByteBuffer.wrap(TWO_TOPICS)).topics());
    }

    @Test
    void aNewerVersionIsReadAsFarAsItIsKnown() {
        byte[] newer = TWO_TOPICS.clone();
        newer[1] = 99;
        assertEquals(
                2,
                ConsumerAssignment.read("consumer", ByteBuffer.wrap(newer))
                        .topics()
                        .size());
    }

    @Test
    void otherProtocolsHaveNoAssignmentThatCouldBeShown() {
        assertNothing("connect", TWO_TOPICS);
        assertNothing(null, TWO_TOPICS);
    }

    @Test
    void bytesCutAnywhereAreNoAssignment() {
        int endOfTopics = TWO_TOPICS.length - 5;
        for (int size = 0; size < endOfTopics; size++) {
            byte[] cut = new byte[size];
            System.arraycopy(TWO_TOPICS, 0, cut, 0, size);
            assertNothing("consumer", cut);
        }
    }

    @Test
    void countsAndLengthsThatLieAreNoAssignment() {
        assertNothing("consumer", new byte[] {0, 0, 0x7F, -1, -1, -1, 0, 0});
        assertNothing("consumer", new byte[] {0, 0, -1, -1, -1, -1});
        assertNothing("consumer", new byte[] {0, 0, 0, 0, 0, 1, -1, -1, 0, 0, 0, 0});
        assertNothing("consumer", new byte[] {-1, -1, 0, 0, 0, 0});
    }

    private static void assertNothing(String protocolType, byte[] bytes) {
        assertEquals(
                List.of(),
                ConsumerAssignment.read(protocolType, ByteBuffer.wrap(bytes)).topics());
    }
}
