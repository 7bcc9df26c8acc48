package io.strikemq.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.strikemq.embedded.StrikeMQ;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.kafka.core.KafkaTemplate;

/** As users write it. */
@SpringBootTest(classes = OrdersApplication.class, properties = "spring.kafka.consumer.auto-offset-reset=earliest")
@EmbeddedStrikeMQ(topics = "orders", partitions = 3)
class BootTest {
    @Autowired
    private KafkaTemplate<String, String> template;

    @Autowired
    private OrdersApplication application;

    @Autowired
    private StrikeMQ broker;

    @Value("${spring.embedded.kafka.brokers}")
    private String brokers;

    @Value("${spring.kafka.bootstrap-servers}")
    private String bootstrapServers;

    @Test
    void theApplicationTalksToTheBroker() throws Exception {
        template.send("orders", "an order").get(30, TimeUnit.SECONDS);
        assertEquals("an order", application.orders.poll(30, TimeUnit.SECONDS));
        assertEquals(3, template.partitionsFor("orders").size());
    }

    @Test
    void thePropertiesAndTheHandleAreOfTheSame(@Autowired StrikeMQ parameter) {
        assertSame(broker, parameter);
        assertEquals(broker.bootstrapServers(), brokers);
        assertEquals(broker.bootstrapServers(), bootstrapServers);
        assertEquals(broker.bootstrapServers(), System.getProperty("spring.embedded.kafka.brokers"));
    }

    @Nested
    class Inside {
        @Autowired
        private StrikeMQ inner;

        @Test
        void nestedClassesHaveTheSame() {
            assertSame(broker, inner);
        }
    }

    @Nested
    @EmbeddedStrikeMQ(topics = {"orders", "other"})
    class WithItsOwn {
        @Autowired
        private StrikeMQ inner;

        @Autowired
        private KafkaTemplate<String, String> innerTemplate;

        @Test
        void nestedClassesMayHaveTheirOwn() {
            assertNotNull(inner);
            assertEquals(2, innerTemplate.partitionsFor("other").size(), "as many as @EmbeddedKafka gives");
        }
    }
}
