package io.strikemq.adapter.kafka.net;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A part of the {@link MemoryBudget}. Thread-safe.
 *
 * <p>Memory is counted as it grows, not as it is claimed. When there is none left, one frame at a time may still grow
 * beyond the limit: otherwise frames that each hold a part and wait for the rest would wait for each other for ever.
 */
final class MemoryShare {
    /** Somebody who wants memory. */
    interface Waiter {
        /** There may be room now: ask again. Called on any thread, without a lock held. */
        void roomAgain();
    }

    private final long limit;
    private final Set<Waiter> waiting = new LinkedHashSet<>();
    private volatile long used;
    private Waiter overdrawn;

    MemoryShare(long limit) {
        this.limit = limit;
    }

    boolean isFull() {
        return used >= limit;
    }

    long used() {
        return used;
    }

    /** Whether somebody was told that there is no room, and has not asked again. */
    synchronized boolean isWaitedFor() {
        return !waiting.isEmpty();
    }

    /** Counts memory that is needed without question, as it holds bytes that were already read. */
    synchronized void take(int bytes) {
        used += bytes;
    }

    /** Asks for more memory; after {@code false} the waiter hears of room, once. */
    synchronized boolean grow(Waiter waiter, int bytes) {
        if (used + bytes > limit && overdrawn != waiter) {
            if (overdrawn != null) {
                waiting.add(waiter);
                return false;
            }
            overdrawn = waiter;
        }
        used += bytes;
        return true;
    }

    /** Gives memory back; the waiter keeps its leave to go beyond the limit until it is {@link #done}. */
    void give(int bytes) {
        List<Waiter> awakened;
        synchronized (this) {
            used -= bytes;
            awakened = takeWaiting();
        }
        awakened.forEach(Waiter::roomAgain);
    }

    /** The waiter's frame is complete, or its connection gone. */
    void done(Waiter waiter) {
        List<Waiter> awakened;
        synchronized (this) {
            waiting.remove(waiter);
            if (overdrawn != waiter) {
                return;
            }
            overdrawn = null;
            awakened = takeWaiting();
        }
        awakened.forEach(Waiter::roomAgain);
    }

    private List<Waiter> takeWaiting() {
        if (waiting.isEmpty()) {
            return List.of();
        }
        List<Waiter> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }
}
