package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.Mapping;
import io.strikemq.domain.log.LogSlice;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Views of mapped segments, each of which stays mapped until this slice is released. */
final class MappedSlice implements LogSlice {
    // Filled by the thread that reads, before anybody else sees the slice.
    private final List<ByteBuffer> buffers = new ArrayList<>(1);
    private final List<Mapping> leases = new ArrayList<>(1);
    private int size;

    private final AtomicBoolean released = new AtomicBoolean();

    /** Adds a view of a mapping that the caller holds; from now on this slice holds it in the caller's stead. */
    void add(Mapping mapping, int from, int to) {
        leases.add(mapping);
        buffers.add(mapping.bytes().slice(from, to - from));
        size += to - from;
    }

    @Override
    public List<ByteBuffer> buffers() {
        return Collections.unmodifiableList(buffers);
    }

    @Override
    public int sizeInBytes() {
        return size;
    }

    @Override
    public void release() {
        if (released.compareAndSet(false, true)) {
            for (Mapping lease : leases) {
                lease.release();
            }
        }
    }
}
