package io.strikemq.bootstrap.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.domain.port.out.Clock;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class DatedLinesTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private DatedLines at(String localTime) {
        long millis = LocalDateTime.parse(localTime)
                .atZone(ZoneId.systemDefault())
                .toInstant()
                .toEpochMilli();
        return new DatedLines(written, new Clock() {
            @Override
            public long wallClockMillis() {
                return millis;
            }

            @Override
            public long monotonicNanos() {
                return 0;
            }
        });
    }

    private String written() {
        return written.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void aLineBeginsWithTheLocalTime() {
        at("2026-01-31T23:59:59.487").println("INFO Broker - größer");

        assertEquals("2026-01-31T23:59:59.487 INFO Broker - größer\n", written());
    }

    @Test
    void theTimeHasAllItsDigitsAlsoWhereTheyAreZero() {
        at("2026-02-01T00:00:00").println("a");
        at("2026-02-01T10:20:00.007").println("b");

        assertEquals("2026-02-01T00:00:00.000 a\n2026-02-01T10:20:00.007 b\n", written());
    }

    @Test
    void theLinesOfAStackTraceHaveNone() {
        new Exception("why").printStackTrace(at("2026-01-31T23:59:59.487"));

        assertEquals("java.lang.Exception: why", written().lines().findFirst().orElseThrow());
    }
}
