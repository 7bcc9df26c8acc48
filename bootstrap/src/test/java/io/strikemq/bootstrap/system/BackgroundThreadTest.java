package io.strikemq.bootstrap.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BackgroundThreadTest {
    private final BlockingQueue<Thread> ran = new LinkedBlockingQueue<>();

    @Test
    void tasksRunOneAfterTheOtherAndAFailureEndsOnlyItsOwn() throws InterruptedException {
        try (BackgroundThread background = new BackgroundThread("background-under-test", new Unfinished())) {
            background.execute(() -> ran.add(Thread.currentThread()));
            background.execute(() -> {
                throw new IllegalStateException("a task that fails on purpose");
            });
            background.execute(() -> ran.add(Thread.currentThread()));

            assertSame(ran.poll(10, TimeUnit.SECONDS), ran.poll(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void closeWaitsForTheTaskUnderWayAndDropsTheRest() throws InterruptedException {
        BackgroundThread background = new BackgroundThread("background-under-test", new Unfinished());
        CountDownLatch begun = new CountDownLatch(1);
        List<String> done = new java.util.concurrent.CopyOnWriteArrayList<>();
        CountDownLatch mayEnd = new CountDownLatch(1);
        background.execute(() -> {
            begun.countDown();
            awaitQuietly(mayEnd);
            done.add("first");
        });
        background.execute(() -> done.add("second"));
        begun.await();
        Thread closer = new Thread(background::close);
        closer.start();
        while (closer.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        mayEnd.countDown();
        closer.join();
        background.execute(() -> done.add("late"));

        assertEquals(List.of("first"), done);
        assertFalse(closer.isAlive());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
