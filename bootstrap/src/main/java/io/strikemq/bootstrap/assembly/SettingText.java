package io.strikemq.bootstrap.assembly;

import io.strikemq.bootstrap.config.Configuration;
import io.strikemq.bootstrap.config.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a setting's value is shown: lists with commas, null for one that is not set. */
final class SettingText {
    private SettingText() {}

    static String of(Configuration configuration, Setting<?> setting) {
        return text(configuration.get(setting), configuration.textOf(setting));
    }

    /** The text of its default. */
    static String usual(Setting<?> setting) {
        return text(setting.defaultValue(), setting.defaultText());
    }

    private static String text(Object value, String written) {
        if (value instanceof Optional<?> optional) {
            return optional.map(String::valueOf).orElse(null);
        }
        if (value instanceof List<?> items) {
            return items.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
        // Maps are kept for their look-up, and words of a list in any case; a reader wants them as they were written.
        return value instanceof Map || value instanceof Enum ? written : String.valueOf(value);
    }
}
