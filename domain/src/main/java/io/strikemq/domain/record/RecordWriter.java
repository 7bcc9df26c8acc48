package io.strikemq.domain.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A growing buffer that speaks the number formats of records; big-endian. */
final class RecordWriter {
    private ByteBuffer buffer;

    /** Begins with {@code reserved} bytes of 0, to be filled in later by index. */
    RecordWriter(int reserved) {
        buffer = ByteBuffer.allocate(reserved + 512);
        buffer.position(reserved);
    }

    int size() {
        return buffer.position();
    }

    /** The buffer itself, for writing by index to what is already there. */
    ByteBuffer buffer() {
        return buffer;
    }

    /** What was written, from position 0 to its limit, without a copy. */
    ByteBuffer written() {
        return buffer.slice(0, buffer.position());
    }

    RecordWriter int8(int value) {
        room(1).put((byte) value);
        return this;
    }

    RecordWriter int32(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    RecordWriter int64(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    RecordWriter varint(int value) {
        return varlong(value);
    }

    RecordWriter varlong(long value) {
        long rest = value << 1 ^ value >> 63;
        room(10);
        while ((rest & ~0x7FL) != 0) {
            buffer.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        buffer.put((byte) rest);
        return this;
    }

    /** The bytes from position to limit, as they are. */
    RecordWriter raw(ByteBuffer bytes) {
        room(bytes.remaining()).put(bytes.duplicate());
        return this;
    }

    /** A varint length, -1 for null, and the bytes. */
    RecordWriter nullableBytes(ByteBuffer bytes) {
        return bytes == null ? varint(-1) : varint(bytes.remaining()).raw(bytes);
    }

    /** An int32 length, -1 for null, and the bytes. */
    RecordWriter nullableBytes32(ByteBuffer bytes) {
        return bytes == null ? int32(-1) : int32(bytes.remaining()).raw(bytes);
    }

    RecordWriter headers(List<RecordHeader> headers) {
        varint(headers.size());
        for (RecordHeader header : headers) {
            nullableBytes(ByteBuffer.wrap(header.key().getBytes(StandardCharsets.UTF_8)));
            nullableBytes(header.value());
        }
        return this;
    }

    private ByteBuffer room(int more) {
        if (buffer.remaining() < more) {
            int used = buffer.position();
            int capacity = (int) Math.min(Integer.MAX_VALUE - 64, Math.max(2L * buffer.capacity(), (long) used + more));
            buffer = ByteBuffer.wrap(Arrays.copyOf(buffer.array(), capacity)).position(used);
        }
        return buffer;
    }

    static int varintSize(int value) {
        return varlongSize(value);
    }

    static int varlongSize(long value) {
        long bits = value << 1 ^ value >> 63;
        return (70 - Long.numberOfLeadingZeros(bits | 1)) / 7;
    }

    static int nullableSize(ByteBuffer bytes) {
        return bytes == null ? 1 : varintSize(bytes.remaining()) + bytes.remaining();
    }

    static int headersSize(List<RecordHeader> headers) {
        int size = varintSize(headers.size());
        for (RecordHeader header : headers) {
            int name = header.key().getBytes(StandardCharsets.UTF_8).length;
            size += varintSize(name) + name + nullableSize(header.value());
        }
        return size;
    }
}
