package io.strikemq.bootstrap.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the text of a setting becomes a value.
 *
 * @param expects what a legal text looks like, to complete "must be …"
 * @param parser  throws IllegalArgumentException (or a subclass) for any other text
 */
public record SettingType<T>(String expects, Function<String, T> parser) {
    private static final Pattern NUMBER_WITH_UNIT = Pattern.compile("(-?\\d+)\\s*([a-zA-Z]*)");
    private static final Map<String, Long> SIZE_UNITS = Map.of(
            "", 1L, "b", 1L, "kb", 1L << 10, "k", 1L << 10, "mb", 1L << 20, "m", 1L << 20, "gb", 1L << 30, "g",
            1L << 30);
    private static final Map<String, Long> TIME_UNITS = Map.ofEntries(
            Map.entry("", 1L),
            Map.entry("ms", 1L),
            Map.entry("s", 1_000L),
            Map.entry("m", 60_000L),
            Map.entry("min", 60_000L),
            Map.entry("h", 3_600_000L),
            Map.entry("hours", 3_600_000L),
            Map.entry("d", 86_400_000L),
            Map.entry("days", 86_400_000L));

    /** The value that the text stands for; IllegalArgumentException when it is not legal. */
    T parse(String text) {
        return parser.apply(text.strip());
    }

    static SettingType<String> text() {
        return new SettingType<>("a text", text -> text);
    }

    static SettingType<Optional<String>> optionalText() {
        return new SettingType<>("a text", text -> text.isEmpty() ? Optional.empty() : Optional.of(text));
    }

    static SettingType<Integer> integer(int least, int most) {
        return new SettingType<>("a whole number from " + least + " to " + most, text -> {
            int value = Integer.parseInt(text);
            return inRange(value, least, most) ? value : illegal();
        });
    }

    /** A TCP port, 0 for a free one. */
    static SettingType<Integer> port() {
        return new SettingType<>(
                "a port from 0 to 65535, 0 for a free one", integer(0, 65535).parser());
    }

    /** A TCP port, or nothing. */
    static SettingType<Optional<Integer>> optionalPort() {
        return new SettingType<>(
                "a port from 1 to 65535",
                text -> text.isEmpty()
                        ? Optional.empty()
                        : Optional.of(integer(1, 65535).parse(text)));
    }

    /** A number of bytes, with a unit or without. */
    static SettingType<Integer> bytes(int least, int most) {
        return new SettingType<>(
                "a size from " + least + " to " + most + " bytes, such as 512KB, 64MB or 1GB", text -> {
                    long value = withUnit(text, SIZE_UNITS);
                    return inRange(value, least, most) ? (int) value : illegal();
                });
    }

    /** A span of time, in milliseconds or with a unit; -1 stands for no limit where that is allowed. */
    static SettingType<Duration> time(long leastMs, long mostMs) {
        String limits = leastMs < 0 ? ", or -1 for no limit" : "";
        return new SettingType<>("a time in ms, or such as 30s, 5m, 12h or 7d" + limits, text -> {
            long value = withUnit(text, TIME_UNITS);
            return inRange(value, leastMs, mostMs) ? Duration.ofMillis(value) : illegal();
        });
    }

    static SettingType<Boolean> bool() {
        return new SettingType<>("true or false", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> illegal();
        });
    }

    static SettingType<Path> path() {
        return new SettingType<>("a path", text -> {
            try {
                return text.isEmpty() ? illegal() : Path.of(text);
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException(e);
            }
        });
    }

    static SettingType<List<String>> list() {
        return new SettingType<>("one or more values, separated by commas", text -> {
            List<String> items = Arrays.stream(text.split(","))
                    .map(String::strip)
                    .filter(s -> !s.isEmpty())
                    .toList();
            return items.isEmpty() ? illegal() : items;
        });
    }

    static SettingType<String> oneOf(String... choices) {
        List<String> all = List.of(choices);
        return new SettingType<>(
                "one of " + String.join(", ", choices),
                text -> all.stream().filter(text::equalsIgnoreCase).findFirst().orElseGet(SettingType::illegal));
    }

    private static long withUnit(String text, Map<String, Long> units) {
        Matcher matcher = NUMBER_WITH_UNIT.matcher(text);
        Long factor = matcher.matches() ? units.get(matcher.group(2).toLowerCase(Locale.ROOT)) : null;
        if (factor == null) {
            return illegal();
        }
        try {
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), factor);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static boolean inRange(long value, long least, long most) {
        return value >= least && value <= most;
    }

    private static <V> V illegal() {
        throw new IllegalArgumentException();
    }
}
