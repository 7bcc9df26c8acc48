package io.strikemq.adapter.kafka.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * Cuts one connection's bytes into frames: four bytes of length, then that many bytes.
 *
 * <p>Bytes are read into the loop's shared buffer and frames are slices of it; only what is left of it when the loop
 * goes on to another connection is moved to a buffer of the connection's own, and back at the next read. A frame that
 * is larger than the shared buffer is collected in the connection's own. Its length is a claim: the buffer grows by
 * doubling, as bytes arrive. Belongs to one event loop.
 */
final class FrameReader {
    /** API key, version and correlation id: no request is shorter. */
    static final int SHORTEST = 8;

    private static final int HEADER = 4;
    /** How much is read at once from a connection while memory is short. */
    private static final int SMALL_STEP = 8 * 1024;

    private final int longest;
    private final BufferPool pool;
    private final MemoryBudget budget;
    private final MemoryBudget.Waiter waiter;
    /** Unread bytes from position to limit; null when there are none. */
    private ByteBuffer own;
    /** Where bytes are taken from: the shared buffer between a fill and the next settle, else our own or null. */
    private ByteBuffer source;
    /** Whether the budget was asked for the frame that has begun. */
    private boolean asked;

    FrameReader(int longest, BufferPool pool, MemoryBudget budget, MemoryBudget.Waiter waiter) {
        this.longest = longest;
        this.pool = pool;
        this.budget = budget;
        this.waiter = waiter;
    }

    /** Reads once; returns the number of bytes, -1 at the end of the stream. */
    int fill(ReadableByteChannel channel, ByteBuffer shared) throws IOException {
        if (own != null && claimed(own) > shared.capacity()) {
            return fillOwn(channel);
        }
        shared.clear();
        if (own != null) {
            shared.put(own);
            dropOwn();
        }
        if (budget.isTight()) {
            shared.limit(Math.min(shared.capacity(), shared.position() + SMALL_STEP));
        }
        source = shared;
        try {
            return channel.read(shared);
        } finally {
            shared.flip();
        }
    }

    private int fillOwn(ReadableByteChannel channel) throws IOException {
        int end = own.limit();
        own.limit(Math.min(own.capacity(), claimed(own))).position(end);
        try {
            return channel.read(own);
        } finally {
            own.flip();
        }
    }

    /** The next whole frame, valid until the next fill or settle; null when there is none. */
    ByteBuffer next() {
        if (source == null || source.remaining() < HEADER) {
            return null;
        }
        int start = source.position();
        int length = source.getInt(start);
        if (length < SHORTEST || length > longest) {
            throw new MalformedFrameException(
                    "a request of " + length + " bytes, allowed are " + SHORTEST + " to " + longest);
        }
        if (source.remaining() - HEADER < length) {
            return null;
        }
        source.position(start + HEADER + length);
        return source.slice(start + HEADER, length);
    }

    /**
     * Moves what was not taken out of the shared buffer, and makes room for more.
     *
     * @return false when the frame that has begun needs memory which is not to be had now
     */
    boolean settle(int sharedCapacity) {
        if (source != null && source != own) {
            keepRest();
        } else if (own != null && !own.hasRemaining()) {
            dropOwn();
        }
        source = own;
        if (own == null) {
            finishAsking();
            return true;
        }
        int claimed = claimed(own);
        return claimed <= sharedCapacity
                || own.limit() < Math.min(own.capacity(), claimed)
                || own.remaining() >= claimed
                || grow(claimed);
    }

    private void keepRest() {
        if (source.hasRemaining()) {
            ByteBuffer rest = pool.borrow(source.remaining());
            budget.take(rest.capacity());
            own = rest.put(source).flip();
        }
    }

    private boolean grow(int claimed) {
        int wanted = (int) Math.min(claimed, 2L * own.capacity());
        int capacity = BufferPool.capacityFor(wanted);
        asked = true;
        if (!budget.grow(waiter, capacity)) {
            return false;
        }
        ByteBuffer larger;
        try {
            larger = pool.borrow(wanted);
        } catch (OutOfMemoryError e) {
            budget.give(capacity);
            throw e;
        }
        larger.put(own).flip();
        dropOwn();
        own = larger;
        source = own;
        return true;
    }

    /** How many bytes wait to be taken. */
    int buffered() {
        return own == null ? 0 : own.remaining();
    }

    /** Gives back all memory; unread bytes are lost. */
    void close() {
        source = null;
        if (own != null) {
            dropOwn();
        }
        finishAsking();
    }

    private void finishAsking() {
        if (asked) {
            asked = false;
            budget.done(waiter);
        }
    }

    private void dropOwn() {
        ByteBuffer dropped = own;
        own = null;
        pool.giveBack(dropped);
        budget.give(dropped.capacity());
    }

    /** The size of the first frame as far as it is credible; checked when its turn comes. */
    private int claimed(ByteBuffer bytes) {
        if (bytes.remaining() < HEADER) {
            return HEADER;
        }
        int length = bytes.getInt(bytes.position());
        return length < SHORTEST || length > longest ? HEADER : HEADER + length;
    }
}
