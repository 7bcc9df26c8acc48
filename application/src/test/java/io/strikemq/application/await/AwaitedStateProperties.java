package io.strikemq.application.await;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.application.OneBroker;
import io.strikemq.application.await.Changes.Kind;
import io.strikemq.domain.await.Condition;
import io.strikemq.domain.await.UnmetCondition;
import io.strikemq.domain.await.Wait;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.record.RecordReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;

/** Waits on a broker whose changes, looks and time the test drives. */
class AwaitedStateProperties {
    /** What a step of the random run does. */
    enum Step {
        APPEND,
        WAIT,
        RUN_A_TASK,
        GIVE_UP
    }

    private OneBroker broker;
    private AwaitedState state;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final AtomicInteger tasksMade = new AtomicInteger();

    @BeforeTry
    void begin() {
        broker = new OneBroker();
        tasks.clear();
        Checks checks = new Checks(broker.topics, broker.partitions, new RecordReader(broker.codecs), null, null);
        state = new AwaitedState(() -> checks, this::plan, broker.time);
        broker.partitions.onAppend(() -> state.changes().of(Kind.RECORDS));
        broker.partitions.onStartMoved(() -> state.changes().of(Kind.RECORDS));
        broker.topics.onChange(() -> state.changes().of(Kind.TOPICS));
    }

    private void plan(Runnable task) {
        tasksMade.incrementAndGet();
        tasks.add(task);
        assertEquals(1, tasks.size(), "tasks at once");
    }

    private void runAll() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private static boolean isMet(Wait wait) {
        return wait.outcome().toCompletableFuture().isDone()
                && !wait.outcome().toCompletableFuture().isCompletedExceptionally();
    }

    @Property(tries = 300)
    void whoWaitsLearnsOfEveryChangeAndThereIsOneTaskAtTheMost(@ForAll @Size(max = 60) List<Step> steps) {
        broker.topic("t", 1);
        int appended = 0;
        List<Wait> waits = new ArrayList<>();
        List<Integer> wanted = new ArrayList<>();
        for (Step step : steps) {
            switch (step) {
                case APPEND -> {
                    broker.produce("t", 0, "v");
                    appended++;
                }
                case WAIT -> {
                    waits.add(state.begin(Condition.topic("t").hasRecords(appended + 1 + waits.size() % 3)));
                    wanted.add(appended + 1 + (waits.size() - 1) % 3);
                }
                case RUN_A_TASK -> {
                    if (!tasks.isEmpty()) {
                        tasks.remove().run();
                    }
                }
                case GIVE_UP -> {
                    if (!waits.isEmpty()) {
                        Wait last = waits.remove(waits.size() - 1);
                        boolean holds = wanted.remove(wanted.size() - 1) <= appended;
                        last.giveUp();
                        assertEquals(holds, isMet(last), "one last look");
                    }
                }
            }
        }
        runAll();
        for (int i = 0; i < waits.size(); i++) {
            assertEquals(wanted.get(i) <= appended, isMet(waits.get(i)), "wanted " + wanted.get(i) + " of " + appended);
        }
        assertEquals(waits.stream().filter(wait -> !isMet(wait)).count(), state.waiting());
    }

    @Example
    void nothingIsDoneWhileNobodyWaitsForIt() {
        broker.topic("t", 1);
        broker.produce("t", 0, "v");
        Wait topic = state.begin(Condition.topic("other").exists());
        runAll();
        int before = tasksMade.get();
        broker.produce("t", 0, "v");
        assertEquals(before, tasksMade.get(), "nobody waits for records");
        topic.cancel();
        broker.topic("other", 1);
        assertEquals(before, tasksMade.get(), "nobody waits at all");
        assertEquals(0, state.waiting());
    }

    @Property(tries = 5)
    void eachRecordIsReadOnceInLooksThatAreBounded(@ForAll @IntRange(min = 10, max = 30) int megabytes) {
        broker.topic("t", 2);
        AtomicInteger asked = new AtomicInteger();
        String megabyte = "x".repeat(1_000_000);
        for (int i = 0; i < megabytes; i++) {
            broker.produce("t", i % 2, megabyte);
        }
        Wait wait = state.begin(Condition.topic("t").hasRecords(megabytes + 1).matching(record -> {
            asked.incrementAndGet();
            return record.value().length > 1;
        }));
        tasks.remove().run();
        assertTrue(asked.get() <= (RecordCount.BYTES_A_LOOK >> 20) + 2, "a look that takes too long: " + asked);
        runAll();
        broker.produce("t", 0, "y");
        runAll();
        assertEquals(megabytes + 1, asked.get());
        broker.produce("t", 1, "xx");
        runAll();
        assertTrue(isMet(wait));
    }

    @Example
    void onlyWhatIsCommittedCountsUnlessTheOtherIsAskedFor() {
        broker.topic("t", 1);
        broker.transactional("t", 0, 7, 0, "aborted");
        Wait any = state.begin(Condition.topic("t").hasRecords(1).orUncommitted());
        Wait committed = state.begin(Condition.topic("t").hasRecords(1));
        runAll();
        assertTrue(isMet(any));
        broker.end("t", 0, 7, Outcome.ABORT);
        runAll();
        assertTrue(!isMet(committed));
        broker.transactional("t", 0, 7, 1, "committed");
        runAll();
        assertTrue(!isMet(committed));
        broker.end("t", 0, 7, Outcome.COMMIT);
        runAll();
        assertTrue(isMet(committed));
    }

    @Example
    void aTopicOfTheSameNameIsCountedAnew() {
        broker.topic("t", 1);
        broker.produce("t", 0, "a", "b");
        Wait three = state.begin(Condition.topic("t").hasRecords(3));
        runAll();
        broker.topics.delete(broker.topics.find("t").orElseThrow());
        runAll();
        broker.topic("t", 1);
        broker.produce("t", 0, "a", "b");
        runAll();
        assertTrue(!isMet(three));
        broker.produce("t", 0, "c");
        runAll();
        assertTrue(isMet(three));
    }

    @Example
    void deletedRecordsThatWereThereBeforeTheWaitDoNotCount() {
        broker.topic("t", 1);
        broker.produce("t", 0, "a", "b", "c");
        broker.deleteBefore("t", 0, 2);
        Wait two = state.begin(Condition.topic("t").hasRecords(2));
        runAll();
        assertTrue(!isMet(two));
        broker.produce("t", 0, "d");
        runAll();
        assertTrue(isMet(two));
    }

    @Example
    void soManyMayWaitAndNoMore() {
        List<Wait> waits = new ArrayList<>();
        for (int i = 0; i < AwaitedState.MAX_WAITS; i++) {
            waits.add(state.begin(Condition.topic("t").exists()));
        }
        assertThrows(
                BrokerException.class, () -> state.begin(Condition.topic("t").exists()));
        waits.get(0).cancel();
        waits.add(state.begin(Condition.topic("t").exists()));
        state.close();
        assertTrue(waits.stream()
                .allMatch(wait -> wait.outcome().toCompletableFuture().isCompletedExceptionally()));
        assertThrows(
                BrokerException.class, () -> state.begin(Condition.topic("t").exists()));
    }

    @Example
    void aWaitThatIsGivenUpTellsWhatWasSeen() {
        Wait wait = state.begin(Condition.topic("t").hasRecords(2));
        wait.giveUp();
        wait.outcome().exceptionally(failure -> {
            assertEquals(
                    "topic t: wanted 2 committed records, but there is no such topic (after 0 ms)",
                    failure.getMessage());
            assertTrue(failure instanceof UnmetCondition);
            return null;
        });
        assertTrue(wait.outcome().toCompletableFuture().isCompletedExceptionally());
    }
}
