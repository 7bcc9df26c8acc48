package io.strikemq.application.topic;

import static io.strikemq.application.topic.TopicFixture.ANYONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicRef;
import io.strikemq.domain.topic.admin.ConfigAlteration;
import io.strikemq.domain.topic.admin.ConfigChange;
import io.strikemq.domain.topic.admin.ConfigChange.Operation;
import io.strikemq.domain.topic.admin.ConfigResource;
import io.strikemq.domain.topic.admin.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicSettingsCacheTest {
    private final TopicFixture broker = TopicFixture.usual();
    private final Topic orders = broker.existing("orders", 1);

    @Test
    void aTopicsConfigsAreParsedOnce() {
        assertSame(broker.settings.of(orders), broker.settings.of(orders));
    }

    @Test
    void anAlteredTopicHasItsNewSettingsAtOnceAndItsOldStateTheOldOnes() {
        broker.configs.replace(
                ANYONE,
                List.of(new ConfigAlteration(
                        new ConfigResource(ConfigResource.TOPIC, "orders"),
                        List.of(new ConfigChange(Operation.SET, "max.message.bytes", "77")))),
                Mode.APPLY);
        assertEquals(
                77,
                broker.settings.of(broker.registry.find("orders").orElseThrow()).maxMessageBytes());
        assertEquals(1048588, broker.settings.of(orders).maxMessageBytes());
    }

    @Test
    void aDeletedTopicIsForgotten() {
        broker.deletion.delete(ANYONE, List.of(TopicRef.byName("orders")));
        assertNotSame(broker.settings.of(orders), broker.settings.of(orders));
    }
}
