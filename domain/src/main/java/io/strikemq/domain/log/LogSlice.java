package io.strikemq.domain.log;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Record batches, read from a log without copying them; the last one is cut off where the reader's limit says so.
 *
 * <p>The buffers may be views of mapped files: whoever received a slice calls {@link #release()} once, when the bytes
 * are no longer needed (after the socket took them), and does not touch them afterwards. Safe to hand to another
 * thread.
 */
public interface LogSlice {
    /** A slice without any bytes; releasing it does nothing. */
    LogSlice EMPTY = of(List.of());

    /**
     * The bytes in order, each buffer read-only and from its position to its limit; their positions are the caller's.
     */
    List<ByteBuffer> buffers();

    /** How many bytes all buffers hold together. */
    int sizeInBytes();

    /** Gives the bytes back to the log. Calling it again does nothing. */
    void release();

    /** A slice of buffers that need no release, because the garbage collector owns them. */
    static LogSlice of(List<ByteBuffer> buffers) {
        return new HeapSlice(buffers);
    }
}
