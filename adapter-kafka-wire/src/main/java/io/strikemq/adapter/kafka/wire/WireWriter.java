package io.strikemq.adapter.kafka.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Collects values into a list of buffers for a gathering write. Small values go into chunks of this writer's own; large
 * record batches are put between them by reference, never copied. Nothing once written is moved: a full chunk is
 * followed by a larger one.
 */
public final class WireWriter {
    /** Up to this size a copy is cheaper than one more buffer in a gathering write. */
    private static final int COPY_LIMIT = 512;

    private static final int LARGEST_CHUNK = 64 * 1024;
    /**
     * So much is written at the most, besides what is put by reference: no client takes more, and a small request can ask
     * for much, by naming something large again and again.
     */
    static final int MOST_OWN_BYTES = 128 << 20;

    private final List<ByteBuffer> parts = new ArrayList<>(4);
    private final ByteBuffer frameLength;
    private ByteBuffer chunk;
    private int chunkStart;
    private int collected;
    private int ownBytes;

    /** @param capacity how many bytes to expect, those put by reference aside; when they are more, it grows */
    public WireWriter(int capacity) {
        this(ByteBuffer.allocate(Math.max(capacity, 1)), false);
    }

    private WireWriter(ByteBuffer chunk, boolean framed) {
        this.chunk = chunk;
        this.frameLength = framed ? chunk : null;
        if (framed) {
            chunk.position(4);
        }
    }

    /** A writer whose result begins with the four-byte length of all that follows. */
    public static WireWriter framed(int capacity) {
        return new WireWriter(ByteBuffer.allocate(capacity + 4), true);
    }

    /** The number of bytes so far, those put by reference and the frame's length included. */
    public int size() {
        return collected + chunk.position() - chunkStart;
    }

    /** All that was written, in order. The writer must not be used any more. */
    public List<ByteBuffer> finish() {
        if (frameLength != null) {
            frameLength.putInt(0, size() - 4);
        }
        closePart();
        return parts;
    }

    /** All that was written as one buffer, which copies it when it is in several. */
    public ByteBuffer finishAsOne() {
        List<ByteBuffer> all = finish();
        if (all.size() == 1) {
            return all.get(0);
        }
        ByteBuffer one = ByteBuffer.allocate(collected);
        for (ByteBuffer part : all) {
            one.put(part);
        }
        return one.flip();
    }

    public void writeByte(byte value) {
        room(1).put(value);
    }

    public void writeBoolean(boolean value) {
        room(1).put((byte) (value ? 1 : 0));
    }

    public void writeShort(short value) {
        room(2).putShort(value);
    }

    public void writeUnsignedShort(int value) {
        if (value < 0 || value > 0xffff) {
            throw new IllegalArgumentException(value + " does not fit into two bytes without a sign");
        }
        room(2).putShort((short) value);
    }

    public void writeInt(int value) {
        room(4).putInt(value);
    }

    public void writeLong(long value) {
        room(8).putLong(value);
    }

    public void writeDouble(double value) {
        room(8).putDouble(value);
    }

    public void writeUuid(UUID value) {
        room(16).putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
    }

    public void writeUnsignedVarint(int value) {
        ByteBuffer out = room(5);
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    public void writeString(String text) {
        if (text == null) {
            writeShort((short) -1);
            return;
        }
        int size = textSize(text);
        writeShort((short) size);
        utf8(text, size);
    }

    public void writeCompactString(String text) {
        if (text == null) {
            writeUnsignedVarint(0);
            return;
        }
        int size = textSize(text);
        writeUnsignedVarint(size + 1);
        utf8(text, size);
    }

    public void writeBytes(ByteBuffer bytes) {
        writeInt(bytes == null ? -1 : bytes.remaining());
        if (bytes != null) {
            append(bytes);
        }
    }

    public void writeCompactBytes(ByteBuffer bytes) {
        writeUnsignedVarint(bytes == null ? 0 : bytes.remaining() + 1);
        if (bytes != null) {
            append(bytes);
        }
    }

    public void writeRecords(List<ByteBuffer> records) {
        writeInt(records == null ? -1 : WireSize.total(records));
        appendAll(records);
    }

    public void writeCompactRecords(List<ByteBuffer> records) {
        writeUnsignedVarint(records == null ? 0 : WireSize.total(records) + 1);
        appendAll(records);
    }

    public void writeArrayLength(List<?> array) {
        writeInt(array == null ? -1 : array.size());
    }

    public void writeCompactArrayLength(List<?> array) {
        writeUnsignedVarint(array == null ? 0 : array.size() + 1);
    }

    public void writeByteList(List<Byte> values) {
        writeArrayLength(values);
        byteElements(values);
    }

    public void writeCompactByteList(List<Byte> values) {
        writeCompactArrayLength(values);
        byteElements(values);
    }

    public void writeShortList(List<Short> values) {
        writeArrayLength(values);
        shortElements(values);
    }

    public void writeCompactShortList(List<Short> values) {
        writeCompactArrayLength(values);
        shortElements(values);
    }

    public void writeIntList(List<Integer> values) {
        writeArrayLength(values);
        intElements(values);
    }

    public void writeCompactIntList(List<Integer> values) {
        writeCompactArrayLength(values);
        intElements(values);
    }

    public void writeLongList(List<Long> values) {
        writeArrayLength(values);
        longElements(values);
    }

    public void writeCompactLongList(List<Long> values) {
        writeCompactArrayLength(values);
        longElements(values);
    }

    public void writeUuidList(List<UUID> values) {
        writeArrayLength(values);
        uuidElements(values);
    }

    public void writeCompactUuidList(List<UUID> values) {
        writeCompactArrayLength(values);
        uuidElements(values);
    }

    public void writeStringList(List<String> values) {
        writeArrayLength(values);
        for (int i = 0, count = WireSize.count(values); i < count; i++) {
            writeString(values.get(i));
        }
    }

    public void writeCompactStringList(List<String> values) {
        writeCompactArrayLength(values);
        for (int i = 0, count = WireSize.count(values); i < count; i++) {
            writeCompactString(values.get(i));
        }
    }

    public void writeTaggedFields(List<TaggedField> fields) {
        writeUnsignedVarint(fields.size());
        writeEachTaggedField(fields);
    }

    /** The fields without their number. */
    public void writeEachTaggedField(List<TaggedField> fields) {
        for (int i = 0; i < fields.size(); i++) {
            TaggedField field = fields.get(i);
            writeUnsignedVarint(field.tag());
            writeUnsignedVarint(field.data().remaining());
            append(field.data());
        }
    }

    private void byteElements(List<Byte> values) {
        for (int i = 0, count = WireSize.count(values); i < count; i++) {
            writeByte(values.get(i));
        }
    }

    private void shortElements(List<Short> values) {
        for (int i = 0, count = WireSize.count(values); i < count; i++) {
            writeShort(values.get(i));
        }
    }

    private void intElements(List<Integer> values) {
        for (int i = 0, count = WireSize.count(values); i < count; i++) {
            writeInt(values.get(i));
        }
    }

    private void longElements(List<Long> values) {
        for (int i = 0, count = WireSize.count(values); i < count; i++) {
            writeLong(values.get(i));
        }
    }

    private void uuidElements(List<UUID> values) {
        for (int i = 0, count = WireSize.count(values); i < count; i++) {
            writeUuid(values.get(i));
        }
    }

    private static int textSize(String text) {
        int size = WireSize.ofUtf8(text);
        if (size > Short.MAX_VALUE) {
            throw new IllegalArgumentException("a string of " + size + " bytes is too long for the protocol");
        }
        return size;
    }

    private void utf8(String text, int size) {
        ByteBuffer out = room(size);
        if (size != text.length()) {
            out.put(text.getBytes(StandardCharsets.UTF_8));
            return;
        }
        byte[] array = out.array();
        int at = out.arrayOffset() + out.position();
        for (int i = 0; i < size; i++) {
            char c = text.charAt(i);
            array[at + i] = (byte) (c < 0x80 ? c : '?');
        }
        out.position(out.position() + size);
    }

    private void appendAll(List<ByteBuffer> buffers) {
        for (int i = 0, count = WireSize.count(buffers); i < count; i++) {
            append(buffers.get(i));
        }
    }

    private void append(ByteBuffer bytes) {
        int size = bytes.remaining();
        if (size > COPY_LIMIT) {
            closePart();
            parts.add(bytes.duplicate());
            collected = Math.addExact(collected, size);
        } else if (size > 0) {
            ByteBuffer out = room(size);
            out.put(out.position(), bytes, bytes.position(), size);
            out.position(out.position() + size);
        }
    }

    /** The current chunk if it has that much room, else a new one. */
    private ByteBuffer room(int bytes) {
        if (chunk.remaining() < bytes) {
            closePart();
            int size = Math.max(bytes, Math.min(Math.max(chunk.capacity(), 128) * 2, LARGEST_CHUNK));
            if (size > MOST_OWN_BYTES - ownBytes) {
                throw new IllegalStateException("a message of more than " + MOST_OWN_BYTES + " bytes");
            }
            ownBytes += size;
            chunk = ByteBuffer.allocate(size);
            chunkStart = 0;
        }
        return chunk;
    }

    private void closePart() {
        int size = chunk.position() - chunkStart;
        if (size > 0) {
            parts.add(chunk.slice(chunkStart, size));
            collected = Math.addExact(collected, size);
            chunkStart = chunk.position();
        }
    }
}
