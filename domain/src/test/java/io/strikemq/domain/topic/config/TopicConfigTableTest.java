package io.strikemq.domain.topic.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.strikemq.domain.error.BrokerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.server.config.ConfigSynonym;
import org.apache.kafka.server.config.ServerTopicConfigSynonyms;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.junit.jupiter.api.Test;

/** Compares our table with the one in Kafka's own storage module. */
class TopicConfigTableTest {
    private static final TreeMap<String, ConfigDef.ConfigKey> KAFKAS = new TreeMap<>(LogConfig.configKeys());

    @Test
    void namesAreKafkasInOrder() {
        assertEquals(
                List.copyOf(KAFKAS.keySet()),
                TopicConfigTable.ALL.stream().map(ConfigKey::name).toList());
    }

    @Test
    void typesAreKafkas() {
        TopicConfigTable.ALL.forEach(key ->
                assertEquals(KAFKAS.get(key.name()).type.name(), key.type().name(), key.name()));
    }

    @Test
    void defaultsAreKafkas() {
        TopicConfigTable.ALL.forEach(key -> {
            ConfigDef.ConfigKey kafkas = KAFKAS.get(key.name());
            assertEquals(ConfigDef.convertToString(kafkas.defaultValue, kafkas.type), key.defaultValue(), key.name());
        });
    }

    @Test
    void synonymsAreKafkasInOrder() {
        TopicConfigTable.ALL.forEach(key -> assertEquals(
                ServerTopicConfigSynonyms.ALL_TOPIC_CONFIG_SYNONYMS.getOrDefault(key.name(), List.of()).stream()
                        .map(ConfigSynonym::name)
                        .toList(),
                key.synonyms().stream().map(BrokerSynonym::name).toList(),
                key.name()));
    }

    @Test
    void synonymsAreConvertedAsKafkaDoes() {
        for (ConfigKey key : TopicConfigTable.ALL) {
            List<ConfigSynonym> kafkas =
                    ServerTopicConfigSynonyms.ALL_TOPIC_CONFIG_SYNONYMS.getOrDefault(key.name(), List.of());
            for (int i = 0; i < kafkas.size(); i++) {
                for (String value : List.of("0", "3", "24")) {
                    assertEquals(
                            kafkas.get(i).converter().apply(value),
                            key.synonyms().get(i).inTopicUnit(value),
                            key.name());
                }
            }
        }
    }

    @Test
    void nothingIsSensitiveAndOnlyKafkasInternalConfigIsHidden() {
        KAFKAS.values().forEach(kafkas -> assertFalse(kafkas.type.isSensitive()));
        TreeSet<String> shown = new TreeSet<>(LogConfig.nonInternalConfigNames());
        assertEquals(
                List.copyOf(shown),
                TopicConfigTable.ALL.stream()
                        .filter(key -> !key.isInternal())
                        .map(ConfigKey::name)
                        .toList());
    }

    @Test
    void everyConfigIsExplainedInASentence() {
        TopicConfigTable.ALL.forEach(key ->
                assertEquals('.', key.documentation().charAt(key.documentation().length() - 1)));
    }

    @Property(tries = 3000)
    void aValueIsAcceptedRefusedAndShownAsKafkaDoes(@ForAll("settings") Setting setting) {
        assertEquals(kafkasAnswer(setting), ourAnswer(setting), setting.toString());
    }

    @Provide
    Arbitrary<Setting> settings() {
        List<String> values = new ArrayList<>(List.of(
                "",
                " ",
                "abc",
                "true",
                "TRUE",
                " false ",
                "maybe",
                "+5",
                " 5 ",
                "0x10",
                "1e-1",
                "0.5f",
                "NaN",
                "1.01",
                "delete,compact",
                "compact , delete",
                "delete,delete",
                "delete,",
                ",",
                "[delete]",
                "Delete",
                "*",
                "*,1:1",
                "1:2 , 3:4",
                "1:1,1:1",
                "-1:1",
                "1:",
                "none",
                "producer",
                " gzip ",
                "GZIP",
                "uncompressed",
                "zstd",
                "LogAppendTime",
                "createtime",
                "9223372036854775807",
                "9223372036854775808",
                "2147483647",
                "2147483648",
                "2147483640",
                "2147483639",
                "1048575",
                "1048576",
                "-131072",
                "-131073"));
        for (int number = -6; number <= 25; number++) {
            values.add(Integer.toString(number));
        }
        return Combinators.combine(Arbitraries.of(KAFKAS.keySet()), Arbitraries.of(values))
                .as(Setting::new);
    }

    private static String ourAnswer(Setting setting) {
        try {
            return TopicConfigTable.find(setting.name()).orElseThrow().canonical(setting.value());
        } catch (BrokerException refused) {
            return refused.error() + " " + refused.getMessage();
        }
    }

    private static String kafkasAnswer(Setting setting) {
        Properties properties = new Properties();
        properties.put(setting.name(), setting.value());
        try {
            LogConfig config = new LogConfig(properties);
            return ConfigDef.convertToString(config.values().get(setting.name()), KAFKAS.get(setting.name()).type);
        } catch (ConfigException refused) {
            return "INVALID_CONFIG " + refused.getMessage();
        }
    }

    record Setting(String name, String value) {}
}
