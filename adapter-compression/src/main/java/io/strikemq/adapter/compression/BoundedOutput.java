package io.strikemq.adapter.compression;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A growing array with an upper limit, into which codecs write.
 *
 * <p>It grows with what is written, or could be made of the bytes that are there; never with what a header claims.
 */
final class BoundedOutput extends OutputStream {
    private static final int FIRST_SIZE = 4096;

    private final int maxBytes;
    private byte[] bytes;
    private int size;

    BoundedOutput(int expected, int maxBytes) {
        this.maxBytes = maxBytes;
        this.bytes = new byte[Math.min(maxBytes, Math.max(FIRST_SIZE, expected))];
    }

    int size() {
        return size;
    }

    /** How many bytes may still be written. */
    int room() {
        return maxBytes - size;
    }

    @Override
    public void write(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    @Override
    public void write(byte[] source, int from, int length) {
        reserve(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    /** The array, with space for {@code length} bytes from {@link #size} on; say with {@link #wrote} how many it took. */
    byte[] reserve(int length) {
        if (length > room()) {
            throw new PayloadTooLargeException(maxBytes);
        }
        if (length > bytes.length - size) {
            long doubled = Math.max(2L * bytes.length, (long) size + length);
            bytes = Arrays.copyOf(bytes, (int) Math.min(maxBytes, doubled));
        }
        return bytes;
    }

    /** Counts bytes that were written into the reserved space. */
    void wrote(int length) {
        size += length;
    }

    /** Takes all that a stream has. */
    void writeAllOf(InputStream stream) throws IOException {
        int read;
        do {
            if (size == bytes.length) {
                // The array may be full and the stream at its end: only one more byte shows whether it has to grow.
                int next = stream.read();
                if (next < 0) {
                    return;
                }
                write(next);
            }
            read = stream.read(bytes, size, bytes.length - size);
            size += Math.max(0, read);
        } while (read >= 0);
    }

    /** What was written, without a copy. */
    ByteBuffer toBuffer() {
        return ByteBuffer.wrap(bytes, 0, size).slice();
    }
}
