package io.strikemq.junit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What tests do with clients, whatever the release of these. */
final class Kafka {
    private Kafka() {}

    static <K, V> void send(Producer<K, V> producer, String topic, K key, V value) {
        producer.send(new ProducerRecord<>(topic, key, value));
        producer.flush();
    }

    /** Polls until so many records are there. */
    static <K, V> List<ConsumerRecord<K, V>> read(Consumer<K, V> consumer, int count) {
        List<ConsumerRecord<K, V>> records = new ArrayList<>();
        for (int polls = 0; records.size() < count && polls < 100; polls++) {
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
        }
        return records;
    }

    static List<String> topics(Admin admin) {
        try {
            return admin.listTopics().names().get().stream().sorted().toList();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    static int partitions(Producer<?, ?> producer, String topic) {
        return producer.partitionsFor(topic).size();
    }
}
