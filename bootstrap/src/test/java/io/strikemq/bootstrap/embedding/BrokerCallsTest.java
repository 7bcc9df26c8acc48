package io.strikemq.bootstrap.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BrokerCallsTest {
    private static final InheritableThreadLocal<String> OF_THE_CALLER = new InheritableThreadLocal<>();

    private final BrokerLog log = new BrokerLog("info");
    private final BrokerCalls calls = new BrokerCalls(log);

    @AfterEach
    void close() {
        calls.close();
        OF_THE_CALLER.remove();
    }

    @Test
    void theWorksThreadHasNothingOfTheCallers() throws Exception {
        OF_THE_CALLER.set("secret");
        Thread worker = calls.call(() -> {
            assertNull(OF_THE_CALLER.get());
            assertSame(log, BrokerLog.ofThread());
            return Thread.currentThread();
        });
        assertNotSame(Thread.currentThread(), worker);
        assertTrue(worker.isDaemon());
        assertSame(BrokerCalls.class.getClassLoader(), worker.getContextClassLoader());
    }

    @Test
    void threadsThatItMakesAreTheBrokersToo() throws Exception {
        Thread made = calls.call(() -> {
            Thread thread = new Thread(() -> log.add(BrokerLog.ofThread() == log ? "same" : "other"));
            thread.start();
            return thread;
        });
        made.join();
        assertTrue(made.isDaemon());
        assertEquals(List.of("same"), log.lines());
    }

    @Test
    void whatItThrowsIsThrownWithTheCallersStack() {
        IOException thrown = assertThrows(
                IOException.class,
                () -> calls.call(() -> {
                    throw new IOException("full");
                }));
        List<String> methods = Arrays.stream(thrown.getStackTrace())
                .map(StackTraceElement::getMethodName)
                .toList();
        assertTrue(methods.contains("whatItThrowsIsThrownWithTheCallersStack"), methods.toString());
    }

    @Test
    void workIsNotInterrupted() throws Exception {
        Thread.currentThread().interrupt();
        boolean wasInterrupted = calls.call(() -> Thread.currentThread().isInterrupted());
        assertFalse(wasInterrupted);
        assertTrue(Thread.interrupted());
    }

    @Test
    void whatOnlyWaitsIs() {
        Thread.currentThread().interrupt();
        assertThrows(
                InterruptedException.class,
                () -> calls.callInterruptibly(() -> {
                    new CountDownLatch(1).await();
                    return null;
                }));
        assertFalse(Thread.interrupted());
    }

    @Test
    void nothingIsDoneAfterTheClose() {
        calls.close();
        assertThrows(IllegalStateException.class, () -> calls.call(() -> null));
    }
}
