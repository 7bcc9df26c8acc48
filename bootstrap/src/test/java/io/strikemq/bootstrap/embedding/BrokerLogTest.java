package io.strikemq.bootstrap.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.event.Level;

class BrokerLogTest {
    private final BrokerLog log = new BrokerLog("info");

    @Test
    void onlyTheLastLinesAreKept() {
        for (int i = 0; i < BrokerLog.MOST_LINES + 5; i++) {
            log.add("line " + i);
        }
        assertEquals(BrokerLog.MOST_LINES, log.lines().size());
        assertEquals("line 5", log.lines().get(0));
    }

    @Test
    void aLineIsCut() {
        log.add("x".repeat(100_000));
        assertTrue(log.lines().get(0).length() <= BrokerLog.MOST_CHARACTERS + 2);
    }

    @Test
    void aLoggerWritesForTheThreadsBroker() throws InterruptedException {
        Logger logger = new EmbeddedLogProvider().getLoggerFactory().getLogger("io.strikemq.Some");
        onThreadOfTheBroker(() -> {
            logger.info("{} of {}", 1, 2);
            logger.debug("not this");
            logger.error("failed", new IllegalStateException("why"));
        });
        logger.info("of nobody");
        assertTrue(
                log.lines().get(0).endsWith(" INFO Some - 1 of 2"), log.lines().toString());
        assertTrue(
                log.lines().get(2).contains("IllegalStateException: why"),
                log.lines().toString());
        assertFalse(log.lines().toString().contains("not"), log.lines().toString());
    }

    @Test
    void librariesTellOnlyWhatIsWrong() throws InterruptedException {
        onThreadOfTheBroker(() -> new EmbeddedLogProvider()
                .getLoggerFactory()
                .getLogger("org.eclipse.jetty.server.Server")
                .info("started"));
        assertEquals(0, log.lines().size());
        assertTrue(log.takes(Level.INFO));
    }

    private void onThreadOfTheBroker(Runnable work) throws InterruptedException {
        Thread thread = new Thread(() -> {
            log.adoptThread();
            work.run();
        });
        thread.start();
        thread.join();
    }
}
