package io.strikemq.bootstrap.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkerThreadsTest {
    private static final int MOST = 8;

    @Test
    void aTaskThatTakesLongDoesNotKeepOthersFromRunning() throws InterruptedException {
        CountDownLatch mayEnd = new CountDownLatch(1);
        CountDownLatch other = new CountDownLatch(1);
        try (WorkerThreads workers = new WorkerThreads("worker-under-test", new Unfinished())) {
            workers.execute(() -> awaitQuietly(mayEnd));
            workers.execute(() -> {
                throw new IllegalStateException("a task that fails on purpose");
            });
            workers.execute(other::countDown);

            assertTrue(other.await(10, TimeUnit.SECONDS));
            mayEnd.countDown();
        }
    }

    @Test
    void thereAreAFewThreadsAtTheMostAndTheyHaveNames() throws InterruptedException {
        CountDownLatch mayEnd = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(MOST);
        Queue<String> names = new ConcurrentLinkedQueue<>();
        try (WorkerThreads workers = new WorkerThreads("worker-under-test", new Unfinished())) {
            for (int i = 0; i < 3 * MOST; i++) {
                workers.execute(() -> {
                    names.add(Thread.currentThread().getName());
                    busy.countDown();
                    awaitQuietly(mayEnd);
                });
            }
            assertTrue(busy.await(10, TimeUnit.SECONDS));
            assertEquals(MOST, names.size());
            assertTrue(names.stream().allMatch(name -> name.matches("worker-under-test-\\d")), names::toString);
            mayEnd.countDown();
        }
    }

    @Test
    void closeWaitsForTheTasksUnderWayAndDropsTheRest() throws InterruptedException {
        WorkerThreads workers = new WorkerThreads("worker-under-test", new Unfinished());
        CountDownLatch begun = new CountDownLatch(MOST);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Queue<String> done = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < MOST; i++) {
            workers.execute(() -> {
                begun.countDown();
                awaitQuietly(mayEnd);
                done.add("under way");
            });
        }
        begun.await();
        workers.execute(() -> done.add("queued"));
        Thread closer = new Thread(workers::close);
        closer.start();
        while (closer.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        mayEnd.countDown();
        closer.join();
        workers.execute(() -> done.add("late"));

        assertEquals(MOST, done.stream().filter("under way"::equals).count());
        assertEquals(MOST, done.size());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
