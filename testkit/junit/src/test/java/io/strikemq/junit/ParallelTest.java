package io.strikemq.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.embedded.StrikeMQ;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ParallelTest {
    private static final Map<String, String> PARALLEL = Map.of(
            "junit.jupiter.execution.parallel.enabled", "true",
            "junit.jupiter.execution.parallel.mode.default", "concurrent",
            "junit.jupiter.execution.parallel.mode.classes.default", "concurrent",
            "junit.jupiter.execution.parallel.config.strategy", "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism", "4");

    static class EachWithItsOwn {
        private static final CountDownLatch TOGETHER = new CountDownLatch(2);
        private static final Set<String> ADDRESSES = ConcurrentHashMap.newKeySet();

        @RegisterExtension
        static final StrikeMQExtension kafka = StrikeMQExtension.builder()
                .scope(BrokerScope.METHOD)
                .topic("orders")
                .build();

        @RepeatedTest(8)
        void one(
                StrikeMQ broker,
                Producer<String, String> producer,
                @KafkaClient(topics = "orders", group = "g") Consumer<String, String> consumer)
                throws InterruptedException {
            TOGETHER.countDown();
            assertTrue(TOGETHER.await(30, TimeUnit.SECONDS), "tests run at the same time");
            assertSame(broker, kafka.broker());
            assertTrue(ADDRESSES.add(broker.bootstrapServers()));
            Kafka.send(producer, "orders", "k", "v");
            assertEquals(1, Kafka.read(consumer, 1).size());
        }
    }

    @Test
    void testsWithBrokersOfTheirOwnRunAtTheSameTime() {
        Samples.succeed(8, Samples.run(PARALLEL, EachWithItsOwn.class));
    }

    @StrikeMQTest(scope = BrokerScope.RUN, topics = @Topic(name = "orders"))
    static class Sharing {
        private static final AtomicInteger INSIDE = new AtomicInteger();

        @RepeatedTest(4)
        void one(Producer<String, String> producer, Admin admin) {
            assertEquals(1, INSIDE.incrementAndGet(), "tests that must not see each other's records");
            assertEquals(List.of("orders"), Kafka.topics(admin));
            Kafka.send(producer, "other", "k", "v");
            assertEquals(List.of("orders", "other"), Kafka.topics(admin));
            INSIDE.decrementAndGet();
        }
    }

    @StrikeMQTest(scope = BrokerScope.RUN, topics = @Topic(name = "orders"))
    static class SharingToo extends Sharing {}

    @Test
    void testsThatShareOneWithAResetTakeTurns() {
        Samples.succeed(8, Samples.run(PARALLEL, Sharing.class, SharingToo.class));
    }

    @StrikeMQTest(resetBeforeEach = false)
    static class SharingWithoutAReset {
        private static final CountDownLatch TOGETHER = new CountDownLatch(2);

        @RepeatedTest(4)
        void one() throws InterruptedException {
            TOGETHER.countDown();
            assertTrue(TOGETHER.await(30, TimeUnit.SECONDS), "tests run at the same time");
        }
    }

    @Test
    void withoutAResetTheyNeedNot() {
        Samples.succeed(4, Samples.run(PARALLEL, SharingWithoutAReset.class));
    }
}
