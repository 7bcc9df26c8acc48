package io.strikemq.application.journal;

import io.strikemq.domain.journal.JournaledRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongFunction;

/** The last requests, so many. Many threads add at once, none waits for another. */
final class RequestRing {
    private final AtomicReferenceArray<JournaledRequest> slots;
    private final AtomicLong lastNumber = new AtomicLong();

    RequestRing(int capacity) {
        slots = new AtomicReferenceArray<>(capacity);
    }

    /** A ring of another size that goes on after this one: with its last requests and its numbers. */
    RequestRing resized(int capacity) {
        RequestRing other = new RequestRing(capacity);
        other.lastNumber.set(lastNumber.get());
        List<JournaledRequest> all = all();
        all.subList(Math.max(0, all.size() - capacity), all.size()).forEach(other::put);
        return other;
    }

    /** Adds a request, which gets the next number. */
    void add(LongFunction<JournaledRequest> numbered) {
        put(numbered.apply(lastNumber.incrementAndGet()));
    }

    /** A thread that was held up does not put an old request in the place of a newer one. */
    private void put(JournaledRequest request) {
        slots.accumulateAndGet(
                (int) (request.number() % slots.length()),
                request,
                (there, added) -> there == null || there.number() < added.number() ? added : there);
    }

    /** All of them, by number. */
    List<JournaledRequest> all() {
        List<JournaledRequest> all = new ArrayList<>(slots.length());
        for (int i = 0; i < slots.length(); i++) {
            JournaledRequest request = slots.get(i);
            if (request != null) {
                all.add(request);
            }
        }
        all.sort(Comparator.comparingLong(JournaledRequest::number));
        return all;
    }

    int capacity() {
        return slots.length();
    }

    /** How many requests there ever were. */
    long added() {
        return lastNumber.get();
    }
}
