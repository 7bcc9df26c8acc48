package io.strikemq.bootstrap.system;

import io.strikemq.domain.port.out.Clock;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/**
 * The log's stream: each line of text begins with the local time in milliseconds, as {@code 2026-01-31T23:59:59.007}, but
 * for stack traces, which are printed as objects. The logging library could do so too, with a date format that it makes
 * before it logs anything: that alone, for a log which is mostly empty, is a sixth of the start.
 */
public final class DatedLines extends PrintStream {
    private final Clock clock;

    /** Writes to {@code out}, with the times of {@code clock}. */
    public DatedLines(OutputStream out, Clock clock) {
        super(out, true, StandardCharsets.UTF_8);
        this.clock = clock;
    }

    @Override
    public void println(String line) {
        super.println(time(clock.wallClockMillis()) + " " + line);
    }

    private static String time(long millis) {
        LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneId.systemDefault());
        String fraction = String.valueOf(1000 + Math.floorMod(millis, 1000L)).substring(1);
        String seconds = time.withNano(0).toString();
        boolean isFullMinute = time.getSecond() == 0;
        return seconds + (isFullMinute ? ":00." : ".") + fraction;
    }
}
