package io.strikemq.adapter.kafka.api;

import java.nio.ByteBuffer;

/** Copies of bytes that outlive the frame they came in. */
public final class OwnBytes {
    private OwnBytes() {}

    /** The same bytes, read-only, on the heap. */
    public static ByteBuffer of(ByteBuffer frameBytes) {
        return ByteBuffer.allocate(frameBytes.remaining())
                .put(frameBytes.duplicate())
                .flip()
                .asReadOnlyBuffer();
    }
}
