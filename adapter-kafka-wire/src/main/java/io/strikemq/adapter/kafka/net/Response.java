package io.strikemq.adapter.kafka.net;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/**
 * The bytes of an answer, the length in front included.
 *
 * @param buffers sent from position to limit without a copy; they belong to the connection, which moves their positions
 * @param release runs exactly once, when the bytes were sent or will never be
 */
public record Response(List<ByteBuffer> buffers, Runnable release) {
    private static final Runnable NOTHING = () -> {};

    public Response {
        Objects.requireNonNull(buffers, "buffers");
        Objects.requireNonNull(release, "release");
    }

    /** An answer that nothing must be given back for. */
    public static Response of(List<ByteBuffer> buffers) {
        return new Response(buffers, NOTHING);
    }

    long size() {
        long size = 0;
        for (int i = 0; i < buffers.size(); i++) {
            size += buffers.get(i).remaining();
        }
        return size;
    }
}
