package io.strikemq.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.strikemq.embedded.StrikeMQ;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@StrikeMQTest(topics = @Topic(name = "orders"))
class FieldsTest extends FieldsOfABase {
    private static final Set<Producer<?, ?>> SEEN = new HashSet<>();

    @Broker
    private static StrikeMQ shared;

    @KafkaClient
    private static Admin admin;

    @BootstrapServers
    private String bootstrapServers;

    @KafkaClient
    private Producer<String, String> producer;

    @KafkaClient(topics = "orders", group = "g")
    private Consumer<String, String> consumer;

    /** Of nobody's concern. */
    private StrikeMQ other;

    @BeforeAll
    static void staticFieldsAreFilledBeforeAllTests() {
        assertEquals(List.of("orders"), Kafka.topics(admin));
    }

    @Test
    void fieldsAreFilled() {
        assertEquals(shared.bootstrapServers(), bootstrapServers);
        assertSame(shared, broker);
        assertSame(null, other);
        Kafka.send(producer, "orders", "a", "b");
        assertEquals("b", Kafka.read(consumer, 1).get(0).value());
    }

    @RepeatedTest(2)
    void eachTestHasClientsOfItsOwn() {
        assertEquals(true, SEEN.add(producer));
    }

    @Nested
    class Inside {
        @Broker
        private StrikeMQ inner;

        @Test
        void theFieldsOfTheClassesAroundAreFilledToo() {
            assertSame(shared, inner);
            assertNotNull(producer);
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class WithOneInstance {
        @Broker
        private StrikeMQ inner;

        @BeforeAll
        void fieldsOfAnInstanceThatLastsAreFilledBeforeAllTests() {
            assertSame(shared, inner);
        }

        @Test
        void hasATest() {
            assertSame(shared, inner);
        }
    }
}
