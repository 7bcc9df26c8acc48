package io.strikemq.domain.group;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the topics out of what consumers tell their assignors: a version (int16) and an array of topic names begin
 * every version of Kafka's consumer protocol; the rest is not looked at.
 */
public final class SubscribedTopics {
    /** The protocol type whose metadata has this form. */
    public static final String PROTOCOL_TYPE = "consumer";

    private SubscribedTopics() {}

    /** The topics of all subscriptions; empty when one of them cannot be read. */
    public static Optional<Set<String>> of(List<ByteBuffer> subscriptions) {
        Set<String> topics = new HashSet<>();
        try {
            subscriptions.forEach(subscription -> readInto(topics, subscription.duplicate()));
        } catch (BufferUnderflowException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
        return Optional.of(topics);
    }

    private static void readInto(Set<String> topics, ByteBuffer subscription) {
        subscription.getShort();
        int count = subscription.getInt();
        for (int i = 0; i < count; i++) {
            int length = subscription.getShort();
            if (length < 0) {
                throw new IllegalArgumentException("a topic name of length " + length);
            }
            if (length > subscription.remaining()) {
                throw new BufferUnderflowException();
            }
            byte[] name = new byte[length];
            subscription.get(name);
            topics.add(new String(name, StandardCharsets.UTF_8));
        }
    }
}
