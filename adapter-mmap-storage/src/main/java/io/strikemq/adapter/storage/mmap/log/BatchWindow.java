package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.domain.record.BatchLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * A part of a segment file in memory, for reading through it once.
 *
 * <p>It reads and does not map: the sparse end of a file must not be touched through a map
 * (see {@link io.strikemq.adapter.storage.mmap.file.Mapping}).
 */
final class BatchWindow implements AutoCloseable {
    private static final int SIZE = 256 << 10;

    private final FileChannel channel;
    private final int length;
    private final ByteBuffer bytes = ByteBuffer.allocate(SIZE).limit(0);
    private int begin;

    /** The whole file. */
    BatchWindow(Path file) throws IOException {
        this(file, Integer.MAX_VALUE);
    }

    /** No more of the file than its first bytes. */
    BatchWindow(Path file, int most) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.READ);
        length = (int) Math.min(most, channel.size());
    }

    /** How many bytes there are. */
    int length() {
        return length;
    }

    /** Makes sure that {@link #bytes()} has these bytes, few and all of them in the file; says at which index. */
    int load(int position, int needed) throws IOException {
        if (position < begin || position + (long) needed > begin + (long) bytes.limit()) {
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

    /** Whether a batch of this size, all of which is in the file, has the CRC of its bytes: a part after the other. */
    boolean crcMatches(int position, int size) throws IOException {
        int stored = bytes.getInt(load(position, BatchLayout.HEADER_SIZE) + BatchLayout.CRC);
        CRC32C crc = new CRC32C();
        int at = position + BatchLayout.ATTRIBUTES;
        int end = position + size;
        while (at < end) {
            int index = load(at, 1);
            int part = Math.min(end - at, bytes.limit() - index);
            crc.update(bytes.slice(index, part));
            at += part;
        }
        return stored == (int) crc.getValue();
    }

    /** Whether there are zeros only from this position to the end of the file. */
    boolean isZeroFrom(int position) throws IOException {
        int at = position;
        while (at < length) {
            int part = Math.min(SIZE, length - at);
            int index = load(at, part);
            // All of them are the same as their neighbours if they are the same one further: many at once are compared.
            boolean isAllTheSame = bytes.slice(index, part - 1).mismatch(bytes.slice(index + 1, part - 1)) < 0;
            if (bytes.get(index) != 0 || !isAllTheSame) {
                return false;
            }
            at += part;
        }
        return true;
    }

    /** Where the next byte of this value is, from the position on; the length if there is none. */
    int next(int value, int position) throws IOException {
        int at = position;
        while (at < length) {
            int index = load(at, 1);
            int limit = bytes.limit();
            for (int found = index; found < limit; found++) {
                if (bytes.get(found) == value) {
                    return at + found - index;
                }
            }
            at += limit - index;
        }
        return length;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
