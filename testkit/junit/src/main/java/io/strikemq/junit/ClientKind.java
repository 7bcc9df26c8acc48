package io.strikemq.junit;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The kinds of Kafka clients, known by name: kafka-clients need not be on the class path. */
enum ClientKind {
    PRODUCER("org.apache.kafka.clients.producer.Producer", "org.apache.kafka.clients.producer.KafkaProducer"),
    CONSUMER("org.apache.kafka.clients.consumer.Consumer", "org.apache.kafka.clients.consumer.KafkaConsumer"),
    ADMIN("org.apache.kafka.clients.admin.Admin", "org.apache.kafka.clients.admin.AdminClient");

    private final Set<String> types;

    ClientKind(String... types) {
        this.types = Set.of(types);
    }

    /** The kind of client that a parameter or field of that type holds. */
    static Optional<ClientKind> of(Class<?> type) {
        return Stream.of(values())
                .filter(kind -> kind.types.contains(type.getName()))
                .findFirst();
    }
}
