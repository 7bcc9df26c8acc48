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
        Object value = configuration.get(setting);
        if (value instanceof Optional<?> optional) {
            return optional.map(String::valueOf).orElse(null);
        }
        if (value instanceof List<?> items) {
            return items.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
        // Maps are kept for their look-up; a reader wants them as they were written.
        return value instanceof Map ? configuration.textOf(setting) : String.valueOf(value);
    }
}
