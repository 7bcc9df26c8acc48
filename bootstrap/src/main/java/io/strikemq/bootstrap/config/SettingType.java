package io.strikemq.bootstrap.config;

import io.strikemq.domain.feature.Feature;
import io.strikemq.domain.feature.MetadataVersion;
import io.strikemq.domain.topic.admin.ConfigEntry.Type;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the text of a setting becomes a value.
 *
 * @param kafkaType the type that Kafka's tools are told
 * @param expects   what a legal text looks like, to complete "must be …"
 * @param parser    throws IllegalArgumentException (or a subclass) for any other text
 */
public record SettingType<T>(Type kafkaType, String expects, Function<String, T> parser) {
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

    static SettingType<Optional<String>> optionalText() {
        return new SettingType<>(Type.STRING, "a text", text -> text.isEmpty() ? Optional.empty() : Optional.of(text));
    }

    static SettingType<Integer> integer(int least, int most) {
        String expects = least == most ? String.valueOf(least) : "a whole number from " + least + " to " + most;
        return new SettingType<>(Type.INT, expects, text -> {
            int value = Integer.parseInt(text);
            return inRange(value, least, most) ? value : illegal();
        });
    }

    /** A TCP port, 0 for a free one. */
    static SettingType<Integer> port() {
        return new SettingType<>(
                Type.INT,
                "a port from 0 to 65535, 0 for a free one",
                integer(0, 65535).parser());
    }

    /** A TCP port, or nothing. */
    static SettingType<Optional<Integer>> optionalPort() {
        return new SettingType<>(
                Type.INT,
                "a port from 1 to 65535",
                text -> text.isEmpty()
                        ? Optional.empty()
                        : Optional.of(integer(1, 65535).parse(text)));
    }

    /** A number of bytes, with a unit or without. */
    static SettingType<Integer> bytes(int least, int most) {
        String limits = least < 0 ? "up to " : "from " + least + " to ";
        return new SettingType<>(Type.INT, "a size " + limits + most + " bytes, such as 512KB, 64MB or 1GB", text -> {
            long value = withUnit(text, SIZE_UNITS);
            return inRange(value, least, most) ? (int) value : illegal();
        });
    }

    /** A span of time, in milliseconds or with a unit; where less than 0 is legal, it stands for no limit. */
    static SettingType<Duration> time(Type kafkaType, long leastMs, long mostMs) {
        return new SettingType<>(kafkaType, "a time in ms, or such as 30s, 5m, 12h or 7d", text -> {
            long value = withUnit(text, TIME_UNITS);
            return inRange(value, leastMs, mostMs) ? Duration.ofMillis(value) : illegal();
        });
    }

    /** A span of time that is not 0; whatever is less stands for no limit and becomes -1, as in Kafka. */
    static SettingType<Duration> retention() {
        SettingType<Duration> time = time(Type.LONG, Long.MIN_VALUE, Long.MAX_VALUE);
        return new SettingType<>(time.kafkaType(), time.expects() + ", or -1 for no limit", text -> {
            Duration value = time.parse(text);
            if (value.isZero()) {
                return illegal();
            }
            return value.isNegative() ? Duration.ofMillis(-1) : value;
        });
    }

    static SettingType<Boolean> bool() {
        return new SettingType<>(Type.BOOLEAN, "true or false", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> illegal();
        });
    }

    /** The path of one directory. One that begins with {@code ~} is not legal, since it would become a directory ~. */
    static SettingType<Path> directory() {
        return new SettingType<>(Type.LIST, "the path of one directory, such as /data or ~/data", text -> {
            try {
                return text.isEmpty() || text.contains(",") || text.startsWith("~") ? illegal() : Path.of(text);
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException(e);
            }
        });
    }

    static SettingType<List<String>> list() {
        return new SettingType<>(Type.LIST, "one or more values, separated by commas", text -> {
            List<String> items = items(text).toList();
            return items.isEmpty() ? illegal() : items;
        });
    }

    /** Any number of values, none as well. */
    static SettingType<List<String>> optionalList() {
        return new SettingType<>(
                Type.LIST, "values, separated by commas", text -> items(text).toList());
    }

    /** Addresses as Kafka's {@code listeners} has them; an empty text is none at all. */
    static SettingType<List<ListenerAddress>> listeners() {
        return new SettingType<>(
                Type.LIST,
                "one or more of NAME://host:port, separated by commas",
                text -> items(text).map(ListenerAddress::parse).toList());
    }

    /** Which listener speaks which of Kafka's security protocols; names are in upper case, as Kafka has them. */
    static SettingType<Map<String, String>> securityProtocols() {
        return new SettingType<>(
                Type.STRING,
                "NAME:PROTOCOL for each listener, separated by commas, with one of " + Listeners.PROTOCOLS,
                text -> items(text.toUpperCase(Locale.ROOT))
                        .map(SettingType::nameAndProtocol)
                        .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1], (one, last) -> last)));
    }

    /** A release of Kafka, for what it has as metadata.version. */
    static SettingType<MetadataVersion> release() {
        return new SettingType<>(
                Type.STRING,
                "a release of Kafka from 3.3 to 4.4, or one of its versions as 4.1-IV0",
                text -> MetadataVersion.ofRelease(text).orElseGet(SettingType::illegal));
    }

    /** Levels of features, each one that is supported; an empty text is none. */
    static SettingType<Map<Feature, Short>> features() {
        String supported = Feature.supported().stream()
                .map(feature -> feature.featureName() + " from " + feature.lowest() + " to " + feature.highest())
                .collect(Collectors.joining(" and "));
        return new SettingType<>(
                Type.STRING,
                "NAME=LEVEL for each feature, separated by commas; supported are " + supported,
                text -> items(text)
                        .map(item -> item.split("\\s*=\\s*"))
                        .collect(Collectors.toUnmodifiableMap(
                                SettingType::feature, SettingType::level, (one, last) -> last)));
    }

    private static Feature feature(String[] nameAndLevel) {
        return Feature.find(nameAndLevel[0]).orElseGet(SettingType::illegal);
    }

    private static Short level(String[] nameAndLevel) {
        short level = nameAndLevel.length == 2 ? Short.parseShort(nameAndLevel[1]) : illegal();
        return feature(nameAndLevel).supports(level) ? Short.valueOf(level) : illegal();
    }

    private static String[] nameAndProtocol(String item) {
        String[] pair = item.split("\\s*:\\s*");
        return pair.length == 2 && Listeners.PROTOCOLS.contains(pair[1]) ? pair : illegal();
    }

    private static Stream<String> items(String text) {
        return Arrays.stream(text.split(",")).map(String::strip).filter(item -> !item.isEmpty());
    }

    static SettingType<String> oneOf(String... choices) {
        List<String> all = List.of(choices);
        return new SettingType<>(
                Type.STRING,
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
