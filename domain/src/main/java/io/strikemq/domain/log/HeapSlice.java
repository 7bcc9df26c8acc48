package io.strikemq.domain.log;

import java.nio.ByteBuffer;
import java.util.List;

/** Bytes that live on the heap, or in memory that outlives every reader. */
record HeapSlice(List<ByteBuffer> buffers) implements LogSlice {
    HeapSlice {
        buffers = List.copyOf(buffers);
    }

    @Override
    public int sizeInBytes() {
        int size = 0;
        for (ByteBuffer buffer : buffers) {
            size += buffer.remaining();
        }
        return size;
    }

    @Override
    public void release() {
        // Nothing to give back: the garbage collector does.
    }
}
