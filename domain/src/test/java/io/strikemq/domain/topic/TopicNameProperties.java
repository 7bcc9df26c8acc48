package io.strikemq.domain.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.common.internals.Topic;
import org.junit.jupiter.api.Test;

/** Compares the rules for names with those of Kafka's own client library. */
class TopicNameProperties {
    @Property(tries = 300)
    void aNameIsLegalExactlyWhereKafkaSaysSo(@ForAll("names") String name) {
        assertEquals(Topic.isValid(name), TopicName.fault(name).isEmpty(), name);
    }

    @Property(tries = 300)
    void namesCollideExactlyWhereKafkaSaysSo(@ForAll("shortNames") String one, @ForAll("shortNames") String other) {
        assertEquals(!one.equals(other) && Topic.hasCollision(one, other), TopicName.collide(one, other));
    }

    @Property(tries = 100)
    void internalTopicsAreKafkas(@ForAll("names") String name) {
        assertEquals(Topic.isInternal(name), io.strikemq.domain.topic.Topic.isInternal(name));
    }

    @Test
    void aNameOf249CharactersIsTheLongest() {
        assertTrue(TopicName.fault("x".repeat(249)).isEmpty());
        assertFalse(TopicName.fault("x".repeat(250)).isEmpty());
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("aZ09._-").ofMinLength(0).ofMaxLength(260),
                Arbitraries.strings().ofMaxLength(20),
                Arbitraries.of(
                        "",
                        ".",
                        "..",
                        "...",
                        "a b",
                        "a/b",
                        "\u00e4",
                        "__consumer_offsets",
                        "__transaction_state",
                        "__share_group_state",
                        "__cluster_metadata"));
    }

    @Provide
    Arbitrary<String> shortNames() {
        return Arbitraries.strings().withChars("a._").ofMinLength(1).ofMaxLength(3);
    }
}
