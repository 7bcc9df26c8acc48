package io.strikemq.domain.topic.config;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.topic.admin.ConfigEntry;
import io.strikemq.domain.topic.admin.ConfigEntry.Source;
import io.strikemq.domain.topic.admin.ConfigEntry.Synonym;
import io.strikemq.domain.topic.admin.ConfigEntry.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The configs of subscriptions of client metrics (KIP-714): stored and shown; no client is asked for metrics here. */
public final class ClientMetricsConfigs {
    private static final int LEAST_INTERVAL = 100;
    private static final int MOST_INTERVAL = 3_600_000;
    private static final Set<String> MATCHED = Set.of(
            "client_instance_id",
            "client_id",
            "client_software_name",
            "client_software_version",
            "client_source_address",
            "client_source_port");

    private static final List<ConfigKey> ALL =
            List.of(key("interval.ms", Type.INT, "300000"), key("match", Type.LIST, ""), key("metrics", Type.LIST, ""));

    private ClientMetricsConfigs() {}

    private static ConfigKey key(String name, Type type, String defaultValue) {
        return new ConfigKey(
                name,
                type,
                defaultValue,
                ConfigRule.any(),
                List.of(),
                "Kept and shown as in Kafka, without effect here.");
    }

    /**
     * Checks all configs of one subscription.
     *
     * @throws BrokerException INVALID_REQUEST for an unknown name or a wrong interval, INVALID_CONFIG for other values
     */
    public static void check(Map<String, String> configs) {
        for (String name : new TreeSet<>(configs.keySet())) {
            ConfigKey key = ALL.stream()
                    .filter(known -> known.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new BrokerException(
                            ErrorCode.INVALID_REQUEST, "Unknown client metrics configuration: " + name));
            checkValue(name, key.parse(configs.get(name)));
        }
    }

    private static void checkValue(String name, Object value) {
        if (name.equals("interval.ms") && ((Integer) value < LEAST_INTERVAL || (Integer) value > MOST_INTERVAL)) {
            throw new BrokerException(
                    ErrorCode.INVALID_REQUEST,
                    "Invalid value " + value + " for interval.ms, interval must be between " + LEAST_INTERVAL + " and "
                            + MOST_INTERVAL + " (1 hour)");
        } else if (name.equals("match")) {
            ((List<?>) value).forEach(pattern -> checkPattern((String) pattern));
        }
    }

    private static void checkPattern(String pattern) {
        String[] pair = pattern.split("=");
        try {
            if (pair.length == 2 && MATCHED.contains(pair[0].trim())) {
                Pattern.compile(pair[1].trim());
                return;
            }
        } catch (PatternSyntaxException wrong) {
            // Told below.
        }
        throw new BrokerException(ErrorCode.INVALID_CONFIG, "Illegal client matching pattern: " + pattern);
    }

    /** All configs of a subscription, by name. */
    public static List<ConfigEntry> entries(Map<String, String> configs) {
        List<ConfigEntry> entries = new ArrayList<>();
        for (ConfigKey key : ALL) {
            String own = configs.get(key.name());
            String value = key.canonical(own == null ? key.defaultValue() : own);
            Source source = own == null ? Source.DEFAULT_CONFIG : Source.DYNAMIC_CLIENT_METRICS_CONFIG;
            List<Synonym> synonyms = own == null ? List.of() : List.of(new Synonym(key.name(), value, source));
            entries.add(new ConfigEntry(
                    key.name(), value, source, key.type(), false, false, key.documentation(), synonyms));
        }
        return entries;
    }
}
