package io.strikemq.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What each test does, whatever the broker: 20 records to two topics of four partitions, read by a group of two. */
record Scenario(String bootstrapServers, String orders, String refunds, String group) {
    private static final int RECORDS = 20;

    void play() {
        try (KafkaConsumer<String, String> one = consumer();
                KafkaConsumer<String, String> other = consumer()) {
            produce();
            Set<String> read = new HashSet<>();
            while (read.size() < RECORDS || one.assignment().isEmpty() || other.assignment().isEmpty()) {
                for (KafkaConsumer<String, String> consumer : List.of(one, other)) {
                    consumer.poll(Duration.ofMillis(10)).forEach(record -> read.add(record.value()));
                }
            }
            one.commitSync();
            other.commitSync();
            assertEquals(RECORDS, read.size());
            assertEquals(8, one.assignment().size() + other.assignment().size());
        }
    }

    private void produce() {
        // Kafka may refuse the first records for a topic that it has just created; an idempotent producer can get stuck then.
        Map<String, Object> properties =
                Map.of("bootstrap.servers", bootstrapServers, "enable.idempotence", false);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            IntStream.range(0, RECORDS)
                    .forEach(i -> producer.send(
                            new ProducerRecord<>(i % 2 == 0 ? orders : refunds, "key-" + i, "value-" + i)));
        }
    }

    private KafkaConsumer<String, String> consumer() {
        // By the heartbeat the first member hears that there is a second one; a fetch that waits keeps a consumer from
        // being closed.
        KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "group.id", group,
                        "auto.offset.reset", "earliest",
                        "heartbeat.interval.ms", 20,
                        "fetch.max.wait.ms", 50),
                new StringDeserializer(),
                new StringDeserializer());
        consumer.subscribe(List.of(orders, refunds));
        return consumer;
    }
}
