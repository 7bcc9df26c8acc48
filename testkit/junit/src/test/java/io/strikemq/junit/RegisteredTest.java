package io.strikemq.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.embedded.StrikeMQ;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

class RegisteredTest {
    static class InAStaticField {
        @RegisterExtension
        static final StrikeMQExtension kafka = StrikeMQExtension.builder()
                .setting("num.partitions", 4)
                .topic("orders", 3)
                .topic("refunds", 1, Map.of("cleanup.policy", "compact"))
                .build();

        private static StrikeMQ first;

        @BeforeAll
        static void theBrokerRunsBeforeAllTests() {
            first = kafka.broker();
        }

        @Test
        void theBrokerIsTheClasss(StrikeMQ broker, Admin admin, Producer<String, String> producer) {
            assertSame(first, broker);
            assertSame(first, kafka.broker());
            assertEquals(broker.bootstrapServers(), kafka.bootstrapServers());
            assertTrue(kafka.httpUrl().startsWith("http://127.0.0.1:"));
            assertEquals(List.of("orders", "refunds"), Kafka.topics(admin));
            assertEquals(4, Kafka.partitions(producer, "made-by-asking"));
        }

        @Test
        void otherThreadsFindItToo() throws InterruptedException {
            StrikeMQ[] found = new StrikeMQ[1];
            Thread thread = new Thread(() -> found[0] = kafka.broker());
            thread.start();
            thread.join();
            assertSame(first, found[0]);
        }

        @Nested
        class Inside {
            @Test
            void isShared(StrikeMQ broker) {
                assertSame(first, broker);
            }
        }
    }

    @Test
    void aStaticFieldHasABrokerForTheClass() {
        Samples.succeed(3, Samples.run(InAStaticField.class));
        assertThrows(IllegalStateException.class, InAStaticField.kafka::broker);
    }

    static class InAFieldOfTheInstance {
        private static String last = "";

        @RegisterExtension
        final StrikeMQExtension kafka =
                StrikeMQExtension.builder().topic("orders").build();

        @Test
        void one(Admin admin, StrikeMQ broker) {
            assertEquals(List.of("orders"), Kafka.topics(admin));
            assertSame(broker, kafka.broker());
            assertNotEquals(last, broker.bootstrapServers());
            last = broker.bootstrapServers();
        }

        @Test
        void two(Admin admin, StrikeMQ broker) {
            one(admin, broker);
        }
    }

    @Test
    void aFieldOfTheInstanceHasABrokerForEachTest() {
        Samples.succeed(2, Samples.run(InAFieldOfTheInstance.class));
    }

    static class ForTheClassInAFieldOfTheInstance {
        @RegisterExtension
        final StrikeMQExtension kafka =
                StrikeMQExtension.builder().scope(BrokerScope.CLASS).build();

        @Test
        void one() {}
    }

    @Test
    void aFieldOfTheInstanceCannotHaveOneForTheClass() {
        Throwable failure =
                Samples.failures(ForTheClassInAFieldOfTheInstance.class).get(0);
        assertTrue(failure.getMessage().contains("make the field static"), failure.getMessage());
    }

    static class Two {
        @RegisterExtension
        static final StrikeMQExtension east = StrikeMQExtension.builder()
                .name("east")
                .scope(BrokerScope.RUN)
                .topic("e")
                .build();

        @RegisterExtension
        static final StrikeMQExtension west =
                StrikeMQExtension.builder().name("west").topic("w").build();

        @Broker("west")
        @KafkaClient
        private Admin westAdmin;

        @Test
        void namesTellThemApart(@Broker("east") StrikeMQ broker, @Broker("east") Admin eastAdmin) {
            assertSame(east.broker(), broker);
            assertNotEquals(east.bootstrapServers(), west.bootstrapServers());
            assertEquals(List.of("e"), Kafka.topics(eastAdmin));
            assertEquals(List.of("w"), Kafka.topics(westAdmin));
        }
    }

    @Test
    void aTestMayHaveSeveralBrokers() {
        Samples.succeed(1, Samples.run(Two.class));
    }

    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @StrikeMQTest(settings = "num.partitions=6")
    @Topic(name = "orders")
    @interface OrdersTest {}

    @OrdersTest
    static class WithAnAnnotationOfItsOwn {
        @Test
        void one(Admin admin, Producer<String, String> producer) {
            assertEquals(List.of("orders"), Kafka.topics(admin));
            assertEquals(6, Kafka.partitions(producer, "made-by-asking"));
        }
    }

    @Test
    void annotationsMayBeMadeOfOurs() {
        Samples.succeed(1, Samples.run(WithAnAnnotationOfItsOwn.class));
    }

    static class OnAMethod {
        @Test
        @ExtendWith(StrikeMQExtension.class)
        @Topic(name = "orders")
        void one(Admin admin) {
            assertEquals(List.of("orders"), Kafka.topics(admin));
        }
    }

    @Test
    void theExtensionAloneWorksWithDefaults() {
        Samples.succeed(1, Samples.run(OnAMethod.class));
    }
}
