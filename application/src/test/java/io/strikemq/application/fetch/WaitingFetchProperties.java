package io.strikemq.application.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.application.OneBroker;
import io.strikemq.application.Reading;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.fetch.PartitionFetched;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever happens, a fetch is answered exactly once, not too early, not too late, and leaves nothing behind. */
class WaitingFetchProperties {
    private static final int PARTITIONS = 3;

    enum Kind {
        FETCH,
        APPEND,
        ADVANCE,
        CANCEL
    }

    /** Something that happens; {@code number} is a partition, an amount or an index, as the kind wants it. */
    record Event(Kind kind, int number) {}

    private static final class Consumer {
        final AtomicInteger answers = new AtomicInteger();
        CompletableFuture<FetchResult> answer;
        int minBytes;
        long deadlineNanos;
        boolean cancelled;
        boolean early;
    }

    @Property(tries = 200)
    void everyFetchIsAnsweredExactlyOnceAndInTime(@ForAll("events") List<Event> events) {
        OneBroker broker = new OneBroker();
        broker.topic("t", PARTITIONS);
        List<Consumer> consumers = new ArrayList<>();
        for (Event event : events) {
            happen(event, broker, consumers);
            for (Consumer consumer : consumers) {
                check(consumer, broker);
            }
        }
        broker.time.advance(Duration.ofHours(1));
        for (Consumer consumer : consumers) {
            assertTrue(consumer.answer.isDone());
            assertEquals(consumer.cancelled ? 0 : 1, consumer.answers.get());
        }
        assertEquals(0, broker.logs.heldSlices());
        assertEquals(0, broker.time.pendingDeadlines());
    }

    private static void happen(Event event, OneBroker broker, List<Consumer> consumers) {
        switch (event.kind) {
            case FETCH -> consumers.add(fetch(broker, event.number));
            case APPEND -> broker.produce("t", event.number % PARTITIONS, "x".repeat(event.number));
            case ADVANCE -> broker.time.advance(Duration.ofMillis(event.number));
            default -> {
                if (!consumers.isEmpty()) {
                    Consumer consumer = consumers.get(event.number % consumers.size());
                    consumer.cancelled |= consumer.answer.cancel(false);
                }
            }
        }
    }

    private static Consumer fetch(OneBroker broker, int number) {
        Consumer consumer = new Consumer();
        consumer.minBytes = 3 * number;
        consumer.deadlineNanos =
                broker.time.monotonicNanos() + Duration.ofMillis(number).toNanos();
        Reading reading = new Reading().atLeast(consumer.minBytes).waiting(Duration.ofMillis(number));
        for (int partition = 0; partition <= number % PARTITIONS; partition++) {
            reading.from("t", partition, broker.partition("t", partition).end().highWatermark());
        }
        consumer.answer = broker.fetch(reading);
        consumer.answer.thenAccept(result -> {
            consumer.answers.incrementAndGet();
            int bytes = 0;
            for (PartitionFetched partition : result.partitions()) {
                bytes += partition.records().sizeInBytes();
            }
            boolean late = broker.time.monotonicNanos() >= consumer.deadlineNanos;
            consumer.early = !late && bytes < consumer.minBytes;
            result.release();
        });
        return consumer;
    }

    private static void check(Consumer consumer, OneBroker broker) {
        boolean due = broker.time.monotonicNanos() >= consumer.deadlineNanos;
        if (due) {
            assertTrue(consumer.answer.isDone(), "answered too late");
        }
        assertFalse(consumer.early, "answered too early");
        assertFalse(consumer.answers.get() > 1, "answered twice");
    }

    @Provide
    Arbitrary<List<Event>> events() {
        return Combinators.combine(
                        Arbitraries.of(Kind.FETCH, Kind.FETCH, Kind.APPEND, Kind.APPEND, Kind.ADVANCE, Kind.CANCEL),
                        Arbitraries.integers().between(0, 200))
                .as(Event::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }
}
