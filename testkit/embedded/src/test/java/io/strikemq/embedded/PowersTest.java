package io.strikemq.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.in.Powers;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of the hidden side: who does it, and what comes back. */
class PowersTest {
    @Test
    void theHandleHasAllOfThem() {
        Set<Class<?>> onTheHandle = Arrays.stream(StrikeMQ.class.getMethods())
                .map(Method::getReturnType)
                .collect(Collectors.toSet());
        for (RecordComponent power : Powers.class.getRecordComponents()) {
            assertTrue(onTheHandle.contains(power.getType()), power.getName());
        }
    }

    @Test
    void theClockIsTheBrokers() {
        try (StrikeMQ broker = StrikeMQ.start();
                StrikeMQ other = StrikeMQ.start()) {
            broker.clock().freeze();
            Instant before = broker.clock().state().now();
            broker.clock().advance(Duration.ofDays(1));
            assertEquals(before.plus(Duration.ofDays(1)), broker.clock().state().now());
            assertTrue(other.clock().state().now().isBefore(before.plus(Duration.ofHours(1))));
        }
    }

    @Test
    void aRefusalTellsWhoAsked() {
        try (StrikeMQ broker = StrikeMQ.start()) {
            BrokerException refusal =
                    assertThrows(BrokerException.class, () -> broker.clock().advance(Duration.ofDays(-1)));
            assertEquals(ErrorCode.INVALID_REQUEST, refusal.error());
            assertTrue(
                    Arrays.stream(refusal.getStackTrace())
                            .anyMatch(frame -> frame.getClassName().equals(PowersTest.class.getName())),
                    () -> Arrays.toString(refusal.getStackTrace()));
        }
    }

    @Test
    void aClosedBrokerHasNoneAnyMore() {
        StrikeMQ broker = StrikeMQ.start();
        broker.close();
        assertThrows(IllegalStateException.class, () -> broker.clock().freeze());
    }

    @Test
    void anInterruptedCallerGetsWhatItAsksForAndStaysInterrupted(@TempDir Path folder) {
        StrikeMQ broker = StrikeMQ.options().logDirectory(folder).start();
        try {
            // As a test's time limit does.
            Thread.currentThread().interrupt();
            broker.createTopic("orders", 1);
            broker.close();
            assertTrue(Thread.interrupted());
        } finally {
            broker.close();
        }
        assertEquals(
                List.of(),
                broker.log().stream().filter(line -> line.contains("ERROR")).toList());
    }
}
