package io.strikemq.application.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.application.LogLines;
import io.strikemq.application.OneBroker;
import io.strikemq.application.Reading;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever goes wrong while partitions are read, whoever goes away, and whatever is deleted meanwhile: every slice that
 * was read is given back.
 */
class ReleasedSlicesProperties {
    private static final int PARTITIONS = 3;

    @Property(tries = 300)
    @SuppressWarnings("try")
    void everySliceIsGivenBackWhateverFails(@ForAll long seed) {
        Random random = new Random(seed);
        OneBroker broker = new OneBroker();
        Topic topic = broker.topic("t", PARTITIONS);
        boolean[] deleted = {false};
        List<CompletableFuture<FetchResult>> answers = new ArrayList<>();
        try (LogLines reader = new LogLines(FetchReader.class);
                LogLines fetch = new LogLines(LongPollFetch.class)) {
            for (int step = 0; step < 30; step++) {
                broker.logs.beforeEachCall(() -> misfortune(random, broker, topic, deleted));
                step(random, broker, deleted[0], answers);
                broker.logs.beforeEachCall(() -> {});
            }
            broker.time.advance(Duration.ofHours(1));
        }
        for (CompletableFuture<FetchResult> answer : answers) {
            if (!answer.isCancelled()) {
                assertTrue(answer.isDone());
                answer.join().release();
            }
        }
        assertEquals(0, broker.logs.heldSlices());
        assertEquals(0, broker.time.pendingDeadlines());
    }

    private static void step(
            Random random, OneBroker broker, boolean deleted, List<CompletableFuture<FetchResult>> answers) {
        switch (random.nextInt(5)) {
            case 0, 1 -> answers.add(broker.fetch(reading(random)));
            case 2 -> {
                if (!deleted) {
                    broker.produce("t", random.nextInt(PARTITIONS), "x".repeat(random.nextInt(300)));
                }
            }
            case 3 -> broker.time.advance(Duration.ofMillis(random.nextInt(50)));
            default -> {
                if (!answers.isEmpty()) {
                    answers.get(random.nextInt(answers.size())).cancel(false);
                }
            }
        }
    }

    private static Reading reading(Random random) {
        Reading reading = new Reading()
                .atLeast(random.nextInt(1000))
                .atMost(random.nextInt(2000))
                .inFormat(random.nextInt(3))
                .session(0, random.nextBoolean() ? 0 : -1)
                .waiting(Duration.ofMillis(random.nextInt(100)));
        for (int partition = 0; partition < PARTITIONS; partition++) {
            reading.from("t", partition, random.nextInt(3));
        }
        return reading;
    }

    /** Rarely, a call to a log fails, or the topic is deleted right before it. */
    private static void misfortune(Random random, OneBroker broker, Topic topic, boolean[] deleted) {
        switch (random.nextInt(40)) {
            case 0 -> throw new BrokerException(ErrorCode.KAFKA_STORAGE_ERROR, "a failure that this test provokes");
            case 1 -> throw new IllegalStateException("a bug that this test provokes");
            case 2 -> {
                if (!deleted[0]) {
                    deleted[0] = true;
                    broker.topics.delete(topic);
                }
            }
            default -> {
                // Mostly all is well.
            }
        }
    }
}
