package io.strikemq.adapter.kafka.net;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.IntStream;

/**
 * Lends direct buffers, and keeps some for the next borrower: they are dear to make and are freed only by the garbage
 * collector. Belongs to one event loop.
 */
final class BufferPool {
    private static final int SMALLEST_BITS = 12;
    private static final int LARGEST_BITS = 22;
    private static final int KEPT_BYTES = 8 << 20;

    private final Deque<ByteBuffer>[] free;
    private int kept;

    BufferPool() {
        @SuppressWarnings({"unchecked", "rawtypes"})
        Deque<ByteBuffer>[] sizes = IntStream.rangeClosed(SMALLEST_BITS, LARGEST_BITS)
                .mapToObj(bits -> new ArrayDeque<ByteBuffer>())
                .toArray(Deque[]::new);
        this.free = sizes;
    }

    /** The capacity that a buffer of at least so many bytes would have. */
    static int capacityFor(int bytes) {
        int bits = Math.max(SMALLEST_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(bytes, 1) - 1));
        return bits > LARGEST_BITS ? bytes : 1 << bits;
    }

    /** An empty buffer of {@link #capacityFor} so many bytes. */
    ByteBuffer borrow(int bytes) {
        int capacity = capacityFor(bytes);
        ByteBuffer buffer = capacity > 1 << LARGEST_BITS ? null : free[index(capacity)].poll();
        if (buffer == null) {
            return ByteBuffer.allocateDirect(capacity);
        }
        kept -= capacity;
        return buffer.clear();
    }

    /** Takes a buffer back, which nobody may touch any more. */
    void giveBack(ByteBuffer buffer) {
        int capacity = buffer.capacity();
        if (capacity <= 1 << LARGEST_BITS && kept + capacity <= KEPT_BYTES) {
            free[index(capacity)].push(buffer);
            kept += capacity;
        }
    }

    private static int index(int capacity) {
        return Integer.numberOfTrailingZeros(capacity) - SMALLEST_BITS;
    }
}
