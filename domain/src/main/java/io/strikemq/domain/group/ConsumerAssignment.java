package io.strikemq.domain.group;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a member of a group of consumers has to read, as the leader wrote it (ConsumerProtocolAssignment, 0 to 3):
 *
 * <pre>
 * version     int16
 * topics      int32 count, then each: int16 length and name, int32 count and int32 partitions
 * user data   bytes, of no interest here
 * </pre>
 *
 * <p>Newer versions only add to the end, so all are read alike. Bytes that are something else, since members may
 * agree on any protocol, are read as no assignment.
 */
public record ConsumerAssignment(List<TopicPartitions> topics) {
    /** Kafka's protocol type of groups of consumers. */
    public static final String PROTOCOL_TYPE = "consumer";

    private static final ConsumerAssignment NOTHING = new ConsumerAssignment(List.of());

    public ConsumerAssignment {
        topics = List.copyOf(topics);
    }

    /** A topic and those of its partitions that the member reads. */
    public record TopicPartitions(String topic, List<Integer> partitions) {}

    /** Reads an assignment of a group of this protocol type; null or empty bytes are none. */
    public static ConsumerAssignment read(String protocolType, ByteBuffer bytes) {
        if (!PROTOCOL_TYPE.equals(protocolType) || bytes == null || !bytes.hasRemaining()) {
            return NOTHING;
        }
        try {
            return read(bytes.duplicate());
        } catch (BufferUnderflowException e) {
            return NOTHING;
        }
    }

    private static ConsumerAssignment read(ByteBuffer bytes) {
        if (bytes.getShort() < 0) {
            return NOTHING;
        }
        int topicCount = count(bytes, Short.BYTES + Integer.BYTES);
        List<TopicPartitions> topics = new ArrayList<>();
        for (int t = 0; t < topicCount; t++) {
            String name = name(bytes);
            int partitionCount = count(bytes, Integer.BYTES);
            List<Integer> partitions = new ArrayList<>();
            for (int p = 0; p < partitionCount; p++) {
                partitions.add(bytes.getInt());
            }
            topics.add(new TopicPartitions(name, List.copyOf(partitions)));
        }
        return new ConsumerAssignment(topics);
    }

    /** A count is a claim: it is compared with the bytes left. */
    private static int count(ByteBuffer bytes, int smallestSize) {
        int count = bytes.getInt();
        if (count < 0 || count > bytes.remaining() / smallestSize) {
            throw new BufferUnderflowException();
        }
        return count;
    }

    private static String name(ByteBuffer bytes) {
        short length = bytes.getShort();
        if (length < 0) {
            throw new BufferUnderflowException();
        }
        byte[] name = new byte[length];
        bytes.get(name);
        return new String(name, StandardCharsets.UTF_8);
    }
}
