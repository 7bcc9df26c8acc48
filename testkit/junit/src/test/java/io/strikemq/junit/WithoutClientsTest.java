package io.strikemq.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strikemq.embedded.StrikeMQ;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs once more without kafka-clients on the class path; {@code kafka-clients} tells whether they are. */
@StrikeMQTest(topics = @Topic(name = "orders"))
class WithoutClientsTest {
    @RegisterExtension
    static final StrikeMQExtension second =
            StrikeMQExtension.builder().name("second").topic("orders").build();

    @BootstrapServers
    private static String servers;

    @Broker("second")
    private StrikeMQ handle;

    @BeforeEach
    void before(StrikeMQ broker) {
        assertEquals(servers, broker.bootstrapServers());
    }

    @Test
    void theHandleNeedsNoKafkaClients(StrikeMQ broker, @BootstrapServers String bootstrapServers) {
        assertEquals(servers, bootstrapServers);
        assertEquals(broker.bootstrapServers(), bootstrapServers);
        assertEquals(second.bootstrapServers(), handle.bootstrapServers());
    }

    @Test
    @DisabledIfSystemProperty(named = "kafka-clients", matches = "there", disabledReason = "they are on the class path")
    void thereAreNoneOnTheClassPath() {
        assertThrows(ClassNotFoundException.class, () -> Class.forName("org.apache.kafka.clients.admin.Admin"));
    }
}
