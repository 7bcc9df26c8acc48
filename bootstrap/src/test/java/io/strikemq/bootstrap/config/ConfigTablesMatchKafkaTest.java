package io.strikemq.bootstrap.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.domain.topic.config.ConfigKey;
import io.strikemq.domain.topic.config.KafkaConfigTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.coordinator.group.GroupConfig;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.apache.kafka.server.config.DynamicBrokerConfig;
import org.junit.jupiter.api.Test;

/** The tables of configs of brokers and groups against those of Apache Kafka. */
class ConfigTablesMatchKafkaTest {
    private static final List<String> TEXTS = List.of(
            "-2147483649",
            "-131073",
            "-3",
            "-2",
            "-1",
            "0",
            "1",
            "2",
            "9",
            "10",
            "17",
            "18",
            "22",
            "23",
            "25",
            "1023",
            "1024",
            "524287",
            "524288",
            "1048575",
            "1048576",
            "2147483639",
            "2147483640",
            "9223372036854775808",
            "0.5",
            "1.5",
            "abc",
            "true",
            "yes",
            "gzip",
            "compact",
            "delete,compact",
            "zip",
            "LogAppendTime",
            "earliest",
            "by_duration:PT1S",
            "read_committed");

    @Test
    void brokerConfigsAreKafkas() {
        Map<String, String> modes = DynamicBrokerConfig.dynamicConfigUpdateModes();
        assertEquals(
                shown(AbstractKafkaConfig.CONFIG_DEF).entrySet().stream()
                        .map(key -> key.getValue() + " " + modes.getOrDefault(key.getKey(), "read-only"))
                        .toList(),
                KafkaConfigTables.brokers().values().stream()
                        .map(broker -> told(broker.key()) + " "
                                + broker.mode().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .toList());
    }

    @Test
    void groupConfigsAreKafkas() {
        assertEquals(
                List.copyOf(shown(groups()).values()),
                KafkaConfigTables.groups().values().stream()
                        .map(group -> told(group.key()))
                        .toList());
    }

    @Test
    void valuesAreAcceptedAndRefusedAsByKafka() {
        // Kafka checks them later, or in other words; lists may not be empty there.
        Set<String> others = Set.of("listeners", "listener.security.protocol.map");
        Map<String, ConfigKey> ours = new TreeMap<>();
        KafkaConfigTables.brokers().forEach((name, broker) -> {
            if (broker.mode() != KafkaConfigTables.UpdateMode.READ_ONLY && !others.contains(name)) {
                ours.put(name, broker.key());
            }
        });
        List<String> differences = new ArrayList<>();
        ours.forEach((name, key) -> compare(AbstractKafkaConfig.CONFIG_DEF, key, differences));
        KafkaConfigTables.groups().forEach((name, group) -> compare(groups(), group.key(), differences));

        assertEquals(List.of(), differences);
    }

    private static void compare(ConfigDef kafkas, ConfigKey ours, List<String> differences) {
        ConfigDef.ConfigKey key = kafkas.configKeys().get(ours.name());
        for (String text : TEXTS) {
            String theirs = outcome(() -> {
                Object value = ConfigDef.parseType(key.name, text, key.type);
                if (key.validator != null) {
                    key.validator.ensureValid(key.name, value);
                }
            });
            String own = outcome(() -> ours.parse(text));
            if (!theirs.equals(own)) {
                differences.add(ours.name() + "=" + text + ": Kafka " + theirs + ", here " + own);
            }
        }
    }

    private static String outcome(Runnable parsing) {
        try {
            parsing.run();
            return "fine";
        } catch (ConfigException | io.strikemq.domain.error.BrokerException refusal) {
            return refusal.getMessage();
        }
    }

    private static Map<String, String> shown(ConfigDef kafkas) {
        return kafkas.configKeys().values().stream()
                .filter(key -> !key.internalConfig)
                .collect(Collectors.toMap(
                        key -> key.name,
                        key -> key.name + " " + key.type + " "
                                + (key.hasDefault() ? ConfigDef.convertToString(key.defaultValue, key.type) : null),
                        (one, other) -> one,
                        TreeMap::new));
    }

    private static String told(ConfigKey key) {
        return key.name() + " " + key.type() + " " + key.defaultValue();
    }

    private static ConfigDef groups() {
        return GroupConfig.CONFIG_DEF;
    }
}
