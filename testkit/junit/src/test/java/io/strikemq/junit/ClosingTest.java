package io.strikemq.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fault.FaultRule;
import io.strikemq.embedded.StrikeMQ;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ClosingTest {
    private static Producer<String, String> producer;
    private static Consumer<String, String> consumer;

    private static List<String> clientThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("kafka-"))
                .toList();
    }

    @StrikeMQTest
    static class Sample {
        @KafkaClient
        private static Admin ofTheClass;

        @Test
        void one(Producer<String, String> producer, Consumer<String, String> consumer, Admin admin) {
            ClosingTest.producer = producer;
            ClosingTest.consumer = consumer;
        }

        @AfterAll
        static void clientsOfTheClassAreOpenUntilItsEnd() {
            assertThrows(IllegalStateException.class, consumer::subscription);
            assertEquals(List.of(), Kafka.topics(ofTheClass));
        }
    }

    @Test
    void clientsAreClosedWithWhatTheyWereMadeFor() {
        Samples.succeed(1, Samples.run(Sample.class));
        assertThrows(IllegalStateException.class, () -> Kafka.send(producer, "orders", "k", "v"));
        assertThrows(IllegalStateException.class, () -> consumer.poll(Duration.ZERO));
        assertEquals(List.of(), clientThreads());
    }

    @StrikeMQTest(topics = @Topic(name = "orders"))
    static class Refused {
        private static Future<RecordMetadata> sent;

        @Test
        void one(StrikeMQ broker, Producer<String, String> producer) {
            broker.faults().add(FaultRule.on("Produce").answer(ErrorCode.NOT_LEADER_OR_FOLLOWER));
            sent = producer.send(new ProducerRecord<>("orders", "k", "v"));
        }
    }

    @Test
    void faultsEndBeforeTheClientsAreClosed() throws Exception {
        Samples.succeed(1, Samples.run(Refused.class));
        assertEquals(0, Refused.sent.get().offset(), "sent by the close");
    }

    @StrikeMQTest(topics = @Topic(name = "orders"))
    static class StillUsed {
        private static Thread poller;

        @Test
        void one(@KafkaClient(topics = "orders") Consumer<String, String> consumer) throws InterruptedException {
            CountDownLatch begun = new CountDownLatch(1);
            poller = new Thread(() -> {
                try (consumer) {
                    consumer.poll(Duration.ZERO);
                    begun.countDown();
                    consumer.poll(Duration.ofMinutes(5));
                }
            });
            poller.setUncaughtExceptionHandler((thread, wakeup) -> {});
            poller.start();
            begun.await();
            while (poller.getState() == Thread.State.RUNNABLE && !isPolling()) {
                Thread.onSpinWait();
            }
        }

        private static boolean isPolling() {
            return List.of(poller.getStackTrace()).stream()
                    .anyMatch(frame -> frame.getMethodName().equals("poll"));
        }
    }

    @Test
    void aConsumerThatIsStillUsedIsWokenAndTold() throws InterruptedException {
        StringWriter failure = new StringWriter();
        Samples.failures(StillUsed.class).get(0).printStackTrace(new PrintWriter(failure));
        assertTrue(failure.toString().contains("another thread still uses it"), failure.toString());
        StillUsed.poller.join();
    }
}
