package io.strikemq.domain.group.consumer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What clients of the classic protocol tell their assignors (ConsumerProtocolSubscription 1, ConsumerProtocolAssignment 0). */
public final class ClassicBytes {
    private ClassicBytes() {}

    record Subscription(List<String> topics, Map<String, Set<Integer>> owned) {}

    /** A subscription to these topics by who has these partitions. */
    public static ByteBuffer subscription(List<String> topics, Map<String, Set<Integer>> owned) {
        ByteBuffer out = ByteBuffer.allocate(4096).putShort((short) 1).putInt(topics.size());
        topics.forEach(topic -> put(out, topic));
        out.putInt(-1);
        put(out, owned);
        return out.flip();
    }

    /** An assignment of these partitions. */
    public static ByteBuffer assignment(Map<String, Set<Integer>> partitions) {
        ByteBuffer out = ByteBuffer.allocate(4096).putShort((short) 0);
        put(out, partitions);
        return out.putInt(-1).flip();
    }

    private static void put(ByteBuffer out, Map<String, Set<Integer>> partitions) {
        out.putInt(partitions.size());
        partitions.forEach((topic, numbers) -> {
            put(out, topic);
            out.putInt(numbers.size());
            numbers.forEach(out::putInt);
        });
    }

    private static void put(ByteBuffer out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.putShort((short) bytes.length).put(bytes);
    }

    static Subscription read(ByteBuffer subscription) {
        ByteBuffer in = subscription.duplicate();
        in.getShort();
        List<String> topics = new ArrayList<>();
        for (int left = in.getInt(); left > 0; left--) {
            topics.add(text(in));
        }
        in.getInt();
        return new Subscription(topics, readPartitions(in));
    }

    /** The partitions of an assignment; none in one without bytes. */
    public static Map<String, Set<Integer>> partitions(ByteBuffer assignment) {
        ByteBuffer in = assignment.duplicate();
        if (!in.hasRemaining()) {
            return Map.of();
        }
        in.getShort();
        return readPartitions(in);
    }

    private static Map<String, Set<Integer>> readPartitions(ByteBuffer in) {
        Map<String, Set<Integer>> partitions = new TreeMap<>();
        for (int topics = in.getInt(); topics > 0; topics--) {
            Set<Integer> numbers = partitions.computeIfAbsent(text(in), name -> new LinkedHashSet<>());
            for (int left = in.getInt(); left > 0; left--) {
                numbers.add(in.getInt());
            }
        }
        return partitions;
    }

    private static String text(ByteBuffer in) {
        byte[] bytes = new byte[in.getShort()];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
