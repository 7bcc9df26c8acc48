package io.strikemq.bootstrap.config;

import java.util.Map;

/**
 * A value for every setting of {@link Settings}, and where each comes from. Immutable.
 *
 * @param values has all settings; each value is what the setting's own type parsed
 */
record GivenSettings(Map<Setting<?>, Value> values) {
    GivenSettings {
        values = Map.copyOf(values);
    }

    /** Where values come from; a later one wins. */
    enum Source {
        DEFAULT,
        FILE,
        ENVIRONMENT,
        COMMAND_LINE
    }

    /**
     * A value of a setting.
     *
     * @param text   as the user or the table wrote it
     * @param name   by which the user set it
     * @param origin the file, variable or "command line"
     */
    record Value(Object value, String text, String name, Source source, String origin) {}

    @SuppressWarnings("unchecked") // The loader puts in what the setting's own type parsed.
    <T> T get(Setting<T> setting) {
        return (T) values.get(setting).value();
    }

    String textOf(Setting<?> setting) {
        return values.get(setting).text();
    }

    Source source(Setting<?> setting) {
        return values.get(setting).source();
    }

    /** Whether the user said something about it. */
    boolean isSet(Setting<?> setting) {
        return source(setting) != Source.DEFAULT;
    }

    /** The setting for a problem's sentence, by the name by which it was set. */
    String named(Setting<?> setting) {
        Value value = values.get(setting);
        return "'" + value.name() + "' (" + value.origin() + ")";
    }

    /** The same with its value. */
    String described(Setting<?> setting) {
        return named(setting) + " is '" + textOf(setting) + "'";
    }
}
