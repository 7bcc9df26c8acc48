package io.strikemq.bootstrap.config;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One row of the settings table.
 *
 * @param name         our name, in snake_case
 * @param kafkaNames   Kafka's names for the same thing, accepted as aliases; the first is the one that counts most. One
 *                     that ends in {@code .minutes} is for times, and has them in minutes
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

    /** A row is equal to itself alone. What the JVM makes for records would cost 20 ms of the start. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** The environment variable that sets it: {@code STRIKEMQ_} and the name in upper case. */
    public String environmentVariable() {
        return "STRIKEMQ_" + name.toUpperCase(Locale.ROOT);
    }

    /** The command line option that sets it. */
    public String option() {
        return "--" + name.replace('_', '-');
    }

    /** All names by which it can be set, the one that counts most first. */
    public List<String> names() {
        return Stream.concat(Stream.of(name), kafkaNames.stream()).distinct().toList();
    }

    /** The value that a text has under one of the names; IllegalArgumentException when it has none. */
    T parse(String underName, String text) {
        return type.parse(isInMinutes(underName) ? Long.parseLong(text.strip()) + "min" : text);
    }

    /** What a legal text looks like under one of the names. */
    String expects(String underName) {
        return isInMinutes(underName) ? "a whole number of minutes" : type.expects();
    }

    /** Whether the name is one that has times in minutes. */
    public static boolean isInMinutes(String name) {
        return name.endsWith(".minutes");
    }

    /** The default, parsed. */
    public T defaultValue() {
        return type.parse(defaultText);
    }
}
