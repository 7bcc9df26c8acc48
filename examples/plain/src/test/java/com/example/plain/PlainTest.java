package com.example.plain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.embedded.StrikeMQ;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** The broker without an extension: the same lines work in TestNG, Spock, a main method … */
class PlainTest {
    @Test
    void whatIsWrittenIsRead() {
        try (StrikeMQ broker = StrikeMQ.start()) {
            broker.createTopic("orders", 3);
            write(broker, "orders", "a book");
            assertEquals("a book", read(broker, "orders"));
        }
    }

    @Test
    void brokersLiveSideBySide() {
        try (StrikeMQ east = StrikeMQ.options().topic("orders").start();
                StrikeMQ west = StrikeMQ.options()
                        .setting("num.partitions", 6)
                        .topic("orders")
                        .start()) {
            write(east, "orders", "from the east");
            write(west, "orders", "from the west");
            assertEquals("from the east", read(east, "orders"));
            assertEquals("from the west", read(west, "orders"));
        }
    }

    private static void write(StrikeMQ broker, String topic, String value) {
        Map<String, Object> properties = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value));
        }
    }

    private static String read(StrikeMQ broker, String topic) {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers", broker.bootstrapServers(), "group.id", "g", "auto.offset.reset", "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            ConsumerRecords<String, String> records = ConsumerRecords.empty();
            while (records.isEmpty()) {
                records = consumer.poll(Duration.ofMillis(200));
            }
            return records.iterator().next().value();
        }
    }
}
