package io.strikemq.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.embedded.StrikeMQ;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What the application's own kafka-clients produces comes back to it. */
final class RoundTrip {
    private RoundTrip() {}

    /** For each codec: the client compresses with it, and the broker, which keeps the records in another one. */
    static void with(StrikeMQ broker, String... codecs) throws Exception {
        List<String> topics = new ArrayList<>();
        for (String codec : codecs) {
            String topic = "orders-" + codec;
            broker.createTopic(topic, 1, Map.of("compression.type", codec.equals("zstd") ? "snappy" : "zstd"));
            produce(broker, topic, codec);
            topics.add(topic);
        }
        assertEquals(topics.size(), consume(broker, topics));
    }

    private static void produce(StrikeMQ broker, String topic, String codec) throws Exception {
        Map<String, Object> configs = Map.of("bootstrap.servers", broker.bootstrapServers(), "compression.type", codec);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(configs, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, "bread ".repeat(100))).get();
        }
    }

    private static int consume(StrikeMQ broker, List<String> topics) {
        Map<String, Object> configs = Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "group.id", "shop",
                "auto.offset.reset", "earliest",
                "fetch.max.wait.ms", "50");
        int count = 0;
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(configs, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(topics);
            while (count < topics.size()) {
                count += consumer.poll(Duration.ofSeconds(1)).count();
            }
        }
        return count;
    }
}
