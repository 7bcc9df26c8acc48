package io.strikemq.bootstrap.config;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * One row of the settings table.
 *
 * @param name         our name, in snake_case
 * @param kafkaNames   Kafka's names for the same thing, accepted as aliases; the first is the usual one
 * @param type         how text becomes a value
 * @param defaultText  the default, as a user would write it; empty for "not set"
 * @param meaning      one sentence for {@code --help} and the docs
 * @param <T>          the type of the value
 */
public record Setting<T>(
        String name, List<String> kafkaNames, SettingType<T> type, String defaultText, String meaning) {
    public Setting {
        Objects.requireNonNull(type, "type");
        kafkaNames = List.copyOf(kafkaNames);
    }

    /** The environment variable that sets it: {@code STRIKEMQ_} and the name in upper case. */
    public String environmentVariable() {
        return "STRIKEMQ_" + name.toUpperCase(Locale.ROOT);
    }

    /** The command line option that sets it. */
    public String option() {
        return "--" + name.replace('_', '-');
    }

    T defaultValue() {
        return type.parse(defaultText);
    }
}
