package io.strikemq.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka's own clients, each for one call. */
final class Clients {
    private Clients() {}

    static void produce(StrikeMQ broker, String topic, String value) {
        Map<String, Object> configs = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(configs, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value));
        }
    }

    /** Waits until so many records have come. */
    static List<String> consume(StrikeMQ broker, String topic, int count) {
        try (KafkaConsumer<String, String> consumer = consumer(broker, topic)) {
            List<String> values = new ArrayList<>();
            while (values.size() < count) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }

    static KafkaConsumer<String, String> consumer(StrikeMQ broker, String topic) {
        Map<String, Object> configs = Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "group.id", "tests",
                "auto.offset.reset", "earliest",
                // A consumer's close waits for its last fetch.
                "fetch.max.wait.ms", "50");
        KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(configs, new StringDeserializer(), new StringDeserializer());
        consumer.subscribe(List.of(topic));
        return consumer;
    }
}
