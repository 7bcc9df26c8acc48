package io.strikemq.bootstrap.assembly;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a setting's value is shown: lists with commas, null for one that is not set. */
final class SettingText {
    private SettingText() {}

    static String of(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(String::valueOf).orElse(null);
        }
        if (value instanceof List<?> items) {
            return items.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
        return String.valueOf(value);
    }
}
