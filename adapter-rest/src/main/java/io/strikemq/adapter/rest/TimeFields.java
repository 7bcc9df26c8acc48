package io.strikemq.adapter.rest;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fields that are moments and durations: whole milliseconds, or text that people write. */
final class TimeFields {
    private static final Pattern PART = Pattern.compile("([0-9]{1,18})(ms|s|m|h|d)");
    private static final Pattern PARTS = Pattern.compile("(" + PART.pattern() + ")+");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    private TimeFields() {}

    /** Milliseconds since 1970, from 0 on; {@code field} is what the refusal calls it. */
    static long moment(JsonValue time, String field) {
        try {
            long millis = time.isString() ? instant(time.text()) : Long.parseLong(String.valueOf(time.text()));
            if (millis >= 0) {
                return millis;
            }
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            // The sentence below says what would be right.
        }
        throw Failures.malformed(
                field + " must be milliseconds from 0 on, or a time as \"2026-01-31T12:00:00Z\", not " + shown(time));
    }

    /** A time without a zone is UTC, as in Kafka's tools. */
    private static long instant(String text) {
        TemporalAccessor time =
                DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        OffsetDateTime zoned =
                time instanceof LocalDateTime local ? local.atOffset(ZoneOffset.UTC) : (OffsetDateTime) time;
        return zoned.toInstant().toEpochMilli();
    }

    /** How long something is, from nothing on; {@code field} is what the refusal calls it. */
    static Duration duration(JsonValue time, String field) {
        try {
            Duration duration = time.isString()
                    ? duration(time.text())
                    : Duration.ofMillis(Long.parseLong(String.valueOf(time.text())));
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            // The sentence below says what would be right.
        }
        throw Failures.malformed(
                field + " must be milliseconds from 0 on, or a time as \"7d\", \"1h30m\", \"500ms\" or \"PT10M\", not "
                        + shown(time));
    }

    private static Duration duration(String text) {
        if (!PARTS.matcher(text).matches()) {
            return Duration.parse(text);
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            sum = sum.plus(UNITS.get(part.group(2)).multipliedBy(Long.parseLong(part.group(1))));
        }
        return sum;
    }

    private static String shown(JsonValue value) {
        return value.isString() ? "\"" + value.text() + "\"" : String.valueOf(value.text());
    }
}
