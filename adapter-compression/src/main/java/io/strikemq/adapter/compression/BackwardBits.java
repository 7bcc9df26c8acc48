package io.strikemq.adapter.compression;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads a Zstandard bit stream, which is read from its end (RFC 8878, 4.1): the highest set bit of the last byte marks
 * where it begins. Bits beyond the other end are 0; {@link #left()} is negative then.
 */
final class BackwardBits {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private final int start;
    private final int end;
    private int left;

    BackwardBits(ByteInput input) throws MalformedPayloadException {
        bytes = input.array();
        start = input.position();
        end = start + input.remaining();
        if (start == end || bytes[end - 1] == 0) {
            throw new MalformedPayloadException("a bit stream without an end mark");
        }
        left = 8 * (end - start) - 1 - (Integer.numberOfLeadingZeros(bytes[end - 1] & 0xFF) - 24);
    }

    /** How many bits are left; negative when more were read than there are. */
    int left() {
        return left;
    }

    /** The next {@code count} bits, at most 32, as a number. */
    int read(int count) {
        left -= count;
        return bitsAt(left, count);
    }

    /** The next {@code count} bits, which stay where they are. */
    int peek(int count) {
        return bitsAt(left - count, count);
    }

    void skip(int count) {
        left -= count;
    }

    private int bitsAt(int from, int count) {
        if (from < 0) {
            int there = count + from;
            return there <= 0 ? 0 : bitsAt(0, there) << -from;
        }
        int at = start + (from >>> 3);
        long word = at + Long.BYTES <= end ? (long) LONG.get(bytes, at) : wordNearEnd(at);
        return (int) (word >>> (from & 7) & (1L << count) - 1);
    }

    private long wordNearEnd(int at) {
        long word = 0;
        for (int i = end - 1; i >= at; i--) {
            word = word << 8 | bytes[i] & 0xFF;
        }
        return word;
    }
}
