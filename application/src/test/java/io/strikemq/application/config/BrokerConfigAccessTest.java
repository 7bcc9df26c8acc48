package io.strikemq.application.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.application.topic.TopicFixture;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.admin.ConfigAlteration;
import io.strikemq.domain.topic.admin.ConfigChange;
import io.strikemq.domain.topic.admin.ConfigChange.Operation;
import io.strikemq.domain.topic.admin.ConfigEntry;
import io.strikemq.domain.topic.admin.ConfigEntry.Source;
import io.strikemq.domain.topic.admin.ConfigOutcome;
import io.strikemq.domain.topic.admin.ConfigResource;
import io.strikemq.domain.topic.admin.Mode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Configs that are altered while the broker runs, as far as the comparison with Kafka does not show them. */
class BrokerConfigAccessTest {
    private static final RequestContext ANYONE =
            new RequestContext(0, "PLAINTEXT", RequestContext.ANONYMOUS, "", "/127.0.0.1");
    private static final ConfigResource ALL = new ConfigResource(ConfigResource.BROKER, "");
    private static final ConfigResource ONE = new ConfigResource(ConfigResource.BROKER, "0");
    private static final ConfigResource GROUP = new ConfigResource(ConfigResource.GROUP, "g");
    private static final ConfigResource ORDERS = new ConfigResource(ConfigResource.TOPIC, "orders");

    private final TopicFixture broker = TopicFixture.usual();

    @Test
    void topicsWithoutAValueOfTheirOwnFollowAtOnce() {
        Topic topic = broker.existing("orders", 1);
        set(ALL, "message.max.bytes", "1000");
        assertEquals(1000, broker.settings.of(topic).maxMessageBytes());
        set(ONE, "message.max.bytes", "2000");
        assertEquals(2000, broker.settings.of(topic).maxMessageBytes());
        assertEquals(
                Source.DYNAMIC_BROKER_CONFIG, entry(ORDERS, "max.message.bytes").source());

        change(ONE, Operation.DELETE, "message.max.bytes", null, Mode.APPLY);
        change(ALL, Operation.DELETE, "message.max.bytes", null, Mode.APPLY);
        assertEquals(1048588, broker.settings.of(topic).maxMessageBytes());
    }

    @Test
    void whatIsAlteredIsThereForTheNextProcess() {
        set(ALL, "log.retention.ms", "5");
        set(ONE, "log.retention.ms", "6");
        set(GROUP, "share.auto.offset.reset", "earliest");

        assertEquals(Map.of("share.auto.offset.reset", "earliest"), new ResourceConfigs(broker.store).of(GROUP));
        var next = new DynamicBrokerConfigs(new ResourceConfigs(broker.store), 0, Map.of(), () -> true);
        assertEquals("6", next.get().value("log.retention.ms").orElseThrow());
        assertEquals("5", next.get().ofAll().get("log.retention.ms"));
    }

    @Test
    void aGroupTellsWhereTheBrokersValueBehindItComesFrom() {
        set(ALL, "group.consumer.assignment.interval.ms", "2000");

        ConfigEntry config = entry(GROUP, "consumer.assignment.interval.ms");

        assertEquals("2000", config.value());
        assertEquals(Source.DYNAMIC_DEFAULT_BROKER_CONFIG, config.source());
        assertEquals(
                List.of(Source.DYNAMIC_DEFAULT_BROKER_CONFIG, Source.DEFAULT_CONFIG),
                config.synonyms().stream().map(ConfigEntry.Synonym::source).toList());
    }

    @Test
    void whatWouldKeepSomebodyOutIsRefusedAsAtTheStart() {
        ConfigOutcome refused = set(ALL, "max.connections.per.ip", "0");

        assertEquals(ErrorCode.INVALID_REQUEST, refused.error());
        assertTrue(refused.message().contains("nobody would be kept out"), refused.message());
        assertEquals(
                ErrorCode.INVALID_REQUEST,
                set(ALL, "max.connections.per.ip.overrides", "10.0.0.2:0").error());
        assertEquals(ErrorCode.NONE, set(ALL, "max.connections.per.ip", "5").error());
    }

    @Test
    void aCheckAltersNothing() {
        change(ALL, Operation.SET, "log.retention.ms", "5", Mode.VALIDATE_ONLY);

        assertEquals(Map.of(), broker.store.configs());
        assertEquals(null, entry(ONE, "log.retention.ms").value());
    }

    @Test
    void withoutEligibleLeaderReplicasEachBrokerMayHaveItsMinInsyncReplicas() {
        assertEquals(
                ErrorCode.INVALID_CONFIG, set(ONE, "min.insync.replicas", "2").error());
        assertEquals(
                Source.DYNAMIC_DEFAULT_BROKER_CONFIG,
                entry(ONE, "min.insync.replicas").source());

        broker.hasElr = false;
        broker.dynamic.refresh();
        assertEquals(Source.DEFAULT_CONFIG, entry(ONE, "min.insync.replicas").source());
        assertEquals(ErrorCode.NONE, set(ONE, "min.insync.replicas", "2").error());
        assertEquals("2", entry(ONE, "min.insync.replicas").value());

        broker.hasElr = true;
        broker.dynamic.refresh();
        assertEquals("1", entry(ONE, "min.insync.replicas").value());
    }

    @Test
    void socketsStayWhereTheyWereOpened() {
        ConfigOutcome outcome = set(ONE, "listeners", "PLAINTEXT://:1");

        assertEquals(ErrorCode.INVALID_REQUEST, outcome.error());
        assertTrue(entry(ONE, "listeners").readOnly());
    }

    @Test
    void secretsAreKeptAndNotShown() {
        set(ONE, "listener.name.plaintext.ssl.keystore.password", "secret");

        assertEquals(
                Map.of("listener.name.plaintext.ssl.keystore.password", "secret"),
                broker.store.configs().get(ONE));
        assertEquals(
                null,
                entry(ONE, "listener.name.plaintext.ssl.keystore.password").value());
    }

    @Test
    void resourcesAreListedByType() {
        broker.existing("orders", 1);
        set(GROUP, "share.auto.offset.reset", "earliest");

        assertEquals(
                List.of(GROUP, new ConfigResource(ConfigResource.BROKER_LOGGER, "0"), ONE, ORDERS),
                broker.configs.list(ANYONE, Set.of()));
        assertEquals(List.of(ORDERS), broker.configs.list(ANYONE, Set.of(ConfigResource.TOPIC)));
    }

    private ConfigOutcome set(ConfigResource resource, String name, String value) {
        return change(resource, Operation.SET, name, value, Mode.APPLY);
    }

    private ConfigOutcome change(ConfigResource resource, Operation operation, String name, String value, Mode mode) {
        ConfigAlteration alteration = new ConfigAlteration(resource, List.of(new ConfigChange(operation, name, value)));
        return broker.configs.change(ANYONE, List.of(alteration), mode).get(0);
    }

    private ConfigEntry entry(ConfigResource resource, String name) {
        return broker.configs
                .describe(ANYONE, resource, List.of(name))
                .configs()
                .get(0);
    }
}
