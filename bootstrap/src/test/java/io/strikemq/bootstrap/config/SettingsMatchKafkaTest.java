package io.strikemq.bootstrap.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.topic.config.BrokerLayers;
import io.strikemq.domain.topic.config.BrokerSynonym;
import io.strikemq.domain.topic.config.CleanerConfigs;
import io.strikemq.domain.topic.config.TopicConfigTable;
import io.strikemq.domain.topic.config.TopicConfigs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.junit.jupiter.api.Test;

/** Compares our settings with the definitions in Kafka's own server module. */
class SettingsMatchKafkaTest {
    private static final Map<String, ConfigKey> KAFKAS = new TreeMap<>(AbstractKafkaConfig.CONFIG_DEF.configKeys());
    private static final Set<String> TOPIC_DEFAULTS = Stream.concat(
                    CleanerConfigs.names().stream(),
                    TopicConfigTable.ALL.stream()
                            .flatMap(key -> key.synonyms().stream())
                            .map(BrokerSynonym::name))
            .collect(Collectors.toUnmodifiableSet());

    private static final List<String> TEXTS = List.of(
            "-9223372036854775808",
            "-2147483649",
            "-2147483648",
            "-3",
            "-2",
            "-1",
            "0",
            "1",
            "2",
            "3",
            "4",
            "1023",
            "1024",
            "10000",
            "65535",
            "1048575",
            "1048576",
            "1073741824",
            "1073741825",
            "2147483639",
            "2147483640",
            "2147483647",
            "2147483648",
            "9223372036854",
            "9223372036854775807",
            "9223372036854775808",
            "",
            " 7 ",
            "0x10",
            "1.5",
            "abc",
            "true",
            "TRUE",
            "false",
            "yes",
            "CreateTime",
            "gzip",
            "compact",
            "compact,delete");

    private static final Set<String> NEGATIVE =
            Set.of("-9223372036854775808", "-2147483649", "-2147483648", "-3", "-2", "-1");
    private static final Set<String> ABOVE_1024 = Set.of(
            "10000",
            "65535",
            "1048575",
            "1048576",
            "1073741824",
            "1073741825",
            "2147483639",
            "2147483640",
            "2147483647");
    private static final Set<String> ABOVE_10000 =
            Set.of("65535", "1048575", "1048576", "1073741824", "1073741825", "2147483639", "2147483640", "2147483647");

    /** Where we differ on purpose: what is refused here, though Kafka's definition accepts it, and the other way round. */
    private static final Map<String, Set<String>> DIFFERENCES = Map.ofEntries(
            // Kafka refuses 0 elsewhere, after its definition has let it pass.
            Map.entry("log.retention.ms", Set.of("0")),
            Map.entry("log.retention.minutes", Set.of("0")),
            Map.entry("log.retention.hours", Set.of("0")),
            // One copy is all that there is.
            Map.entry("default.replication.factor", integersBut(1)),
            // Nobody could connect.
            Map.entry("max.connections", Set.of("0")),
            // No array can be that long.
            Map.entry("socket.request.max.bytes", Set.of("2147483640", "2147483647")),
            // A topic with more would take all the memory and descriptors that there are.
            Map.entry("num.partitions", ABOVE_10000),
            Map.entry("offsets.topic.num.partitions", ABOVE_10000),
            Map.entry("transaction.state.log.num.partitions", ABOVE_10000),
            // 0 is one for each core, and nobody has more than 1024.
            Map.entry("num.network.threads", and("0", ABOVE_1024)),
            Map.entry("num.io.threads", and("0", ABOVE_1024)),
            // In Kafka -1 and less ask for an id of ZooKeeper, which there is none of any more; node.id refuses it.
            Map.entry("broker.id", Set.of("-1", "-2", "-3", "-2147483648")),
            // As Kafka's topics have it; nobody means less.
            Map.entry("log.flush.interval.ms", NEGATIVE),
            Map.entry("log.flush.scheduler.interval.ms", NEGATIVE),
            Map.entry("log.roll.jitter.ms", NEGATIVE),
            Map.entry(
                    "log.roll.ms",
                    Set.of("-9223372036854775808", "-2147483649", "-2147483648", "-3", "-2", "-1", "0")));

    private static Set<String> integersBut(int one) {
        return TEXTS.stream()
                .filter(text -> text.strip().matches("-?\\d{1,10}"))
                .filter(text -> Long.parseLong(text.strip()) != one)
                .filter(text -> (int) Long.parseLong(text.strip()) == Long.parseLong(text.strip()))
                .collect(Collectors.toSet());
    }

    private static Set<String> and(String text, Set<String> more) {
        return Stream.concat(Stream.of(text), more.stream()).collect(Collectors.toSet());
    }

    @Test
    void everySettingOfKafkasIsUsedOrNamedAsWithoutMeaning() {
        List<String> unknown = KAFKAS.keySet().stream()
                .filter(name -> kafkaSetting(name) == null)
                .filter(name -> !TOPIC_DEFAULTS.contains(name) && !KafkaSettings.isWithoutMeaning(name))
                .toList();

        assertEquals(List.of(), unknown);
    }

    @Test
    void nothingThatIsUsedIsCalledWithoutMeaning() {
        assertEquals(
                List.of(),
                Settings.all().stream()
                        .flatMap(setting -> setting.names().stream())
                        .filter(KafkaSettings::isWithoutMeaning)
                        .toList());
    }

    @Test
    void theSameValuesAreAccepted() {
        List<String> differences = new ArrayList<>();
        for (String name : comparable()) {
            for (String text : TEXTS) {
                boolean differs = kafkaAccepts(name, text) != weAccept(name, text);
                boolean isMeant = DIFFERENCES.getOrDefault(name, Set.of()).contains(text);
                if (differs != isMeant) {
                    differences.add(name + "=" + text + ": " + (differs ? "" : "no longer different, ")
                            + (weAccept(name, text) ? "accepted here" : "refused here"));
                }
            }
        }

        assertEquals("", String.join("\n", differences));
    }

    @Test
    void typesAreKafkas() {
        for (String name : KAFKAS.keySet()) {
            Setting<?> setting = kafkaSetting(name);
            if (setting != null) {
                assertEquals(
                        KAFKAS.get(name).type.name(), setting.type().kafkaType().name(), name);
            }
        }
    }

    @Test
    void defaultsAreKafkasButForThoseThatAreMeantToDiffer() {
        Set<String> meant = Set.of(
                "advertised.listeners",
                "broker.id",
                "controller.listener.names",
                "group.initial.rebalance.delay.ms",
                "listener.security.protocol.map", // The same entries in another order.
                "listeners",
                "log.dir",
                "log.dirs",
                "log.retention.ms", // Kafka has it from log.retention.hours.
                "max.connections",
                "node.id",
                "num.io.threads",
                "num.network.threads");
        for (String name : KAFKAS.keySet()) {
            Setting<?> setting = kafkaSetting(name);
            if (setting != null && !meant.contains(name)) {
                ConfigKey key = KAFKAS.get(name);
                Object kafkas = key.defaultValue == null ? "" : ConfigDef.convertToString(key.defaultValue, key.type);
                assertEquals(setting.parse(name, Objects.toString(kafkas)), setting.defaultValue(), name);
            }
        }
        assertTrue(meant.stream().allMatch(name -> kafkaSetting(name) != null), "names that are gone");
    }

    /** Names whose values are more than one number, word or switch have tests of their own. */
    private static List<String> comparable() {
        Set<String> others = Set.of(
                "listeners",
                "advertised.listeners",
                "listener.security.protocol.map",
                "inter.broker.listener.name",
                "controller.listener.names",
                "log.dirs",
                "log.dir",
                "group.consumer.assignors", // Kafka looks later whether there are such.
                "offsets.topic.segment.bytes", // One that is too small makes Kafka fail whenever it creates the topic.
                "transaction.state.log.segment.bytes");
        return KAFKAS.keySet().stream()
                .filter(name -> kafkaSetting(name) != null || TOPIC_DEFAULTS.contains(name))
                .filter(name -> !others.contains(name))
                .toList();
    }

    private static Setting<?> kafkaSetting(String name) {
        return Settings.all().stream()
                .filter(setting -> setting.kafkaNames().contains(name))
                .findFirst()
                .orElse(null);
    }

    private static boolean kafkaAccepts(String name, String text) {
        ConfigKey key = KAFKAS.get(name);
        try {
            Object value = ConfigDef.parseType(name, text, key.type);
            if (key.validator != null) {
                key.validator.ensureValid(name, value);
            }
            return true;
        } catch (ConfigException e) {
            return false;
        }
    }

    private static boolean weAccept(String name, String text) {
        try {
            Configuration configuration =
                    new ConfigurationLoader(TOPIC_DEFAULTS).load(null, Map.of(), Map.of(name, text));
            new TopicConfigs(configuration.topicDefaults());
            CleanerConfigs.settings(BrokerLayers.fromTheStart(configuration.topicDefaults()));
            return true;
        } catch (ConfigurationException | BrokerException e) {
            return false;
        }
    }
}
