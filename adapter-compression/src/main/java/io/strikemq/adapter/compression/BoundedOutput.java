package io.strikemq.adapter.compression;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A growing array with an upper limit, open to the block decoders, which copy within it.
 *
 * <p>It grows with what is written, never with what a header claims.
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

    /** Writes {@code length} times the same byte. */
    void fill(byte value, int length) {
        reserve(length);
        Arrays.fill(bytes, size, size + length, value);
        size += length;
    }

    /** Repeats what was written {@code distance} bytes ago; source and target may overlap, as in all LZ77 formats. */
    void repeat(int distance, int length) {
        reserve(length);
        byte[] target = bytes;
        int from = size - distance;
        if (distance >= length) {
            System.arraycopy(target, from, target, size, length);
        } else {
            for (int i = 0; i < length; i++) {
                target[size + i] = target[from + i];
            }
        }
        size += length;
    }

    /** What was written, without a copy. */
    ByteBuffer toBuffer() {
        return ByteBuffer.wrap(bytes, 0, size).slice();
    }

    private void reserve(int more) {
        if (more > maxBytes - size) {
            throw new PayloadTooLargeException(maxBytes);
        }
        if (more > bytes.length - size) {
            long doubled = Math.max(2L * bytes.length, (long) size + more);
            bytes = Arrays.copyOf(bytes, (int) Math.min(maxBytes, doubled));
        }
    }
}
