package io.strikemq.adapter.storage.mmap.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A part of a segment file in memory, for reading through it once.
 *
 * <p>It reads and does not map: the sparse end of a file must not be touched through a map
 * (see {@link io.strikemq.adapter.storage.mmap.file.Mapping}).
 */
final class BatchWindow implements AutoCloseable {
    private static final int USUAL_SIZE = 256 << 10;

    private final FileChannel channel;
    private final int length;
    private ByteBuffer bytes = ByteBuffer.allocate(USUAL_SIZE).limit(0);
    private int begin;

    BatchWindow(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.READ);
        length = (int) Math.min(Integer.MAX_VALUE, channel.size());
    }

    /** The length of the file. */
    int length() {
        return length;
    }

    /** Makes sure that {@link #bytes()} has these bytes, all of which are in the file; says at which index. */
    int load(int position, int needed) throws IOException {
        if (position < begin || position + (long) needed > begin + (long) bytes.limit()) {
            if (needed > bytes.capacity()) {
                bytes = ByteBuffer.allocate(needed);
            }
            begin = position;
            bytes.clear().limit(Math.min(bytes.capacity(), length - position));
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, (long) position + bytes.position()) < 0) {
                    throw new IOException("the file became shorter while it was read");
                }
            }
            bytes.flip();
        }
        return position - begin;
    }

    ByteBuffer bytes() {
        return bytes;
    }

    /** Whether there are zeros only from this position to the end of the file. */
    boolean isZeroFrom(int position) throws IOException {
        int at = position;
        while (at < length) {
            int part = Math.min(USUAL_SIZE, length - at);
            int index = load(at, part);
            for (int end = index + part; index < end; index++) {
                if (bytes.get(index) != 0) {
                    return false;
                }
            }
            at += part;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
