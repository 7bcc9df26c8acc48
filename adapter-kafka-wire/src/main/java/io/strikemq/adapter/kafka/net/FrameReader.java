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
    private final MemoryShare.Waiter waiter;
    /** Unread bytes from position to limit; null when there are none. */
    private ByteBuffer own;
    /** Where bytes are taken from: the shared buffer between a fill and the next settle, else our own or null. */
    private ByteBuffer source;
    /** Where our own buffer is counted; null without one. */
    private MemoryShare charged;
    /** The share that was asked to let the frame grow that has begun; null when none was. */
    private MemoryShare asked;

    private long received;

    FrameReader(int longest, BufferPool pool, MemoryBudget budget, MemoryShare.Waiter waiter) {
        this.longest = longest;
        this.pool = pool;
        this.budget = budget;
        this.waiter = waiter;
    }

    /** Reads once, and has {@link #hasRoom room}; returns the number of bytes, -1 at the end of the stream. */
    int fill(ReadableByteChannel channel, ByteBuffer shared) throws IOException {
        int count = fillOnce(channel, shared);
        received += Math.max(0, count);
        return count;
    }

    private int fillOnce(ReadableByteChannel channel, ByteBuffer shared) throws IOException {
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
        int most = Math.min(own.capacity(), claimed(own));
        // What was taken makes room, and must not come back: frames may lie before the one that has begun.
        own.compact().limit(most);
        try {
            return channel.read(own);
        } finally {
            own.flip();
        }
    }

    /** Whether {@link #next} has something to say: a whole frame, or that what comes is none. */
    boolean hasNext() {
        if (source == null || source.remaining() < HEADER) {
            return false;
        }
        int length = source.getInt(source.position());
        return !isCredible(length) || source.remaining() - HEADER >= length;
    }

    /** The next whole frame, valid until the next fill or settle; null when there is none. */
    ByteBuffer next() {
        if (!hasNext()) {
            return null;
        }
        int start = source.position();
        int length = source.getInt(start);
        if (!isCredible(length)) {
            throw new MalformedFrameException(ForeignProtocol.guess(length)
                    .map(ForeignProtocol::hint)
                    .orElse("a request of " + length + " bytes, allowed are " + SHORTEST + " to " + longest));
        }
        source.position(start + HEADER + length);
        return source.slice(start + HEADER, length);
    }

    /**
     * Moves what was not taken out of the shared buffer, and gives back what is not needed any more. Afterwards {@link
     * #hasRoom} or {@link #makeRoom} tell whether more can be read.
     */
    void settle() {
        if (source != null && source != own) {
            keepRest();
        } else if (own != null && !own.hasRemaining()) {
            dropOwn();
        }
        source = own;
        if (own == null) {
            finishAsking();
        }
    }

    /** Whether a fill could bring a byte. Without room nothing may be read, as the selector would report it for ever. */
    boolean hasRoom(int sharedCapacity) {
        if (own == null) {
            return true;
        }
        int claimed = claimed(own);
        return claimed <= sharedCapacity
                ? own.remaining() < sharedCapacity
                : own.remaining() < Math.min(own.capacity(), claimed);
    }

    /**
     * Makes room for the rest of the frame that has begun, of which the whole is not there yet.
     *
     * @return false when that needs memory which is not to be had now; the waiter hears when it may be
     */
    boolean makeRoom(int sharedCapacity) {
        return hasRoom(sharedCapacity) || grow(claimed(own));
    }

    private void keepRest() {
        if (source.hasRemaining()) {
            ByteBuffer rest = pool.borrow(source.remaining());
            own = rest.put(source).flip();
            charged = budget.shareOf(claimed(own));
            charged.take(own.capacity());
        }
    }

    private boolean grow(int claimed) {
        int wanted = (int) Math.min(claimed, 2L * own.capacity());
        int capacity = BufferPool.capacityFor(wanted);
        MemoryShare share = budget.shareOf(claimed);
        asked = share;
        if (!share.grow(waiter, capacity)) {
            return false;
        }
        ByteBuffer larger;
        try {
            larger = pool.borrow(wanted);
        } catch (OutOfMemoryError e) {
            share.give(capacity);
            throw e;
        }
        larger.put(own).flip();
        dropOwn();
        own = larger;
        charged = share;
        source = own;
        return true;
    }

    /** How many bytes wait to be taken. */
    int buffered() {
        return own == null ? 0 : own.remaining();
    }

    /** How many bytes came over this connection. */
    long received() {
        return received;
    }

    boolean holdsMemory() {
        return own != null;
    }

    /** Whether the memory that is held is of a share of which others wait for more. */
    boolean holdsWhatOthersWaitFor() {
        return charged != null && charged.isWaitedFor();
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
        if (asked != null) {
            MemoryShare share = asked;
            asked = null;
            share.done(waiter);
        }
    }

    private void dropOwn() {
        ByteBuffer dropped = own;
        own = null;
        MemoryShare share = charged;
        charged = null;
        pool.giveBack(dropped);
        share.give(dropped.capacity());
    }

    /** The size of the first frame as far as it is credible; checked when its turn comes. */
    private int claimed(ByteBuffer bytes) {
        if (bytes.remaining() < HEADER) {
            return HEADER;
        }
        int length = bytes.getInt(bytes.position());
        return isCredible(length) ? HEADER + length : HEADER;
    }

    private boolean isCredible(int length) {
        return length >= SHORTEST && length <= longest;
    }
}
