package io.strikemq.adapter.storage.mmap.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A mapped file that is unmapped when the last of its holders lets go: the segment, and every slice that was read.
 *
 * <p>Safe for all threads. Only the bytes that were written are touched, never the sparse rest of the file: reading a
 * hole may need a block, and a full disk would then be a signal and no error.
 */
public final class Mapping {
    private final FileMapper.Region region;
    private final AtomicInteger holders = new AtomicInteger(1);

    private Mapping(FileMapper.Region region) {
        this.region = region;
    }

    /** Maps the first {@code length} bytes of the file; the caller is the first holder. */
    public static Mapping of(Path file, int length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new Mapping(FileMapper.OF_THIS_JDK.map(channel, length));
        }
    }

    /** Read-only; for holders only, by absolute index. */
    public ByteBuffer bytes() {
        return region.bytes();
    }

    /** How many bytes are mapped. */
    public int length() {
        return region.bytes().capacity();
    }

    /** Becomes one more holder; false when it is unmapped already. */
    public boolean retain() {
        int now = holders.get();
        while (now > 0) {
            if (holders.compareAndSet(now, now + 1)) {
                return true;
            }
            now = holders.get();
        }
        return false;
    }

    /** Lets go, once per holder. */
    public void release() {
        if (holders.decrementAndGet() == 0) {
            region.unmap().run();
        }
    }
}
