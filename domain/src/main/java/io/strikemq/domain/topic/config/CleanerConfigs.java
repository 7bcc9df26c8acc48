package io.strikemq.domain.topic.config;

import static io.strikemq.domain.topic.config.ConfigRule.any;
import static io.strikemq.domain.topic.config.ConfigRule.atLeast;

import io.strikemq.domain.settings.CleanerSettings;
import io.strikemq.domain.topic.admin.ConfigEntry.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The configs of a broker's log cleaner ({@code log.cleaner.*}), but for those that are defaults of topics. All but the first may be altered while it runs. */
public final class CleanerConfigs {
    private static final ConfigKey ENABLE = key(
            "log.cleaner.enable", Type.BOOLEAN, "true", any(), "Whether logs are compacted without somebody asking.");
    private static final ConfigKey BACKOFF = key(
            "log.cleaner.backoff.ms", Type.LONG, "15000", atLeast(0), "How long after a change logs are looked at.");
    private static final ConfigKey MAX_RATE = key(
            "log.cleaner.io.max.bytes.per.second",
            Type.DOUBLE,
            "1.7976931348623157E308",
            any(),
            "How much a compaction reads and writes on average, unless somebody waits for it.");
    private static final ConfigKey DEDUPE_BUFFER = key(
            "log.cleaner.dedupe.buffer.size",
            Type.LONG,
            "134217728",
            any(),
            "How much memory the keys of a compaction may take, at the most a quarter of the heap; more keys take more passes.");
    private static final ConfigKey LOAD_FACTOR = key(
            "log.cleaner.io.buffer.load.factor", Type.DOUBLE, "0.9", any(), "How full the memory for keys may become.");
    private static final ConfigKey IO_BUFFER = key(
            "log.cleaner.io.buffer.size",
            Type.INT,
            "524288",
            atLeast(0),
            "How much a compaction reads and writes at once, half of it each.");

    private static final Map<String, ConfigKey> BY_NAME =
            List.of(ENABLE, BACKOFF, MAX_RATE, DEDUPE_BUFFER, LOAD_FACTOR, IO_BUFFER).stream()
                    .collect(Collectors.toUnmodifiableMap(ConfigKey::name, Function.identity()));

    private CleanerConfigs() {}

    /** All of their names. */
    public static Set<String> names() {
        return BY_NAME.keySet();
    }

    /** The config of this name, if it is one of these. */
    public static Optional<ConfigKey> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /**
     * What was said about them, parsed.
     *
     * @throws io.strikemq.domain.error.BrokerException INVALID_CONFIG
     */
    public static CleanerSettings settings(BrokerLayers said) {
        return new CleanerSettings(
                (Boolean) value(ENABLE, said),
                Duration.ofMillis(number(BACKOFF, said).longValue()),
                number(MAX_RATE, said).doubleValue(),
                number(DEDUPE_BUFFER, said).longValue(),
                number(LOAD_FACTOR, said).doubleValue(),
                number(IO_BUFFER, said).intValue());
    }

    private static Number number(ConfigKey key, BrokerLayers said) {
        return (Number) value(key, said);
    }

    private static Object value(ConfigKey key, BrokerLayers said) {
        return key.parse(said.value(key.name()).orElse(key.defaultValue()));
    }

    private static ConfigKey key(String name, Type type, String defaultValue, ConfigRule rule, String documentation) {
        return new ConfigKey(name, type, defaultValue, rule, List.of(), documentation);
    }
}
