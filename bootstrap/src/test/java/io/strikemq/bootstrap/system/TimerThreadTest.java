package io.strikemq.bootstrap.system;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.port.out.Deadlines.Deadline;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TimerThreadTest {
    private final BlockingQueue<Thread> ran = new LinkedBlockingQueue<>();

    @Test
    void actionsRunOnTheTimersThreadAlsoWithoutADelay() throws InterruptedException {
        try (TimerThread timer = new TimerThread("timer-under-test")) {
            timer.schedule(Duration.ZERO, () -> ran.add(Thread.currentThread()));
            timer.schedule(Duration.ofMillis(1), () -> ran.add(Thread.currentThread()));

            Thread first = ran.poll(10, TimeUnit.SECONDS);
            assertNotSame(Thread.currentThread(), first);
            assertSame(first, ran.poll(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void aCancelledActionNeverRuns() throws InterruptedException {
        AtomicBoolean cancelledRan = new AtomicBoolean();
        try (TimerThread timer = new TimerThread("timer-under-test")) {
            Deadline cancelled = timer.schedule(Duration.ofMillis(20), () -> cancelledRan.set(true));
            cancelled.cancel();
            cancelled.cancel();
            timer.schedule(Duration.ofMillis(40), () -> ran.add(Thread.currentThread()));

            assertTrue(ran.poll(10, TimeUnit.SECONDS) != null);
        }
        assertFalse(cancelledRan.get());
    }

    @Test
    void aFailingActionDoesNotEndTheTimer() throws InterruptedException {
        try (TimerThread timer = new TimerThread("timer-under-test")) {
            timer.schedule(Duration.ZERO, () -> {
                throw new IllegalStateException("an action that fails on purpose");
            });
            timer.schedule(Duration.ZERO, () -> ran.add(Thread.currentThread()));

            assertTrue(ran.poll(10, TimeUnit.SECONDS) != null);
        }
    }

    @Test
    void afterCloseTheThreadIsGoneAndNothingRuns() throws InterruptedException {
        TimerThread timer = new TimerThread("timer-under-test");
        timer.schedule(Duration.ZERO, () -> ran.add(Thread.currentThread()));
        Thread thread = ran.poll(10, TimeUnit.SECONDS);
        timer.schedule(Duration.ofMillis(1), () -> {}).cancel();

        timer.close();

        thread.join(10_000);
        assertFalse(thread.isAlive());
        timer.schedule(Duration.ZERO, () -> ran.add(Thread.currentThread()));
        assertTrue(ran.isEmpty());
    }

    @Test
    void aDelayBeyondAllMeasureIsAccepted() {
        try (TimerThread timer = new TimerThread("timer-under-test")) {
            timer.schedule(Duration.ofMillis(Long.MAX_VALUE), () -> ran.add(Thread.currentThread()))
                    .cancel();
        }
        assertTrue(ran.isEmpty());
    }
}
