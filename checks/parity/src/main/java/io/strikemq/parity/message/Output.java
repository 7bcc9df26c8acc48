package io.strikemq.parity.message;

import java.nio.ByteBuffer;

/** Bytes that grow as they are written. */
final class Output {
    private ByteBuffer buffer = ByteBuffer.allocate(256);

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            int size = Math.max(buffer.capacity() * 2, buffer.position() + bytes);
            buffer = ByteBuffer.allocate(size).put(buffer.flip());
        }
        return buffer;
    }

    void int8(int value) {
        room(1).put((byte) value);
    }

    void int16(int value) {
        room(2).putShort((short) value);
    }

    void int32(int value) {
        room(4).putInt(value);
    }

    void int64(long value) {
        room(8).putLong(value);
    }

    void unsignedVarint(int value) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            int8(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        int8(rest);
    }

    /** A length in front of what follows; -1 stands for null. */
    void length(int length, boolean compact, int width) {
        if (compact) {
            unsignedVarint(length + 1);
        } else if (width == 2) {
            int16(length);
        } else {
            int32(length);
        }
    }

    void raw(ByteBuffer bytes) {
        room(bytes.remaining()).put(bytes.duplicate());
    }

    ByteBuffer bytes() {
        return buffer.duplicate().flip();
    }
}
