package io.strikemq.adapter.compression;

/** Reads bits from the lowest of each byte on; a byte once begun belongs to it. */
final class ForwardBits {
    private final ByteInput input;
    private long held;
    private int count;

    ForwardBits(ByteInput input) {
        this.input = input;
    }

    int read(int width) throws MalformedPayloadException {
        int value = peek(width);
        held >>>= width;
        count -= width;
        return value;
    }

    /** The next bits, which stay where they are. */
    int peek(int width) throws MalformedPayloadException {
        while (count < width) {
            held |= (long) input.unsignedByte() << count;
            count += 8;
        }
        return (int) (held & (1L << width) - 1);
    }
}
