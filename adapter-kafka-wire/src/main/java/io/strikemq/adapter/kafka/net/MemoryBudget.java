package io.strikemq.adapter.kafka.net;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Bounds the memory that unfinished frames of all connections take together. Thread-safe.
 *
 * <p>A quarter of it is kept for small frames: however many large ones are on their way, or stand still half-sent, an
 * ordinary request finds room. Where a share has none left, frames that stand still give up theirs: {@link #reclaim}.
 */
final class MemoryBudget {
    private static final int MOST_OF_A_SMALL_FRAME = 4 << 20;
    /** So many small frames of the largest kind make up the whole budget: a quarter of them have room at once. */
    private static final int SMALL_FRAMES = 64;

    private final int smallFrame;
    private final MemoryShare small;
    private final MemoryShare large;
    private final List<Runnable> holders = new CopyOnWriteArrayList<>();

    MemoryBudget(long limit) {
        this.smallFrame = (int) Math.min(MOST_OF_A_SMALL_FRAME, limit / SMALL_FRAMES);
        this.small = new MemoryShare(limit / 4);
        this.large = new MemoryShare(limit - limit / 4);
    }

    /** The share from which a frame takes that claims to be so long. */
    MemoryShare shareOf(int frameBytes) {
        return frameBytes <= smallFrame ? small : large;
    }

    /** Whether connections shall take small steps. */
    boolean isTight() {
        return small.isFull() || large.isFull();
    }

    long used() {
        return small.used() + large.used();
    }

    /** Runs this, on any thread, whenever others wait for memory that stands still. */
    void onReclaim(Runnable action) {
        holders.add(action);
    }

    /** Asks all who hold memory to give up what stands still, since somebody waits. */
    void reclaim() {
        holders.forEach(Runnable::run);
    }
}
