package io.strikemq.domain.topic.config;

import io.strikemq.domain.topic.admin.ConfigEntry.Type;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All configs that brokers and groups have in Kafka 4.4, from the resources beside this class: read when somebody asks for the first time. A test compares them with Kafka's own.
 */
public final class KafkaConfigTables {
    private static final int COLUMNS = 5;

    /** A config of brokers and how it can be altered. */
    public record BrokerKey(ConfigKey key, UpdateMode mode) {}

    /** A config of groups and the broker config that it falls back to, which may be itself: then there is none. */
    public record GroupKey(ConfigKey key, String brokerConfig) {}

    /** How a broker config can be altered while brokers run, by the words of the table. */
    public enum UpdateMode {
        READ_ONLY,
        PER_BROKER,
        CLUSTER_WIDE
    }

    /** Made when it is asked for. */
    private static final class Brokers {
        private static final Map<String, BrokerKey> ALL = new LinkedHashMap<>();

        static {
            for (String[] row : rows("broker-configs.tsv")) {
                UpdateMode mode = UpdateMode.valueOf(row[2].replace('-', '_').toUpperCase(Locale.ROOT));
                ALL.put(row[0], new BrokerKey(key(row), mode));
            }
        }
    }

    /** Made when it is asked for. */
    private static final class Groups {
        private static final Map<String, GroupKey> ALL = new LinkedHashMap<>();

        static {
            for (String[] row : rows("group-configs.tsv")) {
                ALL.put(row[0], new GroupKey(key(row), row[2]));
            }
        }
    }

    private KafkaConfigTables() {}

    /** The configs of brokers, by name. */
    public static Map<String, BrokerKey> brokers() {
        return Collections.unmodifiableMap(Brokers.ALL);
    }

    /** The configs of groups, by name. */
    public static Map<String, GroupKey> groups() {
        return Collections.unmodifiableMap(Groups.ALL);
    }

    private static ConfigKey key(String[] row) {
        String defaultValue = row[4].equals("null") ? null : row[4];
        return new ConfigKey(row[0], Type.valueOf(row[1]), defaultValue, rule(row[3]), List.of(), null);
    }

    private static ConfigRule rule(String text) {
        String[] words = text.split(" ");
        return switch (words[0]) {
            case "any" -> ConfigRule.any();
            case "min" -> ConfigRule.atLeast(Long.parseLong(words[1]));
            case "range" -> ConfigRule.between(bound(words[1]), bound(words[2]));
            case "range-or" -> ConfigRule.betweenOrExactly(bound(words[1]), bound(words[2]), Long.parseLong(words[3]));
            case "one-of" -> ConfigRule.oneOf(words[1].split(","));
            case "one-of-any-case" -> ConfigRule.oneOfInAnyCase(words[1].split(","));
            case "list-of" -> ConfigRule.listOf(words[1].split(","));
            case "non-empty" -> ConfigRule.notEmpty();
            case "offset-reset" -> new OffsetResetRule();
            default -> throw new IllegalStateException("no such rule: " + text);
        };
    }

    /** Bounds of ratios are rounded: nobody alters one of them while a broker runs. */
    private static long bound(String text) {
        return (long) Math.ceil(Double.parseDouble(text));
    }

    private static List<String[]> rows(String resource) {
        try (InputStream in = KafkaConfigTables.class.getResourceAsStream(resource);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", COLUMNS))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
