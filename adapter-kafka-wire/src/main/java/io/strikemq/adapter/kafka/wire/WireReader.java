package io.strikemq.adapter.kafka.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Takes primitive values from a buffer, moving its position. Every length is compared with the bytes left before
 * anything is allocated for it, and whatever is wrong with the bytes is a {@link MalformedMessageException}. Byte
 * values are slices of the buffer, not copies: they keep it alive and change when it does.
 */
public final class WireReader {
    /** Kafka's own limits: what an element costs in memory is many times what it costs on the wire. */
    private static final int MOST_ELEMENTS = 1_000_000;

    private static final int MOST_TAGGED_FIELDS = 10_000;

    private final ByteBuffer in;

    /** @param in big-endian; read from its position to its limit */
    public WireReader(ByteBuffer in) {
        this.in = in;
    }

    public int remaining() {
        return in.remaining();
    }

    public byte readByte() {
        require(1);
        return in.get();
    }

    public boolean readBoolean() {
        return readByte() != 0;
    }

    public short readShort() {
        require(2);
        return in.getShort();
    }

    public int readUnsignedShort() {
        return readShort() & 0xffff;
    }

    public int readInt() {
        require(4);
        return in.getInt();
    }

    public long readLong() {
        require(8);
        return in.getLong();
    }

    public double readDouble() {
        return Double.longBitsToDouble(readLong());
    }

    public UUID readUuid() {
        require(16);
        long high = in.getLong();
        long low = in.getLong();
        return (high | low) == 0 ? WireDefaults.ZERO_UUID : new UUID(high, low);
    }

    public int readUnsignedVarint() {
        byte first = readByte();
        if (first >= 0) {
            return first;
        }
        int value = first & 0x7f;
        for (int shift = 7; shift <= 28; shift += 7) {
            byte next = readByte();
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedMessageException("a varint of more than five bytes");
    }

    /** A string, or null when the wire says so. */
    public String readString() {
        return text(readShort());
    }

    /** A string with a compact length, or null when the wire says so. */
    public String readCompactString() {
        return text(readUnsignedVarint() - 1);
    }

    /** A slice of the input, or null when the wire says so. */
    public ByteBuffer readBytes() {
        return slice(readInt());
    }

    public ByteBuffer readCompactBytes() {
        return slice(readUnsignedVarint() - 1);
    }

    /** Record batches as one slice of the input, or null when the wire says so. */
    public List<ByteBuffer> readRecords() {
        ByteBuffer records = readBytes();
        return records == null ? null : List.of(records);
    }

    public List<ByteBuffer> readCompactRecords() {
        ByteBuffer records = readCompactBytes();
        return records == null ? null : List.of(records);
    }

    /**
     * The number of elements that follow, or -1 for null.
     *
     * @param minimumSize the fewest bytes that an element can have
     */
    public int readArrayLength(int minimumSize) {
        return plausible(readInt(), minimumSize);
    }

    public int readCompactArrayLength(int minimumSize) {
        return plausible(readUnsignedVarint() - 1, minimumSize);
    }

    /** The given number of elements, or null when it is negative, like all methods for lists. */
    public List<Byte> readByteList(int count) {
        Byte[] items = new Byte[Math.max(count, 0)];
        for (int i = 0; i < count; i++) {
            items[i] = readByte();
        }
        return count < 0 ? null : List.of(items);
    }

    public List<Short> readShortList(int count) {
        Short[] items = new Short[Math.max(count, 0)];
        for (int i = 0; i < count; i++) {
            items[i] = readShort();
        }
        return count < 0 ? null : List.of(items);
    }

    public List<Integer> readIntList(int count) {
        Integer[] items = new Integer[Math.max(count, 0)];
        for (int i = 0; i < count; i++) {
            items[i] = readInt();
        }
        return count < 0 ? null : List.of(items);
    }

    public List<Long> readLongList(int count) {
        Long[] items = new Long[Math.max(count, 0)];
        for (int i = 0; i < count; i++) {
            items[i] = readLong();
        }
        return count < 0 ? null : List.of(items);
    }

    public List<UUID> readUuidList(int count) {
        UUID[] items = new UUID[Math.max(count, 0)];
        for (int i = 0; i < count; i++) {
            items[i] = readUuid();
        }
        return count < 0 ? null : List.of(items);
    }

    public List<String> readStringList() {
        int count = readArrayLength(2);
        String[] items = new String[Math.max(count, 0)];
        for (int i = 0; i < count; i++) {
            items[i] = present(readString(), "a string in an array");
        }
        return count < 0 ? null : List.of(items);
    }

    public List<String> readCompactStringList() {
        int count = readCompactArrayLength(1);
        String[] items = new String[Math.max(count, 0)];
        for (int i = 0; i < count; i++) {
            items[i] = present(readCompactString(), "a string in an array");
        }
        return count < 0 ? null : List.of(items);
    }

    /** Passes a value on, unless it is a null that its field does not allow. */
    public <T> T present(T value, String field) {
        if (value == null) {
            throw new MalformedMessageException(field + " is null, which this version does not allow");
        }
        return value;
    }

    public int readTaggedFieldCount() {
        int count = plausible(readUnsignedVarint(), 2);
        if (count < 0 || count > MOST_TAGGED_FIELDS) {
            throw new MalformedMessageException(count + " tagged fields");
        }
        return count;
    }

    /** Reads the length of a tagged field and returns the position at which it must end. */
    public int beginTaggedField() {
        int size = readUnsignedVarint();
        if (size < 0) {
            throw new MalformedMessageException("a tagged field of " + size + " bytes");
        }
        require(size);
        return in.position() + size;
    }

    /** Checks that the tagged field ended where it said it would. */
    public void endTaggedField(int end) {
        if (in.position() != end) {
            int longer = in.position() - end;
            throw new MalformedMessageException("a tagged field is " + longer + " bytes longer than its length says");
        }
    }

    public void requireTag(boolean valid, int tag, short version) {
        if (!valid) {
            throw new MalformedMessageException("version " + version + " has no tag " + tag);
        }
    }

    /** Adds a field that no definition names, all the bytes up to {@code end}, to those found before it. */
    public List<TaggedField> appendTaggedField(List<TaggedField> fields, int tag, int end) {
        List<TaggedField> appended = fields.isEmpty() ? new ArrayList<>(1) : fields;
        appended.add(new TaggedField(tag, slice(end - in.position())));
        return appended;
    }

    /** All tagged fields of a structure for which no tag is defined. */
    public List<TaggedField> readTaggedFields() {
        List<TaggedField> fields = List.of();
        for (int count = readTaggedFieldCount(); count > 0; count--) {
            int tag = readUnsignedVarint();
            fields = appendTaggedField(fields, tag, beginTaggedField());
        }
        return fields;
    }

    private String text(int length) {
        if (length == -1) {
            return null;
        }
        if (length < 0 || length > Short.MAX_VALUE) {
            throw new MalformedMessageException("a string of " + length + " bytes");
        }
        require(length);
        if (length == 0) {
            return "";
        }
        if (in.hasArray()) {
            int start = in.position();
            in.position(start + length);
            return sendable(new String(in.array(), in.arrayOffset() + start, length, StandardCharsets.UTF_8), length);
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return sendable(new String(bytes, StandardCharsets.UTF_8), length);
    }

    /** Each byte that is not UTF-8 becomes a character of three bytes: many of them make a text that no answer can repeat. */
    private static String sendable(String text, int length) {
        if (length > Short.MAX_VALUE / 3 && WireSize.ofUtf8(text) > Short.MAX_VALUE) {
            throw new MalformedMessageException("a string of " + length + " bytes that is not UTF-8");
        }
        return text;
    }

    private ByteBuffer slice(int length) {
        if (length == -1) {
            return null;
        }
        if (length < 0) {
            throw new MalformedMessageException(length + " bytes");
        }
        require(length);
        int start = in.position();
        in.position(start + length);
        return in.slice(start, length);
    }

    private int plausible(int count, int minimumSize) {
        if (count < -1 || count > MOST_ELEMENTS || (long) count * minimumSize > in.remaining()) {
            throw new MalformedMessageException("an array of " + count + " elements in " + in.remaining() + " bytes");
        }
        return count;
    }

    private void require(int bytes) {
        if (in.remaining() < bytes) {
            throw new MalformedMessageException(bytes + " bytes expected, " + in.remaining() + " left");
        }
    }
}
