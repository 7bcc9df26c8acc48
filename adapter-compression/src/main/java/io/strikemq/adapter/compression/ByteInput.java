package io.strikemq.adapter.compression;

import java.nio.ByteBuffer;

/** Reads a stretch of an array; every read checks that the bytes are there. */
final class ByteInput {
    private final byte[] bytes;
    private final int limit;
    private int position;

    ByteInput(byte[] bytes, int position, int limit) {
        this.bytes = bytes;
        this.position = position;
        this.limit = limit;
    }

    /** The remaining bytes of a buffer: its own array where it has one, else a copy. */
    static ByteInput of(ByteBuffer buffer) {
        if (buffer.hasArray()) {
            int from = buffer.arrayOffset() + buffer.position();
            return new ByteInput(buffer.array(), from, from + buffer.remaining());
        }
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return new ByteInput(copy, 0, copy.length);
    }

    byte[] array() {
        return bytes;
    }

    int position() {
        return position;
    }

    int remaining() {
        return limit - position;
    }

    boolean hasRemaining() {
        return position < limit;
    }

    /** Moves past {@code length} bytes and tells where they begin in the array. */
    int skip(long length) throws MalformedPayloadException {
        if (length < 0 || length > remaining()) {
            throw new MalformedPayloadException("it ends early: " + length + " bytes expected, of " + remaining());
        }
        int from = position;
        position += (int) length;
        return from;
    }

    /** The next {@code length} bytes as an input of their own. */
    ByteInput part(long length) throws MalformedPayloadException {
        int from = skip(length);
        return new ByteInput(bytes, from, from + (int) length);
    }

    int unsignedByte() throws MalformedPayloadException {
        return bytes[skip(1)] & 0xFF;
    }

    int littleEndianInt() throws MalformedPayloadException {
        return Integer.reverseBytes(bigEndianInt());
    }

    int bigEndianInt() throws MalformedPayloadException {
        int from = skip(4);
        return (bytes[from] & 0xFF) << 24
                | (bytes[from + 1] & 0xFF) << 16
                | (bytes[from + 2] & 0xFF) << 8
                | bytes[from + 3] & 0xFF;
    }
}
