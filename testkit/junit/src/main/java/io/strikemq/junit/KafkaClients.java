package io.strikemq.junit;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.JUnitException;

/**
 * Makes clients by the kafka-clients on the class path, of whatever release: the one class that needs it, and that is
 * loaded only when a client is wanted.
 */
final class KafkaClients {
    /** For a client whose broker does not answer any more, since the test saw to that. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    /** A consumer that is closed waits for the answer to its fetch: by default half a second, in each test. */
    private static final int FETCH_MAX_WAIT_MILLIS = 50;

    private KafkaClients() {}

    /**
     * Makes a client.
     *
     * @param name its client id, and a consumer's group unless that is said
     * @throws ExtensionConfigurationException when its type arguments do not tell how to write or read
     */
    static AutoCloseable create(ClientKind kind, Wanted wanted, String bootstrapServers, String name) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", bootstrapServers);
        properties.put("client.id", name);
        return switch (kind) {
            case PRODUCER -> producer(wanted, properties);
            case CONSUMER -> consumer(wanted, properties, name);
            case ADMIN -> admin(wanted, properties);
        };
    }

    private static AutoCloseable admin(Wanted wanted, Map<String, Object> properties) {
        refuseGroupAndTopics(wanted);
        properties.putAll(given(wanted));
        return Admin.create(properties);
    }

    private static AutoCloseable producer(Wanted wanted, Map<String, Object> properties) {
        refuseGroupAndTopics(wanted);
        properties.putAll(given(wanted));
        return new KafkaProducer<>(
                properties,
                serde(wanted, 0, properties.get("key.serializer"))
                        .map(Serde::serializer)
                        .orElse(null),
                serde(wanted, 1, properties.get("value.serializer"))
                        .map(Serde::serializer)
                        .orElse(null));
    }

    private static AutoCloseable consumer(Wanted wanted, Map<String, Object> properties, String name) {
        String group = wanted.client().map(KafkaClient::group).orElse("");
        properties.put("group.id", group.isEmpty() ? name : group);
        properties.put("auto.offset.reset", "earliest");
        properties.put("fetch.max.wait.ms", FETCH_MAX_WAIT_MILLIS);
        properties.putAll(given(wanted));
        Consumer<?, ?> consumer = new KafkaConsumer<>(
                properties,
                serde(wanted, 0, properties.get("key.deserializer"))
                        .map(Serde::deserializer)
                        .orElse(null),
                serde(wanted, 1, properties.get("value.deserializer"))
                        .map(Serde::deserializer)
                        .orElse(null));
        List<String> topics =
                wanted.client().map(client -> List.of(client.topics())).orElse(List.of());
        if (!topics.isEmpty()) {
            consumer.subscribe(topics);
        }
        return consumer;
    }

    private static void refuseGroupAndTopics(Wanted wanted) {
        wanted.client().ifPresent(client -> {
            if (!client.group().isEmpty() || client.topics().length > 0) {
                throw new ExtensionConfigurationException("A group and topics are for consumers: " + wanted.what());
            }
        });
    }

    private static Map<String, String> given(Wanted wanted) {
        return wanted.client()
                .map(client -> Declaration.pairs("A property of " + wanted.what(), client.properties()))
                .orElse(Map.of());
    }

    /** How the declared type is written and read; empty where a property of the client says it. */
    private static Optional<Serde<?>> serde(Wanted wanted, int argument, Object said) {
        if (said != null) {
            return Optional.empty();
        }
        Type type = wanted.type() instanceof ParameterizedType parameterized
                ? parameterized.getActualTypeArguments()[argument]
                : null;
        if (type == Void.class) {
            return Optional.of(Serdes.Void());
        }
        try {
            if (type instanceof Class<?> known) {
                return Optional.of(Serdes.serdeFrom(known));
            }
        } catch (IllegalArgumentException e) {
            // Told below, with what the class may be.
        }
        String which = argument == 0 ? "key" : "value";
        throw new ExtensionConfigurationException("There is no " + which + " serializer for " + wanted.what()
                + ": its type argument is " + (type == null ? "missing" : type.getTypeName())
                + ". Known are String, byte[], Short, Integer, Long, Float, Double, UUID, ByteBuffer, Bytes and Void; for"
                + " others say it: @KafkaClient(properties = \"" + which + ".serializer=…\"), or " + which
                + ".deserializer for a consumer");
    }

    /** Closes a client, also one whose broker does not answer any more. */
    static void close(AutoCloseable client, String name) {
        if (client instanceof Producer<?, ?> producer) {
            producer.close(CLOSE_TIMEOUT);
        } else if (client instanceof Admin admin) {
            admin.close(CLOSE_TIMEOUT);
        } else if (client instanceof Consumer<?, ?> consumer) {
            close(consumer, name);
        }
    }

    private static void close(Consumer<?, ?> consumer, String name) {
        try {
            consumer.close(CLOSE_TIMEOUT);
        } catch (ConcurrentModificationException e) {
            consumer.wakeup();
            throw new JUnitException(
                    "Consumer " + name + " cannot be closed, since another thread still uses it: end that in the test",
                    e);
        }
    }
}
