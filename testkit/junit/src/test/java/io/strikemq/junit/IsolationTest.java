package io.strikemq.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;

class IsolationTest {
    private static final AtomicInteger TESTS = new AtomicInteger();

    private static void sendAndExpect(Producer<String, String> producer, Consumer<String, String> consumer, int count) {
        Kafka.send(producer, "orders", "k", "v");
        assertEquals(count, Kafka.read(consumer, count).size());
        consumer.commitSync();
    }

    @Nested
    @StrikeMQTest(topics = @Topic(name = "orders"))
    class WithAReset {
        @RepeatedTest(3)
        void noTestFindsWhatAnotherDid(
                @KafkaClient(group = "g", topics = "orders") Consumer<String, String> consumer,
                Producer<String, String> producer,
                Admin admin) {
            assertEquals(List.of("orders"), Kafka.topics(admin));
            sendAndExpect(producer, consumer, 1);
            Kafka.send(producer, "other", "k", "v");
        }
    }

    @Nested
    @StrikeMQTest(topics = @Topic(name = "orders"), resetBeforeEach = false)
    class WithoutOne {
        @RepeatedTest(3)
        void testsShareWhatIsInTheBroker(
                @KafkaClient(topics = "orders") Consumer<String, String> consumer, Producer<String, String> producer) {
            sendAndExpect(producer, consumer, TESTS.incrementAndGet());
        }
    }
}
