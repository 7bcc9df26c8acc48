package io.strikemq.bootstrap.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.Deadlines;
import io.strikemq.domain.port.out.Deadlines.Deadline;
import io.strikemq.domain.time.ClockState;
import io.strikemq.domain.time.ClockState.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockDriverTest {
    private static final Instant NEW_YEAR = Instant.parse("2040-01-01T00:00:00Z");

    private final Clock machine = new SystemClock();
    private final ClockDriver time = new ClockDriver("timer-under-test", machine);
    private final Clock clock = time.clock();
    private final Deadlines deadlines = time.deadlines();
    private final BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
    private final AtomicReference<Semaphore> previous = new AtomicReference<>();
    private final Queue<String> ran = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        time.close();
    }

    private void note(String what) {
        ran.add(what + " at " + Duration.between(NEW_YEAR, Instant.ofEpochMilli(clock.wallClockMillis())));
    }

    private void freezeAtNewYear() {
        time.freeze();
        time.set(NEW_YEAR);
    }

    // Real time.

    @Test
    void actionsRunOnTheTimersThreadAlsoWithoutADelay() throws InterruptedException {
        deadlines.schedule(Duration.ZERO, () -> threads.add(Thread.currentThread()));
        deadlines.schedule(Duration.ofMillis(1), () -> threads.add(Thread.currentThread()));

        Thread first = threads.poll(10, TimeUnit.SECONDS);
        assertNotSame(Thread.currentThread(), first);
        assertSame(first, threads.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void aCancelledActionNeverRuns() throws InterruptedException {
        Deadline cancelled = deadlines.schedule(Duration.ofMillis(20), () -> ran.add("cancelled"));
        cancelled.cancel();
        cancelled.cancel();
        deadlines.schedule(Duration.ofMillis(40), () -> threads.add(Thread.currentThread()));

        assertTrue(threads.poll(10, TimeUnit.SECONDS) != null);
        assertTrue(ran.isEmpty());
    }

    @Test
    void aFailingActionDoesNotEndTheTimer() throws InterruptedException {
        deadlines.schedule(Duration.ZERO, () -> {
            throw new IllegalStateException("an action that fails on purpose");
        });
        deadlines.schedule(Duration.ZERO, () -> threads.add(Thread.currentThread()));

        assertTrue(threads.poll(10, TimeUnit.SECONDS) != null);
    }

    @Test
    void afterCloseTheThreadIsGoneAndNothingRuns() throws InterruptedException {
        deadlines.schedule(Duration.ZERO, () -> threads.add(Thread.currentThread()));
        Thread thread = threads.poll(10, TimeUnit.SECONDS);
        deadlines.schedule(Duration.ofMillis(1), () -> {}).cancel();

        time.close();

        thread.join(10_000);
        assertFalse(thread.isAlive());
        deadlines.schedule(Duration.ZERO, () -> threads.add(Thread.currentThread()));
        assertTrue(threads.isEmpty());
    }

    @Test
    void aDelayBeyondAllMeasureIsAccepted() {
        deadlines
                .schedule(Duration.ofMillis(Long.MAX_VALUE), () -> ran.add("never"))
                .cancel();
        assertTrue(ran.isEmpty());
    }

    @Test
    void anEarlierDeadlineIsNotKeptWaitingByALaterOne() throws InterruptedException {
        deadlines.schedule(Duration.ofHours(1), () -> ran.add("late"));
        deadlines.schedule(Duration.ofMillis(5), () -> threads.add(Thread.currentThread()));

        assertTrue(threads.poll(10, TimeUnit.SECONDS) != null);
        assertTrue(ran.isEmpty());
    }

    @Test
    void untilItIsDrivenItIsTheMachinesTime() {
        long before = machine.wallClockMillis();
        long now = clock.wallClockMillis();
        assertTrue(before <= now && now <= machine.wallClockMillis());
        assertEquals(Mode.REAL, time.state().mode());
        assertEquals(Duration.ZERO, time.state().ahead());
    }

    // Driven time.

    @Test
    void aFrozenClockShowsOneTimeAndMeetsNoDeadline() {
        ClockState frozen = time.freeze();
        deadlines.schedule(Duration.ofNanos(1), () -> ran.add("due"));
        long nanos = clock.monotonicNanos();
        long machineNanos = machine.monotonicNanos();
        while (machine.monotonicNanos() - machineNanos < 5_000_000) {
            Thread.onSpinWait();
        }
        assertEquals(nanos, clock.monotonicNanos());
        assertEquals(frozen.now().toEpochMilli(), clock.wallClockMillis());
        assertTrue(frozen.isFrozen());
        assertTrue(ran.isEmpty());

        time.advance(Duration.ofNanos(1));
        assertEquals(List.of("due"), List.copyOf(ran));
    }

    @Test
    void whatIsDueAtOnceRunsAlsoWhileTheClockStands() throws InterruptedException {
        time.freeze();
        deadlines.schedule(Duration.ZERO, () -> threads.add(Thread.currentThread()));
        assertTrue(threads.poll(10, TimeUnit.SECONDS) != null);
    }

    @Test
    void aPauseEndsInRealTimeWhileTheClockStands() throws InterruptedException {
        deadlines.pause(Duration.ofMillis(20), () -> threads.add(Thread.currentThread()));
        time.freeze();
        assertTrue(threads.poll(10, TimeUnit.SECONDS) != null, "one that had begun before");
        deadlines.pause(Duration.ofHours(1), () -> ran.add("late"));
        deadlines.pause(Duration.ofMillis(5), () -> ran.add("cancelled")).cancel();
        deadlines.pause(Duration.ofMillis(10), () -> threads.add(Thread.currentThread()));
        deadlines.schedule(Duration.ofMillis(1), () -> ran.add("no pause"));
        assertTrue(threads.poll(10, TimeUnit.SECONDS) != null, "one that begins meanwhile");
        assertEquals(List.of(), List.copyOf(ran));
    }

    @Test
    void aPauseEndsOnceWhenTimePassesBeforeThat() {
        freezeAtNewYear();
        deadlines.pause(Duration.ofMinutes(1), () -> note("paused"));
        time.advance(Duration.ofMinutes(1));
        time.advance(Duration.ofMinutes(1));
        assertEquals(List.of("paused at PT1M"), List.copyOf(ran));
    }

    @Test
    void aPauseThatBeganWhileTheClockStoodEndsWhenItGoesOn() throws InterruptedException {
        freezeAtNewYear();
        deadlines.pause(Duration.ofMinutes(1), () -> threads.add(Thread.currentThread()));
        time.advance(Duration.ofMinutes(1).minusMillis(20));
        time.resume();
        assertTrue(threads.poll(10, TimeUnit.SECONDS) != null);
    }

    @Test
    void whatBecomesDueRunsInOrderAtItsOwnTimeBeforeTheCallReturns() {
        freezeAtNewYear();
        deadlines.schedule(Duration.ofHours(2), () -> note("second"));
        deadlines.schedule(Duration.ofDays(7), () -> note("third"));
        deadlines.schedule(Duration.ofDays(7), () -> note("fourth"));
        deadlines.schedule(Duration.ofSeconds(1), () -> note("first"));
        deadlines.schedule(Duration.ofDays(8), () -> note("never"));

        ClockState state = time.advance(Duration.ofDays(7).plusSeconds(1));

        assertEquals(
                List.of("first at PT1S", "second at PT2H", "third at PT168H", "fourth at PT168H"), List.copyOf(ran));
        assertEquals(NEW_YEAR.plus(Duration.ofDays(7).plusSeconds(1)), state.now());
        assertTrue(state.isFrozen());
    }

    @Test
    void whatAnActionSetsRunsInTheSameCallIfItIsDueByThen() {
        freezeAtNewYear();
        deadlines.schedule(Duration.ofMinutes(1), () -> {
            note("first");
            deadlines.schedule(Duration.ofMinutes(1), () -> note("due"));
            deadlines.schedule(Duration.ofMinutes(3), () -> note("not due"));
        });
        deadlines.schedule(Duration.ofSeconds(90), () -> note("between"));

        time.advance(Duration.ofMinutes(3));

        assertEquals(List.of("first at PT1M", "between at PT1M30S", "due at PT2M"), List.copyOf(ran));
    }

    @Test
    void whatAnActionCancelsDoesNotRun() {
        freezeAtNewYear();
        List<Deadline> later = new ArrayList<>();
        deadlines.schedule(Duration.ofMinutes(1), () -> later.get(0).cancel());
        later.add(deadlines.schedule(Duration.ofMinutes(1), () -> note("cancelled")));

        time.advance(Duration.ofHours(1));

        assertTrue(ran.isEmpty());
    }

    @Test
    void whatIsHandedToOtherThreadsIsDoneAtItsOwnTimeToo() {
        try (BackgroundThread background = new BackgroundThread("background-under-test", time.unfinished());
                WorkerThreads workers = new WorkerThreads("worker-under-test", time.unfinished())) {
            freezeAtNewYear();
            deadlines.schedule(
                    Duration.ofMinutes(1),
                    () -> workers.execute(() -> background.execute(() -> {
                        note("handed on");
                        deadlines.schedule(Duration.ofMinutes(1), () -> workers.execute(() -> note("again")));
                    })));
            deadlines.schedule(Duration.ofMinutes(1).plusNanos(1_000_000), () -> note("next"));

            time.advance(Duration.ofHours(1));

            assertEquals(List.of("handed on at PT1M", "next at PT1M0.001S", "again at PT2M"), List.copyOf(ran));
        }
    }

    @Test
    void aTaskOfTheBrokersMayLetTimePassAndDoesNotWaitForItself() throws Exception {
        try (WorkerThreads workers = new WorkerThreads("worker-under-test", time.unfinished())) {
            freezeAtNewYear();
            deadlines.schedule(Duration.ofMinutes(1), () -> workers.execute(() -> note("due")));
            CompletableFuture<ClockState> done = new CompletableFuture<>();
            workers.execute(() -> done.complete(time.advance(Duration.ofHours(1))));

            assertEquals(
                    NEW_YEAR.plusSeconds(3600), done.get(10, TimeUnit.SECONDS).now());
            assertEquals(List.of("due at PT1M"), List.copyOf(ran));
        }
    }

    @Test
    void whatOthersBeginMeanwhileIsNotWaitedFor() throws Exception {
        try (WorkerThreads workers = new WorkerThreads("worker-under-test", time.unfinished())) {
            freezeAtNewYear();
            CountDownLatch over = new CountDownLatch(1);
            // There is no moment without one of them: each has begun before the one before it ends.
            Semaphore begun = new Semaphore(0);
            Thread others = new Thread(() -> {
                while (over.getCount() > 0) {
                    Semaphore mayEnd = new Semaphore(0);
                    workers.execute(() -> {
                        begun.release();
                        mayEnd.acquireUninterruptibly();
                    });
                    begun.acquireUninterruptibly();
                    Semaphore before = previous.getAndSet(mayEnd);
                    if (before != null) {
                        before.release();
                    }
                }
                previous.get().release();
            });
            others.start();
            deadlines.schedule(Duration.ofMinutes(1), () -> workers.execute(() -> note("due")));

            time.advance(Duration.ofHours(1));
            over.countDown();
            others.join();

            assertEquals(List.of("due at PT1M"), List.copyOf(ran));
        }
    }

    @Test
    void aCallThatWaitsTooLongTellsForWhatAndWhereTheClockStands() {
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (ClockDriver impatient = new ClockDriver("impatient", machine, Duration.ofMillis(50));
                BackgroundThread background = new BackgroundThread("background-under-test", impatient.unfinished())) {
            impatient.freeze();
            impatient.set(NEW_YEAR);
            impatient.deadlines().schedule(Duration.ofMinutes(1), () -> background.execute(() -> awaitQuietly(mayEnd)));

            BrokerException late = assertThrows(BrokerException.class, () -> impatient.advance(Duration.ofDays(1)));

            assertEquals(ErrorCode.REQUEST_TIMED_OUT, late.error());
            assertEquals(
                    "the clock has come to 2040-01-01T00:01:00Z and no further: what became due by then takes too long. "
                            + "1 deadlines have run; still at work: background-under-test (ClockDriverTest)",
                    late.getMessage());
            assertEquals(NEW_YEAR.plusSeconds(60), impatient.state().now());
            mayEnd.countDown();
            assertEquals(
                    NEW_YEAR.plusSeconds(120),
                    impatient.advance(Duration.ofMinutes(1)).now());
        }
    }

    @Test
    void whatIsSetAgainForTheSameTimeForEverIsGivenUp() {
        try (ClockDriver impatient = new ClockDriver("impatient", machine, Duration.ofMillis(50))) {
            impatient.freeze();
            Runnable[] again = new Runnable[1];
            again[0] = () -> impatient.deadlines().schedule(Duration.ZERO, again[0]);
            impatient.deadlines().schedule(Duration.ofSeconds(1), again[0]);

            BrokerException late = assertThrows(BrokerException.class, () -> impatient.advance(Duration.ofSeconds(2)));

            assertEquals(ErrorCode.REQUEST_TIMED_OUT, late.error());
        }
    }

    @Test
    void aClockThatGoesIsAdvancedAndGoesOn() throws InterruptedException {
        CountDownLatch due = new CountDownLatch(1);
        deadlines.schedule(Duration.ofDays(1), () -> ran.add("in between"));
        deadlines.schedule(Duration.ofDays(2).plusMillis(20), due::countDown);

        ClockState state = time.advance(Duration.ofDays(2));

        assertEquals(Mode.RUNNING, state.mode());
        assertEquals(Duration.ofDays(2), state.ahead());
        assertEquals(List.of("in between"), List.copyOf(ran));
        assertTrue(due.await(10, TimeUnit.SECONDS), "time goes on");
    }

    @Test
    void settingALaterTimeLetsTheTimeUntilThenPass() {
        freezeAtNewYear();
        deadlines.schedule(Duration.ofDays(1), () -> note("due"));

        assertEquals(
                NEW_YEAR.plus(Duration.ofDays(3)),
                time.set(NEW_YEAR.plus(Duration.ofDays(3))).now());

        assertEquals(List.of("due at PT24H"), List.copyOf(ran));
    }

    @Test
    void settingAnEarlierTimeIsShownAndNothingWaitsLongerOrShorter() {
        freezeAtNewYear();
        deadlines.schedule(Duration.ofMinutes(1), () -> note("due"));
        long nanos = clock.monotonicNanos();

        assertEquals(Instant.EPOCH, time.set(Instant.EPOCH).now());
        assertEquals(nanos, clock.monotonicNanos());
        time.set(Instant.EPOCH.plusSeconds(59));
        assertTrue(ran.isEmpty());
        time.set(Instant.EPOCH.plusSeconds(60));
        assertEquals(1, ran.size());
    }

    @Test
    void aClockThatWasFrozenGoesOnFromWhatItShows() {
        freezeAtNewYear();
        ClockState state = time.resume();
        assertEquals(Mode.RUNNING, state.mode());
        assertTrue(!state.now().isBefore(NEW_YEAR) && state.now().isBefore(NEW_YEAR.plusSeconds(60)));
        assertEquals(state.ahead(), time.resume().ahead());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2040-01-01T00:00:00Z", "1970-01-01T00:00:00Z"})
    void resetMakesItTheMachinesTimeAgainAndNoTimePassesByThat(Instant driven) {
        time.freeze();
        time.set(driven);
        deadlines.schedule(Duration.ofDays(1), () -> ran.add("never"));
        long nanos = clock.monotonicNanos();

        assertEquals(Mode.REAL, time.reset().mode());
        assertEquals(Duration.ZERO, time.state().ahead());

        long before = machine.wallClockMillis();
        long now = clock.wallClockMillis();
        assertTrue(before <= now && now <= machine.wallClockMillis());
        assertTrue(clock.monotonicNanos() >= nanos);
        assertTrue(ran.isEmpty());
    }

    @Test
    void timeThatCannotBeIsRefusedInASentence() {
        freezeAtNewYear();
        for (Duration wrong : List.of(Duration.ofNanos(-1), Duration.ofSeconds(Long.MAX_VALUE))) {
            assertEquals(
                    ErrorCode.INVALID_REQUEST,
                    assertThrows(BrokerException.class, () -> time.advance(wrong))
                            .error());
        }
        for (Instant wrong : List.of(Instant.MIN, Instant.EPOCH.minusMillis(1), Instant.MAX)) {
            assertEquals(
                    ErrorCode.INVALID_REQUEST,
                    assertThrows(BrokerException.class, () -> time.set(wrong)).error());
        }
        assertEquals(NEW_YEAR, time.state().now());
    }

    @Test
    void advancingOnTheTimersOwnThreadIsRefused() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        deadlines.schedule(Duration.ZERO, () -> {
            try {
                time.advance(Duration.ofSeconds(1));
                thrown.complete(null);
            } catch (IllegalStateException e) {
                thrown.complete(e);
            }
        });
        assertSame(IllegalStateException.class, thrown.get(10, TimeUnit.SECONDS).getClass());
    }

    @Test
    void aCallUnderWayFailsWhenTheBrokerStops() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (BackgroundThread background = new BackgroundThread("background-under-test", time.unfinished())) {
            time.freeze();
            deadlines.schedule(
                    Duration.ofSeconds(1),
                    () -> background.execute(() -> {
                        begun.countDown();
                        awaitQuietly(mayEnd);
                    }));
            CompletableFuture<ClockState> call =
                    CompletableFuture.supplyAsync(() -> time.advance(Duration.ofSeconds(2)));
            begun.await();
            time.close();
            Throwable failure = call.handle((state, thrown) -> thrown).get(10, TimeUnit.SECONDS);
            assertEquals(ErrorCode.BROKER_NOT_AVAILABLE, ((BrokerException) failure.getCause()).error());
            mayEnd.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
