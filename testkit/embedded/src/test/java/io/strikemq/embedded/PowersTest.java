package io.strikemq.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.await.Condition;
import io.strikemq.domain.await.UnmetCondition;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fault.FaultRule;
import io.strikemq.domain.fetch.IsolationLevel;
import io.strikemq.domain.port.in.Powers;
import io.strikemq.domain.put.RecordToPut;
import io.strikemq.domain.put.TopicExport;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
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
    void theHandleHasAllOfThemByTheSameNames() {
        Set<String> onTheHandle =
                Arrays.stream(StrikeMQ.class.getMethods()).map(Method::getName).collect(Collectors.toSet());
        for (RecordComponent power : Powers.class.getRecordComponents()) {
            assertTrue(onTheHandle.contains(power.getName()), power.getName());
        }
    }

    @Test
    void whatIsAwaitedMayNotComeToPass() {
        try (StrikeMQ broker = StrikeMQ.options().topic("orders", 1).start()) {
            broker.await(Condition.topic("orders").exists(), Duration.ofSeconds(10));
            UnmetCondition unmet = assertThrows(
                    UnmetCondition.class,
                    () -> broker.await(Condition.topic("orders").hasRecords(1), Duration.ofMillis(1)));
            assertTrue(
                    Arrays.stream(unmet.getStackTrace())
                            .anyMatch(frame -> frame.getClassName().equals(PowersTest.class.getName())),
                    unmet.toString());
        }
    }

    @Test
    void whoeverWaitsMayBeInterrupted() {
        try (StrikeMQ broker = StrikeMQ.start()) {
            Thread.currentThread().interrupt();
            Condition never = Condition.topic("orders").exists();
            assertThrows(IllegalStateException.class, () -> broker.await(never, Duration.ofMinutes(10)));
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void whatAPowerHandsOutIsCalledLikeThePower() throws Exception {
        try (StrikeMQ broker = StrikeMQ.start()) {
            broker.records().put("orders", RecordToPut.of("value"));
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            assertEquals(1, broker.records().exportTo("orders", lines));
            TopicExport export = broker.records().export("orders", IsolationLevel.READ_UNCOMMITTED);
            assertTrue(Proxy.isProxyClass(export.getClass()));
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
    void aResetBrokerHasNothing() throws Exception {
        try (StrikeMQ broker = StrikeMQ.options().topic("orders", 1).start()) {
            broker.faults().add(FaultRule.on("Produce").topic("orders").answer(ErrorCode.NOT_LEADER_OR_FOLLOWER));
            Clients.consumer(broker, "orders").close();
            broker.reset();
            assertEquals(List.of(), broker.faults().list());
            broker.createTopic("orders", 2);
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

    @Test
    void oneMayWaitForEver() {
        try (StrikeMQ broker = StrikeMQ.options().topic("orders").start()) {
            broker.await(Condition.topic("orders").exists(), Duration.ofSeconds(Long.MAX_VALUE));
        }
    }

    @Test
    void anExportOfWhatIsNotThereLeavesTheFileAlone(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("orders.ndjson"), "kept");
        try (StrikeMQ broker = StrikeMQ.start()) {
            assertThrows(BrokerException.class, () -> broker.records().exportTo("orders", file));
        }
        assertEquals("kept", Files.readString(file));
    }

    @Test
    void aPowerIsEqualToItself() {
        try (StrikeMQ broker = StrikeMQ.start()) {
            assertEquals(broker.clock(), broker.clock());
        }
    }
}
