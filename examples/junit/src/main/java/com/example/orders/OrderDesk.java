package com.example.orders;

import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes orders to the topic "orders", by customer. */
public final class OrderDesk implements AutoCloseable {
    private final Producer<String, String> producer;

    public OrderDesk(String bootstrapServers) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrapServers);
        producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
    }

    /** Returns when the order is safe. */
    public void place(String customer, String article) {
        producer.send(new ProducerRecord<>("orders", customer, article));
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
