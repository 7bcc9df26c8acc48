package io.strikemq.endtoend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A partition forgets an idempotent producer that is silent, when both of Kafka's settings say so. */
class ForgottenProducersTest {
    private static final TopicPartition PARTITION = new TopicPartition("forgotten", 0);

    @TempDir
    Path folder;

    @Test
    void theyAreLookedForAsOftenAsTheSettingSays() throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(
                        folder,
                        "--set",
                        "producer.id.expiration.ms=1000",
                        "--set",
                        "producer.id.expiration.check.interval.ms=100");
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            write(broker);
            boolean forgotten = Await.until(30, () -> producers(admin) == 0);
            assertTrue(forgotten, "the producer is remembered still");
        }
    }

    private static void write(BrokerProcess broker) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(PARTITION.topic(), "value")).get();
        }
    }

    private static int producers(Admin admin) {
        try {
            return admin.describeProducers(List.of(PARTITION))
                    .partitionResult(PARTITION)
                    .get()
                    .activeProducers()
                    .size();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
