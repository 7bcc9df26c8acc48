package io.strikemq.bootstrap.config;

import java.util.List;
import java.util.Map;

/**
 * What the user wants: a value for every setting of {@link Settings}, and where it comes from. Immutable.
 *
 * <p>Only this package and the assembly see it; a component gets a small record of its own.
 */
public final class Configuration {
    private final Map<Setting<?>, Value> values;
    private final Map<String, String> topicDefaults;
    private final List<String> ignored;

    Configuration(Map<Setting<?>, Value> values, Map<String, String> topicDefaults, List<String> ignored) {
        this.values = Map.copyOf(values);
        this.topicDefaults = Map.copyOf(topicDefaults);
        this.ignored = List.copyOf(ignored);
    }

    /**
     * A value, its text as the user wrote it, and the place where that was: "default", a file, a variable, an option.
     */
    record Value(Object value, String text, String origin) {}

    /** The value of a setting. */
    @SuppressWarnings("unchecked") // The loader puts in what the setting's own type parsed.
    public <T> T get(Setting<T> setting) {
        return (T) values.get(setting).value();
    }

    /** The value's text, as the user or the table wrote it. */
    public String textOf(Setting<?> setting) {
        return values.get(setting).text();
    }

    /** Whether the user said something about it. */
    public boolean isSet(Setting<?> setting) {
        return !values.get(setting).origin().equals(ConfigurationLoader.DEFAULT_ORIGIN);
    }

    /** Defaults for topics that the user set, by Kafka's broker config names ({@code log.retention.bytes} …). */
    public Map<String, String> topicDefaults() {
        return topicDefaults;
    }

    /** Kafka settings that the user gave and that mean nothing here. */
    public List<String> ignored() {
        return ignored;
    }
}
