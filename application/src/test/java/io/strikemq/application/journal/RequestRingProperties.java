package io.strikemq.application.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.intercept.NamedRow;
import io.strikemq.domain.intercept.Outcome.Fate;
import io.strikemq.domain.intercept.RowError;
import io.strikemq.domain.journal.JournaledRequest;
import io.strikemq.domain.journal.RequestFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RequestRingProperties {
    private static JournaledRequest request(long number) {
        boolean failed = number % 3 == 0;
        NamedRow row = new NamedRow(null, null, "t" + number % 2, (int) (number % 4));
        return new JournaledRequest(
                number,
                number * 10,
                "c" + number % 5,
                "/127.0.0.1",
                1,
                number % 2 == 0 ? "Produce" : "Fetch",
                (short) 7,
                List.of(row),
                Fate.ANSWERED,
                failed ? List.of(new RowError(row, ErrorCode.NOT_LEADER_OR_FOLLOWER, null)) : List.of(),
                0,
                1);
    }

    private static List<Long> numbers(RequestRing ring) {
        return ring.all().stream().map(JournaledRequest::number).toList();
    }

    private static List<Long> lastOf(long added, int capacity) {
        return LongStream.rangeClosed(Math.max(1, added - capacity + 1), added)
                .boxed()
                .toList();
    }

    @Property(tries = 200)
    void theLastOnesAreThereInTheirOrderAlsoAfterItsSizeHasChanged(
            @ForAll @IntRange(min = 1, max = 20) int capacity,
            @ForAll @IntRange(max = 60) int before,
            @ForAll @IntRange(min = 1, max = 20) int newCapacity,
            @ForAll @IntRange(max = 60) int after) {
        RequestRing ring = new RequestRing(capacity);
        for (int i = 0; i < before; i++) {
            ring.add(RequestRingProperties::request);
        }
        assertEquals(lastOf(before, capacity), numbers(ring));
        RequestRing other = ring.resized(newCapacity);
        assertEquals(lastOf(before, Math.min(capacity, newCapacity)), numbers(other));
        for (int i = 0; i < after; i++) {
            other.add(RequestRingProperties::request);
        }
        assertEquals(before + after, other.added());
        List<Long> kept = numbers(other);
        assertTrue(kept.size() <= newCapacity);
        assertEquals(lastOf(before + after, kept.size()), kept);
    }

    @Example
    void manyThreadsLoseNothingAndNoOldOneReplacesANewerOne() throws InterruptedException {
        RequestRing ring = new RequestRing(64);
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Thread thread = new Thread(() -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                for (int i = 0; i < 10_000; i++) {
                    ring.add(RequestRingProperties::request);
                }
            });
            thread.start();
            threads.add(thread);
        }
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(lastOf(40_000, 64), numbers(ring));
    }

    @Property(tries = 200)
    void aFilterPassesWhatIsAllThatIsSaidAndNamesTheOneThingThatIsNot(
            @ForAll @IntRange(min = 1, max = 1000) int number) {
        JournaledRequest request = request(number);
        String topic = "t" + number % 2;
        RequestFilter fits = RequestFilter.requests()
                .api(request.api())
                .version(7)
                .topic(topic)
                .partition(topic, number % 4)
                .client("c" + number % 5)
                .fate(Fate.ANSWERED)
                .since(Instant.ofEpochMilli(number * 10L))
                .after(number - 1L);
        assertTrue(fits.passes(request));
        assertEquals(number % 3 == 0, fits.anyError().passes(request));
        assertEquals(
                number % 3 == 0, fits.error(ErrorCode.NOT_LEADER_OR_FOLLOWER).passes(request));
        assertEquals(number % 3 != 0, fits.error(ErrorCode.NONE).passes(request));
        assertTrue(fits.onlyMiss(request).isEmpty());
        for (RequestFilter misses : List.of(
                fits.api("JoinGroup"),
                fits.topic("other"),
                fits.group("g"),
                fits.transactionalId("x"),
                fits.client("d"),
                fits.since(Instant.ofEpochMilli(number * 10L + 1)),
                fits.after(number))) {
            assertTrue(!misses.passes(request), misses.text());
            assertTrue(misses.text().endsWith(misses.onlyMiss(request).orElseThrow()), misses.text());
            assertTrue(misses.version(8).onlyMiss(request).isEmpty(), "two things are not so");
        }
    }
}
