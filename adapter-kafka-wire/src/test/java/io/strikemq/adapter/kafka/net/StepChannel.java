package io.strikemq.adapter.kafka.net;

import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** Gives given bytes, never more than so many at once, and then the end of the stream. */
final class StepChannel implements ReadableByteChannel {
    private final ByteBuffer bytes;
    private final int step;

    StepChannel(byte[] bytes, int step) {
        this.bytes = ByteBuffer.wrap(bytes);
        this.step = step;
    }

    @Override
    public int read(ByteBuffer target) {
        if (!bytes.hasRemaining()) {
            return -1;
        }
        int count = Math.min(step, Math.min(bytes.remaining(), target.remaining()));
        target.put(bytes.slice(bytes.position(), count));
        bytes.position(bytes.position() + count);
        return count;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
        // Nothing to close.
    }
}
