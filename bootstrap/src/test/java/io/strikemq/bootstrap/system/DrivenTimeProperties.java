package io.strikemq.bootstrap.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.Deadlines;
import io.strikemq.domain.port.out.Deadlines.Deadline;
import io.strikemq.domain.port.out.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Driven time against the time of the tests, which runs everything on one thread; and against threads that do as they like. */
class DrivenTimeProperties {
    /** What somebody does with time; {@code number} is a delay, an advance, or which of the deadlines. */
    record Step(What what, int number, List<Integer> then) {}

    enum What {
        /** Sets a deadline whose action sets others, {@code then} later. */
        SCHEDULE,
        /** The same, whose action is handed to another thread. */
        HAND_ON,
        PAUSE,
        CANCEL,
        ADVANCE,
        SET_BACK
    }

    @Provide
    Arbitrary<List<Step>> programs() {
        Arbitrary<Integer> delays = Arbitraries.integers().between(0, 50);
        return Combinators.combine(
                        Arbitraries.of(What.class), delays, delays.list().ofMaxSize(3))
                .as(Step::new)
                .list()
                .ofMaxSize(30);
    }

    @Property(tries = 200)
    void everythingRunsInTheOrderAndAtTheTimesOfTheModel(@ForAll("programs") List<Step> program) {
        ManualTime model = new ManualTime();
        Hands ofModel = new Hands(model, model, Runnable::run);
        program.forEach(step -> ofModel.take(step, model::advance, back -> {}));
        model.advance(Duration.ofHours(1));

        try (ClockDriver time = new ClockDriver("timer-under-test", new SystemClock());
                WorkerThreads workers = new WorkerThreads("worker-under-test", time.unfinished())) {
            time.freeze();
            Hands hands = new Hands(time.clock(), time.deadlines(), workers);
            // Real time ends pauses too, at another time than the model's: these are far longer than the test takes.
            program.forEach(step -> hands.take(
                    step, time::advance, back -> time.set(time.state().now().minus(back))));
            time.advance(Duration.ofHours(1));
            assertEquals(ofModel.ran, hands.ran);
        }
    }

    /** Does what a program says, and notes what ran, and when. */
    private static final class Hands {
        private final Clock clock;
        private final Deadlines deadlines;
        private final Executor other;
        private final long began;
        private final List<String> ran = new CopyOnWriteArrayList<>();
        private final List<Deadline> set = new ArrayList<>();
        private final AtomicInteger names = new AtomicInteger();

        Hands(Clock clock, Deadlines deadlines, Executor other) {
            this.clock = clock;
            this.deadlines = deadlines;
            this.other = other;
            this.began = clock.monotonicNanos();
        }

        void take(
                Step step,
                java.util.function.Consumer<Duration> advance,
                java.util.function.Consumer<Duration> setBack) {
            // A minute more than nothing: what is due at once runs by itself, at no moment that a model could tell.
            Duration delay = Duration.ofMinutes(1).plusMillis(step.number());
            switch (step.what()) {
                case SCHEDULE -> set.add(deadlines.schedule(delay, () -> act(step)));
                case HAND_ON -> set.add(deadlines.schedule(delay, () -> other.execute(() -> act(step))));
                case PAUSE -> set.add(deadlines.pause(delay, () -> act(step)));
                case CANCEL -> {
                    if (!set.isEmpty()) {
                        set.get(step.number() % set.size()).cancel();
                    }
                }
                case ADVANCE -> advance.accept(Duration.ofMillis(step.number() * 2_000L));
                case SET_BACK -> setBack.accept(Duration.ofMinutes(step.number()));
            }
        }

        private void act(Step step) {
            String name = step.what() + " " + names.incrementAndGet();
            note(name);
            step.then().forEach(more -> deadlines.schedule(Duration.ofMillis(more), () -> note(name + " then")));
        }

        private void note(String what) {
            ran.add(what + " at " + (clock.monotonicNanos() - began));
        }
    }

    @Property(tries = 5)
    void threadsThatDoAsTheyLikeLoseNothingAndSeeNoTimeGoBack(@ForAll Random random) throws InterruptedException {
        try (ClockDriver time = new ClockDriver("timer-under-test", new SystemClock())) {
            AtomicBoolean over = new AtomicBoolean();
            List<String> faults = new CopyOnWriteArrayList<>();
            Thread reader = started(() -> {
                long last = time.clock().monotonicNanos();
                while (!over.get()) {
                    long now = time.clock().monotonicNanos();
                    if (now < last) {
                        faults.add(last + " and then " + now);
                    }
                    last = now;
                }
            });
            List<AtomicInteger> kept = new CopyOnWriteArrayList<>();
            List<AtomicInteger> cancelled = new CopyOnWriteArrayList<>();
            List<Thread> users = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Random own = new Random(random.nextLong());
                users.add(started(() -> use(time.deadlines(), own, kept, cancelled)));
            }
            for (int i = 0; i < 100; i++) {
                drive(time, random.nextInt(5));
            }
            for (Thread user : users) {
                user.join();
            }
            time.advance(Duration.ofSeconds(10));
            over.set(true);
            reader.join();
            assertEquals(List.of(), faults);
            assertTrue(kept.stream().allMatch(runs -> runs.get() == 1), "each runs once");
            assertTrue(cancelled.stream().allMatch(runs -> runs.get() <= 1), "none runs twice");
        }
    }

    private static void use(
            Deadlines deadlines, Random random, List<AtomicInteger> kept, List<AtomicInteger> cancelled) {
        for (int i = 0; i < 300; i++) {
            AtomicInteger runs = new AtomicInteger();
            Duration delay = Duration.ofMillis(random.nextInt(1000));
            Deadline set = random.nextBoolean()
                    ? deadlines.schedule(delay, runs::incrementAndGet)
                    : deadlines.pause(delay, runs::incrementAndGet);
            if (random.nextBoolean()) {
                set.cancel();
                cancelled.add(runs);
            } else {
                kept.add(runs);
            }
        }
    }

    private static void drive(ClockDriver time, int how) {
        switch (how) {
            case 0 -> time.freeze();
            case 1 -> time.resume();
            case 2 -> time.advance(Duration.ofMillis(20));
            case 3 -> time.set(time.state().now().minusSeconds(3600));
            default -> time.reset();
        }
    }

    private static Thread started(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        return thread;
    }
}
