package io.strikemq.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@StrikeMQTest(
        topics =
                @Topic(
                        name = "orders",
                        partitions = 3,
                        configs = {"cleanup.policy=compact", "segment.bytes = 2048576"}))
@Topic(name = "payments", partitions = 2)
@Topic(name = "refunds")
class TopicsTest {
    @Test
    void existWithPartitionsAndConfigs(Producer<String, String> producer, Admin admin) throws Exception {
        assertEquals(List.of("orders", "payments", "refunds"), Kafka.topics(admin));
        assertEquals(3, Kafka.partitions(producer, "orders"));
        assertEquals(2, Kafka.partitions(producer, "payments"));
        ConfigResource orders = new ConfigResource(ConfigResource.Type.TOPIC, "orders");
        assertEquals(
                "compact",
                admin.describeConfigs(Set.of(orders))
                        .all()
                        .get()
                        .get(orders)
                        .get("cleanup.policy")
                        .value());
    }

    @Test
    @Topic(name = "late")
    @Topic(name = "payments", partitions = 5)
    void ofAMethodAreThereForItAlone(Producer<String, String> producer, Admin admin) {
        assertEquals(List.of("late", "orders", "payments", "refunds"), Kafka.topics(admin));
        assertEquals(5, Kafka.partitions(producer, "payments"), "what stands nearer counts");
    }

    @RepeatedTest(2)
    void areThereAgainAfterATestDeletedThem(Admin admin) throws Exception {
        assertEquals(List.of("orders", "payments", "refunds"), Kafka.topics(admin));
        admin.deleteTopics(Set.of("orders")).all().get();
    }

    @Nested
    @Topic(name = "inner")
    class Inside {
        @Test
        void nestedClassesAddTheirs(Admin admin) {
            assertEquals(List.of("inner", "orders", "payments", "refunds"), Kafka.topics(admin));
        }
    }

    @Nested
    @StrikeMQTest(scope = BrokerScope.METHOD)
    @Topic(name = "own")
    class WithItsOwnBroker {
        @Test
        void theTopicsAroundDoNotCount(Admin admin) {
            assertEquals(List.of("own"), Kafka.topics(admin));
        }
    }

    @Nested
    @StrikeMQTest(topics = @Topic(name = "asked-for", partitions = 3))
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class WhileAClientAsksForThem {
        private final Thread asking = new Thread(this::ask);
        private Producer<String, String> producer;
        private volatile boolean over;

        @BeforeAll
        void begin(Producer<String, String> ofTheClass) {
            producer = ofTheClass;
            asking.start();
        }

        private void ask() {
            while (!over) {
                try {
                    producer.send(new ProducerRecord<>("asked-for", "k", "v")).get();
                } catch (InterruptedException | ExecutionException e) {
                    // There was a reset in between.
                }
            }
        }

        @RepeatedTest(60)
        void haveThePartitionsThatWereDeclared(Consumer<String, String> consumer) {
            // Asked of a consumer that knows nothing yet: there is no way to describe topics that all releases have in
            // common.
            assertEquals(3, consumer.partitionsFor("asked-for").size());
        }

        @AfterAll
        void end() throws InterruptedException {
            over = true;
            asking.join();
        }
    }
}
