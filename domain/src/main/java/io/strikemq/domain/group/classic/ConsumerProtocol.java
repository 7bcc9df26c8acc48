package io.strikemq.domain.group.classic;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What consumers and their leader tell each other through a classic group: Kafka's messages ConsumerProtocolSubscription and
 * ConsumerProtocolAssignment, versions 0 to 3; later ones begin with the same fields.
 */
public final class ConsumerProtocol {
    private static final short FIRST_WITH_OWNED = 1;
    private static final short FIRST_WITH_GENERATION = 2;
    private static final short FIRST_WITH_RACK = 3;
    private static final short NEWEST = 3;

    private ConsumerProtocol() {}

    /** The bytes are not what they should be. */
    public static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message);
        }
    }

    /** What a member wants; {@code rackId} is null where it does not say, and so is a rack of an empty name. */
    public record Subscription(short version, List<String> topics, Map<String, List<Integer>> owned, String rackId) {}

    /** What a member is to have. */
    public record Assignment(Map<String, List<Integer>> partitions, boolean hasUserData) {}

    /** What a member tells its leader. */
    public static Subscription subscription(ByteBuffer bytes) throws MalformedException {
        try {
            ByteBuffer in = bytes.duplicate();
            short version = version(in);
            List<String> topics = new ArrayList<>();
            for (int left = count(in, Short.BYTES); left > 0; left--) {
                topics.add(string(in));
            }
            skipBytes(in);
            Map<String, List<Integer>> owned = version >= FIRST_WITH_OWNED ? partitions(in) : Map.of();
            if (version >= FIRST_WITH_GENERATION) {
                in.getInt();
            }
            String rackId = version >= FIRST_WITH_RACK ? nullableString(in) : null;
            return new Subscription(version, topics, owned, rackId == null || rackId.isEmpty() ? null : rackId);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new MalformedException("Malformed embedded consumer protocol in subscription deserialization.");
        }
    }

    /** What the leader tells a member. */
    public static Assignment assignment(ByteBuffer bytes) throws MalformedException {
        try {
            ByteBuffer in = bytes.duplicate();
            version(in);
            Map<String, List<Integer>> partitions = partitions(in);
            return new Assignment(partitions, skipBytes(in) > 0);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new MalformedException("Malformed embedded consumer protocol in assignment deserialization.");
        }
    }

    private static short version(ByteBuffer in) {
        short version = in.getShort();
        if (version < 0) {
            throw new IllegalArgumentException("version " + version);
        }
        return (short) Math.min(version, NEWEST);
    }

    private static Map<String, List<Integer>> partitions(ByteBuffer in) {
        Map<String, List<Integer>> partitions = new LinkedHashMap<>();
        for (int topics = count(in, Short.BYTES + Integer.BYTES); topics > 0; topics--) {
            List<Integer> ofTopic = partitions.computeIfAbsent(string(in), name -> new ArrayList<>());
            for (int left = count(in, Integer.BYTES); left > 0; left--) {
                ofTopic.add(in.getInt());
            }
        }
        return partitions;
    }

    /** A count that the bytes left can hold, of elements that take at least so many. */
    private static int count(ByteBuffer in, int elementBytes) {
        int count = in.getInt();
        if (count < 0 || (long) count * elementBytes > in.remaining()) {
            throw new IllegalArgumentException("count " + count);
        }
        return count;
    }

    private static String string(ByteBuffer in) {
        String text = nullableString(in);
        if (text == null) {
            throw new IllegalArgumentException("no text");
        }
        return text;
    }

    private static String nullableString(ByteBuffer in) {
        short length = in.getShort();
        if (length < 0) {
            return null;
        }
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer text = in.slice().limit(length);
        in.position(in.position() + length);
        return StandardCharsets.UTF_8.decode(text).toString();
    }

    private static int skipBytes(ByteBuffer in) {
        int length = in.getInt();
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        in.position(in.position() + Math.max(0, length));
        return Math.max(0, length);
    }

    /** The version in which the member of this subscription speaks. */
    public static short versionOf(ByteBuffer subscription) throws MalformedException {
        try {
            return version(subscription.duplicate());
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new MalformedException("Malformed embedded consumer protocol in version deserialization.");
        }
    }

    /** An assignment without user data, in this version; all of them look alike. */
    public static ByteBuffer assignment(Map<String, ? extends Set<Integer>> partitions, short version) {
        Map<byte[], Set<Integer>> byName = new LinkedHashMap<>();
        int size = Short.BYTES + 2 * Integer.BYTES;
        for (Map.Entry<String, ? extends Set<Integer>> topic : partitions.entrySet()) {
            byte[] name = topic.getKey().getBytes(StandardCharsets.UTF_8);
            byName.put(name, topic.getValue());
            size += Short.BYTES
                    + name.length
                    + Integer.BYTES * (1 + topic.getValue().size());
        }
        ByteBuffer out = ByteBuffer.allocate(size).putShort(version).putInt(byName.size());
        byName.forEach((name, numbers) -> {
            out.putShort((short) name.length).put(name).putInt(numbers.size());
            numbers.forEach(out::putInt);
        });
        return out.putInt(-1).flip();
    }
}
