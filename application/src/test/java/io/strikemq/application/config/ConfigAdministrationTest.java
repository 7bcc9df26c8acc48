package io.strikemq.application.config;

import static io.strikemq.application.topic.TopicFixture.ANYONE;
import static io.strikemq.domain.error.ErrorCode.INVALID_CONFIG;
import static io.strikemq.domain.error.ErrorCode.INVALID_REQUEST;
import static io.strikemq.domain.error.ErrorCode.INVALID_TOPIC_EXCEPTION;
import static io.strikemq.domain.error.ErrorCode.NONE;
import static io.strikemq.domain.error.ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
import static io.strikemq.domain.topic.admin.ConfigChange.Operation.APPEND;
import static io.strikemq.domain.topic.admin.ConfigChange.Operation.DELETE;
import static io.strikemq.domain.topic.admin.ConfigChange.Operation.SET;
import static io.strikemq.domain.topic.admin.ConfigChange.Operation.SUBTRACT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.application.topic.TopicFixture;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.topic.admin.ConfigAlteration;
import io.strikemq.domain.topic.admin.ConfigChange;
import io.strikemq.domain.topic.admin.ConfigEntry;
import io.strikemq.domain.topic.admin.ConfigEntry.Source;
import io.strikemq.domain.topic.admin.ConfigOutcome;
import io.strikemq.domain.topic.admin.ConfigResource;
import io.strikemq.domain.topic.admin.Mode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The codes and values expected here are what a broker of Kafka 4.4 answered to the same requests. */
class ConfigAdministrationTest {
    private static final ConfigResource ORDERS = new ConfigResource(ConfigResource.TOPIC, "orders");

    private final TopicFixture broker = TopicFixture.usual();

    @BeforeEach
    void aTopic() {
        broker.existing("orders", 1);
    }

    @Test
    void aTopicShowsAllConfigsOrThoseAskedFor() {
        assertEquals(37, describe(ORDERS).configs().size());
        assertEquals(
                37, broker.configs.describe(ANYONE, ORDERS, List.of()).configs().size());
        assertEquals(
                List.of("cleanup.policy", "retention.ms"),
                broker
                        .configs
                        .describe(ANYONE, ORDERS, List.of("retention.ms", "bogus", "cleanup.policy"))
                        .configs()
                        .stream()
                        .map(ConfigEntry::name)
                        .toList());
    }

    @Test
    void describingWhatIsNoTopicIsRefused() {
        assertEquals(UNKNOWN_TOPIC_OR_PARTITION, describe(topic("nope")).error());
        assertEquals(INVALID_TOPIC_EXCEPTION, describe(topic("a/b")).error());
        assertEquals(INVALID_TOPIC_EXCEPTION, describe(topic("")).error());
    }

    @Test
    void aConfigIsSetAndDeleted() {
        assertEquals(NONE, change(SET, "retention.ms", "5"));
        assertEquals("5", entry("retention.ms").value());
        assertEquals(Source.DYNAMIC_TOPIC_CONFIG, entry("retention.ms").source());
        assertEquals(NONE, change(DELETE, "retention.ms", "whatever"));
        assertEquals(Source.DEFAULT_CONFIG, entry("retention.ms").source());
        assertEquals(NONE, change(DELETE, "bogus", null));
    }

    @Test
    void itemsAreAddedToTheDefaultListWhereNoneIsSet() {
        change(APPEND, "cleanup.policy", "compact");
        assertEquals("delete,compact", entry("cleanup.policy").value());
    }

    @Test
    void itemsThatAreThereAreNotAddedAgainAndMissingOnesNotMissed() {
        change(APPEND, "cleanup.policy", "compact");
        assertEquals(NONE, change(APPEND, "cleanup.policy", "compact,compact"));
        assertEquals(NONE, change(SUBTRACT, "leader.replication.throttled.replicas", "9:9"));
        assertEquals(
                "delete,compact",
                broker.registry.find("orders").orElseThrow().configs().get("cleanup.policy"));
    }

    @Test
    void aListMayBecomeEmptyAndStaysSet() {
        change(SET, "cleanup.policy", "compact");
        change(SUBTRACT, "cleanup.policy", "compact");
        assertEquals("", entry("cleanup.policy").value());
        assertEquals(Source.DYNAMIC_TOPIC_CONFIG, entry("cleanup.policy").source());
        assertEquals(NONE, change(SUBTRACT, "cleanup.policy", "compact"));
    }

    @Test
    void listsOfReplicasGrowAndShrink() {
        change(APPEND, "leader.replication.throttled.replicas", "0:0");
        change(APPEND, "leader.replication.throttled.replicas", "0:0,1:0");
        change(SUBTRACT, "leader.replication.throttled.replicas", "0:0,9:9");
        assertEquals("1:0", entry("leader.replication.throttled.replicas").value());
    }

    @Test
    void onlyListsHaveItems() {
        assertEquals(INVALID_CONFIG, change(APPEND, "retention.ms", "7"));
        assertEquals(INVALID_CONFIG, change(SUBTRACT, "bogus", "7"));
    }

    @Test
    void aMissingValueIsAnInvalidRequest() {
        assertEquals(INVALID_REQUEST, change(SET, "retention.ms", null));
        assertEquals(INVALID_REQUEST, change(APPEND, "cleanup.policy", null));
        assertEquals(INVALID_REQUEST, change(SUBTRACT, "cleanup.policy", null));
        assertEquals(INVALID_REQUEST, change(SET, "bogus", null));
        Map<String, String> missing = new HashMap<>();
        missing.put("retention.ms", null);
        assertEquals(INVALID_REQUEST, replace(ORDERS, missing));
    }

    @Test
    void aConfigThatIsChangedTwiceInARequestIsAnInvalidRequest() {
        List<ConfigChange> twice =
                List.of(new ConfigChange(SET, "retention.ms", "1"), new ConfigChange(SET, "retention.ms", "2"));
        assertEquals(INVALID_REQUEST, change(ORDERS, twice, Mode.APPLY).error());
    }

    @Test
    void aConfigThatIsReplacedTwiceInARequestIsAnInvalidRequest() {
        ConfigAlteration twice = new ConfigAlteration(
                ORDERS,
                List.of(new ConfigChange(SET, "retention.ms", "1"), new ConfigChange(SET, "retention.ms", "1")));
        assertEquals(
                INVALID_REQUEST,
                broker.configs
                        .replace(ANYONE, List.of(twice), Mode.APPLY)
                        .get(0)
                        .error());
    }

    @Test
    void aResourceThatIsNamedTwiceIsRefusedEachTimeAndTheOthersAreAltered() {
        broker.existing("more", 1);
        ConfigAlteration orders = new ConfigAlteration(ORDERS, List.of(new ConfigChange(SET, "retention.ms", "1")));
        ConfigAlteration more = new ConfigAlteration(topic("more"), orders.changes());
        List<ConfigAlteration> twice = List.of(orders, more, orders);
        List<ErrorCode> expected = List.of(INVALID_REQUEST, NONE, INVALID_REQUEST);

        assertEquals(expected, errors(broker.configs.change(ANYONE, twice, Mode.APPLY)));
        assertEquals(expected, errors(broker.configs.replace(ANYONE, twice, Mode.APPLY)));
        assertEquals(Map.of(), broker.registry.find("orders").orElseThrow().configs());
    }

    private static List<ErrorCode> errors(List<ConfigOutcome> outcomes) {
        return outcomes.stream().map(ConfigOutcome::error).toList();
    }

    @Test
    void allConfigsWithoutAValueAreNamed() {
        List<ConfigChange> without = List.of(
                new ConfigChange((byte) 0, "a", null),
                new ConfigChange((byte) 1, "deleted", null),
                new ConfigChange((byte) 2, "b", null));
        assertEquals(
                "Null value not supported for : a, b",
                change(topic("nope"), without, Mode.APPLY).message());
    }

    @Test
    void anOperationThatNobodyKnowsIsAnInvalidRequestOnceTheFormAndTheTypeAreGood() {
        for (byte unknown : new byte[] {-1, 4}) {
            ConfigOutcome outcome = change(topic("nope"), List.of(new ConfigChange(unknown, "bogus", "x")), Mode.APPLY);
            assertEquals(INVALID_REQUEST, outcome.error());
            assertEquals("Unknown operation type " + unknown + " for config bogus", outcome.message());
            List<ConfigChange> without = List.of(new ConfigChange(unknown, "bogus", null));
            assertEquals(
                    "Null value not supported for : bogus",
                    change(topic("nope"), without, Mode.APPLY).message());
            List<ConfigChange> with = List.of(new ConfigChange(unknown, "bogus", "x"));
            assertEquals(
                    "Unknown resource type 99",
                    change(resource((byte) 99, "nope"), with, Mode.APPLY).message());
        }
    }

    @Test
    void operationsAreLookedAtBeforeNames() {
        List<ConfigChange> append = List.of(new ConfigChange((byte) 2, "a", "x"), new ConfigChange((byte) 9, "b", "x"));
        for (byte type : new byte[] {ConfigResource.TOPIC, ConfigResource.GROUP, ConfigResource.CLIENT_METRICS}) {
            assertEquals(
                    "Can't APPEND to key a because its type is not LIST.",
                    change(resource(type, ""), append, Mode.APPLY).message());
            assertEquals(
                    "Unknown operation type 9 for config b",
                    change(resource(type, ""), append.subList(1, 2), Mode.APPLY).message());
        }
    }

    @Test
    void aBrokerIsLookedForBeforeTheOperationsOnItsConfigs() {
        ConfigResource loggers = resource(ConfigResource.BROKER_LOGGER, "0");
        List<ConfigChange> unknown =
                List.of(new ConfigChange((byte) 2, "a", "x"), new ConfigChange((byte) 9, "b", "x"));
        assertEquals(
                "Unexpected broker id, expected 0, but received 7",
                change(resource(ConfigResource.BROKER, "7"), unknown, Mode.APPLY)
                        .message());
        for (String name : List.of("0", "")) {
            assertEquals(
                    "Unknown operations type 9",
                    change(resource(ConfigResource.BROKER, name), unknown, Mode.APPLY)
                            .message());
        }
        assertEquals(
                "Unexpected node id. Expected 0, but received 7",
                change(resource(ConfigResource.BROKER_LOGGER, "07"), unknown, Mode.APPLY)
                        .message());
        assertEquals(
                "APPEND operation is not allowed for the BROKER_LOGGER resource",
                change(loggers, unknown, Mode.APPLY).message());
        assertEquals(
                "Unknown operation type 9 is not allowed for the BROKER_LOGGER resource",
                change(loggers, unknown.subList(1, 2), Mode.APPLY).message());
        assertEquals(
                "Logger root does not exist!",
                change(loggers, List.of(new ConfigChange(SET, "root", "INFO")), Mode.APPLY)
                        .message());
    }

    @Test
    void changesHappenAllOrNone() {
        List<ConfigChange> mixed =
                List.of(new ConfigChange(SET, "retention.ms", "1"), new ConfigChange(SET, "segment.bytes", "2"));
        ConfigOutcome refused = change(ORDERS, mixed, Mode.APPLY);
        assertEquals(INVALID_CONFIG, refused.error());
        assertTrue(refused.message().contains("segment.bytes"));
        assertEquals(Map.of(), broker.registry.find("orders").orElseThrow().configs());
    }

    @Test
    void wrongConfigsAreToldBeforeAMissingTopic() {
        ConfigResource nope = topic("nope");
        assertEquals(INVALID_CONFIG, change(nope, SET, "retention.ms", "x"));
        assertEquals(UNKNOWN_TOPIC_OR_PARTITION, change(nope, SET, "retention.ms", "5"));
        assertEquals(
                UNKNOWN_TOPIC_OR_PARTITION, change(nope, List.of(), Mode.APPLY).error());
        assertEquals(INVALID_REQUEST, change(topic(""), SET, "retention.ms", "5"));
        assertEquals(INVALID_TOPIC_EXCEPTION, change(topic("a/b"), SET, "retention.ms", "5"));
    }

    @Test
    void unknownAndContradictingConfigsAreInvalid() {
        assertEquals(INVALID_CONFIG, change(SET, "bogus", "1"));
        change(SET, "min.compaction.lag.ms", "10");
        assertEquals(INVALID_CONFIG, change(SET, "max.compaction.lag.ms", "5"));
    }

    @Test
    void validatingChangesNothing() {
        List<ConfigChange> changes = List.of(new ConfigChange(SET, "retention.ms", "99"));
        assertEquals(NONE, change(ORDERS, changes, Mode.VALIDATE_ONLY).error());
        Map<String, String> configs = Map.of("retention.ms", "98");
        assertEquals(NONE, replace(ORDERS, configs, Mode.VALIDATE_ONLY));
        assertEquals("604800000", entry("retention.ms").value());
    }

    @Test
    void replacingResetsWhatIsNotAmongTheNewConfigs() {
        change(SET, "cleanup.policy", "compact");
        assertEquals(NONE, replace(ORDERS, Map.of("retention.ms", "77")));
        assertEquals(
                Map.of("retention.ms", "77"),
                broker.registry.find("orders").orElseThrow().configs());
        assertEquals(NONE, replace(ORDERS, Map.of()));
        assertEquals(Map.of(), broker.registry.find("orders").orElseThrow().configs());
        assertEquals(INVALID_CONFIG, replace(ORDERS, Map.of("bogus", "1")));
        assertEquals(UNKNOWN_TOPIC_OR_PARTITION, replace(topic("nope"), Map.of("retention.ms", "1")));
    }

    @Test
    void alteredConfigsSurviveARestart() {
        change(SET, "delete.retention.ms", "5");
        assertEquals(
                Map.of("delete.retention.ms", "5"), broker.catalog.load().get(0).configs());
    }

    @Test
    void aBrokerShowsAllConfigsOfKafkas() {
        ConfigOutcome outcome = describe(resource(ConfigResource.BROKER, "0"));
        assertEquals(350, outcome.configs().size());
        Map<String, String> values = new HashMap<>();
        outcome.configs().forEach(entry -> values.put(entry.name(), entry.value()));
        assertEquals("0", values.get("broker.id"));
        assertEquals("true", values.get("auto.create.topics.enable"));
        assertEquals("1", values.get("num.partitions"));
        assertEquals("168", values.get("log.retention.hours"));
        assertEquals("1048588", values.get("message.max.bytes"));
        assertEquals("50", values.get("offsets.topic.num.partitions"));
        assertTrue(values.containsKey("log.retention.ms") && values.get("log.retention.ms") == null);
        assertEquals(NONE, describe(resource(ConfigResource.BROKER, "")).error());
    }

    @Test
    void anotherBrokersSettingsAreNotShown() {
        assertEquals(
                INVALID_REQUEST, describe(resource(ConfigResource.BROKER, "7")).error());
        assertEquals(
                INVALID_REQUEST,
                describe(resource(ConfigResource.BROKER, "abc")).error());
        assertEquals(
                INVALID_REQUEST,
                describe(resource(ConfigResource.BROKER_LOGGER, "")).error());
        assertEquals(
                INVALID_REQUEST,
                describe(resource(ConfigResource.BROKER_LOGGER, "7")).error());
    }

    @Test
    void whatWasGivenAtTheStartCannotBeAltered() {
        ConfigResource self = resource(ConfigResource.BROKER, "0");
        assertEquals(INVALID_REQUEST, change(self, SET, "num.partitions", "3"));
        assertEquals(NONE, change(self, DELETE, "num.partitions", null));
        assertEquals(INVALID_REQUEST, change(resource(ConfigResource.BROKER, ""), SET, "num.partitions", "3"));
        assertEquals(INVALID_REQUEST, change(resource(ConfigResource.BROKER, "7"), DELETE, "num.partitions", null));
        assertEquals(INVALID_REQUEST, replace(self, Map.of("num.partitions", "3")));
        assertEquals(NONE, replace(self, Map.of()));
    }

    @Test
    void unknownNamesAreRefusedByEachKindOfResource() {
        assertEquals(INVALID_CONFIG, change(resource(ConfigResource.BROKER_LOGGER, "0"), SET, "x", "INFO"));
        assertEquals(INVALID_REQUEST, replace(resource(ConfigResource.BROKER_LOGGER, "0"), Map.of("x", "INFO")));
        assertEquals(INVALID_REQUEST, change(resource(ConfigResource.CLIENT_METRICS, "s"), SET, "x", "1"));
        assertEquals(INVALID_CONFIG, change(resource(ConfigResource.GROUP, "g"), SET, "x", "1"));
        assertEquals(INVALID_REQUEST, change(resource(ConfigResource.GROUP, ""), SET, "x", "1"));
        assertEquals(
                INVALID_REQUEST, describe(resource(ConfigResource.GROUP, "")).error());
        assertEquals(NONE, describe(resource(ConfigResource.GROUP, "g")).error());
    }

    @Test
    void unknownTypesOfResourcesAreInvalid() {
        for (byte type : new byte[] {0, 1, 3, 5, 64}) {
            assertEquals(INVALID_REQUEST, describe(resource(type, "0")).error());
            assertEquals(INVALID_REQUEST, change(resource(type, "0"), SET, "x", "1"));
            assertEquals(INVALID_REQUEST, replace(resource(type, "0"), Map.of("x", "1")));
        }
        assertFalse(describe(resource((byte) 5, "0")).message().isBlank());
    }

    private ConfigOutcome describe(ConfigResource resource) {
        return broker.configs.describe(ANYONE, resource, null);
    }

    private ConfigEntry entry(String name) {
        return broker.configs.describe(ANYONE, ORDERS, List.of(name)).configs().get(0);
    }

    private ErrorCode change(ConfigChange.Operation operation, String name, String value) {
        return change(ORDERS, operation, name, value);
    }

    private ErrorCode change(ConfigResource resource, ConfigChange.Operation operation, String name, String value) {
        List<ConfigChange> changes = List.of(new ConfigChange(operation, name, value));
        return change(resource, changes, Mode.APPLY).error();
    }

    private ErrorCode replace(ConfigResource resource, Map<String, String> configs) {
        return replace(resource, configs, Mode.APPLY);
    }

    private ErrorCode replace(ConfigResource resource, Map<String, String> configs, Mode mode) {
        List<ConfigChange> sets = new ArrayList<>();
        configs.forEach((name, value) -> sets.add(new ConfigChange(SET, name, value)));
        return broker.configs
                .replace(ANYONE, List.of(new ConfigAlteration(resource, sets)), mode)
                .get(0)
                .error();
    }

    private ConfigOutcome change(ConfigResource resource, List<ConfigChange> changes, Mode mode) {
        return broker.configs
                .change(ANYONE, List.of(new ConfigAlteration(resource, changes)), mode)
                .get(0);
    }

    private static ConfigResource topic(String name) {
        return resource(ConfigResource.TOPIC, name);
    }

    private static ConfigResource resource(byte type, String name) {
        return new ConfigResource(type, name);
    }
}
