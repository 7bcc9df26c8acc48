package io.strikemq.bootstrap.config;

import static java.util.stream.Collectors.joining;

import io.strikemq.bootstrap.config.GivenSettings.Source;
import io.strikemq.bootstrap.config.GivenSettings.Value;
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
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Builds the configuration: defaults, then the file, then the environment, then the command line; the later one wins.
 *
 * <p>All problems of single settings are reported at once, and then those of settings together. A bad value is a
 * problem, and so is an unknown name, except in a file of properties: Kafka lets those pass, since plugins have settings
 * of their own, and so it is named in a notice. So is a Kafka setting without meaning here, but for those that would
 * keep somebody out: these are problems.
 */
public final class ConfigurationLoader {
    private static final String VARIABLE_PREFIX = "STRIKEMQ_";
    /** Environment variables of the launcher and of the tests, not of the broker. */
    private static final Set<String> FOREIGN_VARIABLES = Set.of("STRIKEMQ_JAVA_OPTS", "STRIKEMQ_JAVA");
    /** Where one source may have several of Kafka's names with different values; the first of them wins, as in Kafka. */
    private static final Set<Setting<?>> ALTERNATIVES = Set.of(Settings.LOG_DIR, Settings.NUM_IO_THREADS);

    private final Set<String> topicDefaultNames;
    private final Map<String, Setting<?>> byName = new LinkedHashMap<>();
    private final Map<Setting<?>, Value> values = new HashMap<>();
    private final Map<String, String> topicDefaults = new HashMap<>();
    private final Map<String, String> ignored = new TreeMap<>();
    private final List<String> notices = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private String home;

    /** {@code topicDefaultNames}: the Kafka broker configs that are defaults of topic configs. */
    public ConfigurationLoader(Set<String> topicDefaultNames) {
        this.topicDefaultNames = Set.copyOf(topicDefaultNames);
        for (Setting<?> setting : Settings.all()) {
            String text = setting.defaultText();
            setting.names().forEach(name -> byName.put(name, setting));
            values.put(setting, new Value(setting.defaultValue(), text, setting.name(), Source.DEFAULT, "default"));
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
        home = environment.get("HOME");
        if (file != null) {
            apply(ConfigFile.read(file), Source.FILE, file.toString(), !ConfigFile.isYaml(file));
        }
        applyEnvironment(environment);
        apply(commandLine, Source.COMMAND_LINE, "command line", false);
        return configuration();
    }

    /**
     * The configuration from what a program says, and the defaults. Used once.
     *
     * @throws ConfigurationException with every problem found
     */
    public Configuration load(Map<String, String> settings) {
        apply(settings, Source.COMMAND_LINE, "given by the program", false);
        return configuration();
    }

    private Configuration configuration() {
        if (!ignored.isEmpty()) {
            notices.add("Without meaning here, so ignored: " + String.join(", ", ignored.keySet()));
        }
        GivenSettings given = new GivenSettings(values);
        List<Listener> listeners = problems.isEmpty() ? listeners(given) : List.of();
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        settingsThatAreTopicDefaults();
        return new Configuration(given, listeners, topicDefaults, ignored, notices);
    }

    private List<Listener> listeners(GivenSettings given) {
        List<Listener> listeners = new Listeners(given, problems, notices).resolve();
        int httpPort = given.get(Settings.HTTP_PORT);
        if (httpPort != 0
                && listeners.stream().anyMatch(listener -> listener.bind().port() == httpPort)) {
            problems.add("The port of the Kafka protocol and 'http_port' are both " + httpPort + " but must differ.");
        }
        return listeners;
    }

    /** What has a name of its own here and is a default of topics in Kafka: told in Kafka's units. */
    private void settingsThatAreTopicDefaults() {
        Map<Setting<?>, Function<Object, Number>> units = Map.of(
                Settings.SEGMENT_SIZE, Integer.class::cast,
                Settings.MAX_MESSAGE_BYTES, Integer.class::cast,
                Settings.RETENTION, retention -> ((Duration) retention).toMillis());
        units.forEach((setting, inUnit) -> {
            Value value = values.get(setting);
            if (value.source() != Source.DEFAULT) {
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
                boolean isKafkaName = !byName.containsKey(name)
                        && (byName.containsKey(kafkaName) || topicDefaultNames.contains(kafkaName));
                apply(
                        Map.of(isKafkaName ? kafkaName : name, environment.get(variable)),
                        Source.ENVIRONMENT,
                        "environment " + variable,
                        false);
            }
        }
    }

    /** @param toleratesUnknown whether a name that nobody knows is only worth a notice */
    private void apply(Map<String, String> given, Source source, String origin, boolean toleratesUnknown) {
        Map<String, String> unknown = new TreeMap<>();
        new TreeMap<>(given).forEach((name, text) -> {
            Setting<?> setting = byName.get(name);
            Optional<String> refusal = KafkaSettings.refusal(name, text);
            if (refusal.isPresent()) {
                problems.add(
                        "Setting '" + name + "' (" + origin + ") cannot be '" + text + "': " + refusal.get() + ".");
            } else if (setting != null) {
                set(setting, name, text, source, origin);
            } else if (topicDefaultNames.contains(name)) {
                topicDefaults.put(name, text.strip());
            } else if (KafkaSettings.isWithoutMeaning(name)) {
                ignored.put(name, text.strip());
            } else {
                unknown.put(name, suggestion(name));
            }
        });
        if (toleratesUnknown && !unknown.isEmpty()) {
            notices.add("Unknown, so ignored as Kafka does (" + origin + "): "
                    + unknown.entrySet().stream()
                            .map(name -> "'" + name.getKey() + "'; " + name.getValue())
                            .collect(joining(" ")));
        } else {
            unknown.forEach((name, near) -> problems.add("Unknown setting '" + name + "' (" + origin + "); " + near));
        }
    }

    private void set(Setting<?> setting, String name, String text, Source source, String origin) {
        try {
            String meant = setting == Settings.LOG_DIR ? withHome(text.strip()) : text;
            Value value = new Value(setting.parse(name, meant), text.strip(), name, source, origin);
            values.merge(setting, value, (earlier, later) -> winner(setting, earlier, later));
        } catch (IllegalArgumentException e) {
            problems.add("Setting '" + name + "' (" + origin + ") is '" + text + "' but must be "
                    + setting.expects(name) + ".");
        }
    }

    /** With the user's home for {@code ~}: no shell sees what a file says. */
    private String withHome(String path) {
        boolean isInHome = path.equals("~") || path.startsWith("~/");
        return isInHome && home != null ? home + path.substring(1) : path;
    }

    /** Which of two values to take: the one of the later source, or of one source the one that is named first. */
    private Value winner(Setting<?> setting, Value earlier, Value later) {
        if (earlier.source() != later.source()) {
            return later;
        }
        List<String> names = List.of(earlier.name(), later.name());
        boolean isTolerated = ALTERNATIVES.contains(setting) && !names.contains(setting.name());
        if (!earlier.value().equals(later.value()) && !isTolerated) {
            problems.add("Settings '" + earlier.name() + "' (" + earlier.origin() + ") and '" + later.name() + "' ("
                    + later.origin() + ") are the same, but have different values: '" + earlier.text() + "' and '"
                    + later.text() + "'.");
        }
        boolean earlierIsFirst =
                setting.names().indexOf(earlier.name()) < setting.names().indexOf(later.name());
        return earlierIsFirst ? earlier : later;
    }

    private String suggestion(String name) {
        Set<String> known = new TreeSet<>(byName.keySet());
        known.addAll(topicDefaultNames);
        Optional<String> near = DidYouMean.among(known, name);
        return near.map(other -> "did you mean '" + other + "'?").orElse("--help lists all settings.");
    }
}
