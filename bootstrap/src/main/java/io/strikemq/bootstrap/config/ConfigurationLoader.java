package io.strikemq.bootstrap.config;

import io.strikemq.bootstrap.config.Configuration.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Builds the configuration: defaults, then the file, then the environment, then the command line; the later one wins.
 *
 * <p>All problems are found and reported at once. An unknown name or a bad value is a problem; a Kafka setting without
 * meaning here is kept aside for one notice.
 */
public final class ConfigurationLoader {
    static final String DEFAULT_ORIGIN = "default";
    private static final String VARIABLE_PREFIX = "STRIKEMQ_";
    /** Environment variables of the launcher and of the tests, not of the broker. */
    private static final Set<String> FOREIGN_VARIABLES = Set.of("STRIKEMQ_JAVA_OPTS", "STRIKEMQ_JAVA");

    private final Set<String> topicDefaultNames;
    private final Map<String, Setting<?>> byName = new LinkedHashMap<>();
    private final Map<Setting<?>, Value> values = new HashMap<>();
    private final Map<String, String> topicDefaults = new HashMap<>();
    private final List<String> ignored = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /** {@code topicDefaultNames}: the Kafka broker configs that are defaults of topic configs. */
    public ConfigurationLoader(Set<String> topicDefaultNames) {
        this.topicDefaultNames = Set.copyOf(topicDefaultNames);
        for (Setting<?> setting : Settings.all()) {
            byName.put(setting.name(), setting);
            setting.kafkaNames().forEach(alias -> byName.put(alias, setting));
            values.put(setting, new Value(setting.defaultValue(), setting.defaultText(), DEFAULT_ORIGIN));
        }
    }

    /**
     * The configuration from all its sources. Used once.
     *
     * @param file        null for none
     * @param environment all of the process's variables
     * @param commandLine names and values given on the command line
     * @throws ConfigurationException with every problem found
     */
    public Configuration load(Path file, Map<String, String> environment, Map<String, String> commandLine) {
        if (file != null) {
            apply(ConfigFile.read(file), file.toString());
        }
        applyEnvironment(environment);
        apply(commandLine, "command line");
        checkTogether();
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        settingsThatAreTopicDefaults();
        return new Configuration(values, topicDefaults, ignored);
    }

    /** What has a name of its own here and is a default of topics in Kafka: told in Kafka's units. */
    private void settingsThatAreTopicDefaults() {
        Map<Setting<?>, Function<Object, Number>> units = Map.of(
                Settings.SEGMENT_SIZE, Integer.class::cast,
                Settings.MAX_MESSAGE_BYTES, Integer.class::cast,
                Settings.RETENTION, retention -> ((Duration) retention).toMillis());
        units.forEach((setting, inUnit) -> {
            Value value = values.get(setting);
            if (!value.origin().equals(DEFAULT_ORIGIN)) {
                topicDefaults.put(
                        setting.kafkaNames().get(0), inUnit.apply(value.value()).toString());
            }
        });
    }

    private void applyEnvironment(Map<String, String> environment) {
        for (String variable : new TreeSet<>(environment.keySet())) {
            if (variable.startsWith(VARIABLE_PREFIX) && !FOREIGN_VARIABLES.contains(variable)) {
                String name = variable.substring(VARIABLE_PREFIX.length()).toLowerCase(Locale.ROOT);
                String kafkaName = name.replace('_', '.');
                boolean isKafkaName = !byName.containsKey(name) && isKnown(kafkaName);
                apply(Map.of(isKafkaName ? kafkaName : name, environment.get(variable)), "environment " + variable);
            }
        }
    }

    private boolean isKnown(String name) {
        return byName.containsKey(name)
                || topicDefaultNames.contains(name)
                || name.endsWith("listeners")
                || name.equals("offsets.retention.minutes");
    }

    private void apply(Map<String, String> given, String origin) {
        KafkaSettings.unpacked(given, origin, problems).forEach((name, text) -> {
            Setting<?> setting = byName.get(name);
            if (setting != null) {
                set(setting, name, text, origin);
            } else if (topicDefaultNames.contains(name)) {
                topicDefaults.put(name, text.strip());
            } else if (KafkaSettings.isWithoutMeaning(name)) {
                ignored.add(name);
            } else {
                problems.add("Unknown setting '" + name + "' (" + origin + "); " + suggestion(name));
            }
        });
    }

    private void set(Setting<?> setting, String name, String text, String origin) {
        try {
            values.put(setting, new Value(setting.type().parse(text), text.strip(), origin));
        } catch (IllegalArgumentException e) {
            problems.add("Setting '" + name + "' (" + origin + ") is '" + text + "' but must be "
                    + setting.type().expects() + ".");
        }
    }

    private String suggestion(String name) {
        Set<String> known = new TreeSet<>(byName.keySet());
        known.addAll(topicDefaultNames);
        Optional<String> near = DidYouMean.among(known, name);
        return near.map(other -> "did you mean '" + other + "'?").orElse("--help lists all settings.");
    }

    private void checkTogether() {
        int port = (Integer) values.get(Settings.PORT).value();
        if (port != 0 && port == (Integer) values.get(Settings.HTTP_PORT).value()) {
            problems.add("Settings 'port' and 'http_port' are both " + port + " but must differ.");
        }
    }
}
