package io.strikemq.adapter.kafka.wire;

import java.nio.ByteBuffer;
import java.util.List;

/** How many bytes a value takes on the wire. Compact lengths are varints, the others have two or four bytes. */
public final class WireSize {
    private WireSize() {}

    public static int ofUnsignedVarint(int value) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(value | 1);
        return (bits + 6) / 7;
    }

    /** The length in UTF-8 as {@link String#getBytes} encodes it: a lone surrogate becomes a question mark. */
    public static int ofUtf8(String text) {
        int length = text.length();
        int size = length;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                size++;
                if (c >= 0x800) {
                    if (!Character.isSurrogate(c)) {
                        size++;
                    } else if (i + 1 < length && Character.isSurrogatePair(c, text.charAt(i + 1))) {
                        size++;
                        i++;
                    } else {
                        size--;
                    }
                }
            }
        }
        return size;
    }

    public static int ofString(String text) {
        return text == null ? 2 : 2 + ofUtf8(text);
    }

    public static int ofCompactString(String text) {
        return text == null ? 1 : withCompactLength(ofUtf8(text));
    }

    public static int ofBytes(ByteBuffer bytes) {
        return bytes == null ? 4 : 4 + bytes.remaining();
    }

    public static int ofCompactBytes(ByteBuffer bytes) {
        return bytes == null ? 1 : withCompactLength(bytes.remaining());
    }

    public static int ofRecords(List<ByteBuffer> records) {
        return records == null ? 4 : 4 + total(records);
    }

    public static int ofCompactRecords(List<ByteBuffer> records) {
        return records == null ? 1 : withCompactLength(total(records));
    }

    public static int ofCompactArrayLength(List<?> array) {
        return array == null ? 1 : ofUnsignedVarint(array.size() + 1);
    }

    public static int ofStringList(List<String> texts) {
        int size = 4;
        for (int i = 0, count = count(texts); i < count; i++) {
            size += ofString(texts.get(i));
        }
        return size;
    }

    public static int ofCompactStringList(List<String> texts) {
        int size = ofCompactArrayLength(texts);
        for (int i = 0, count = count(texts); i < count; i++) {
            size += ofCompactString(texts.get(i));
        }
        return size;
    }

    /** The size of a tagged field with its tag and its length. */
    public static int ofTaggedField(int tag, int dataSize) {
        return ofUnsignedVarint(tag) + ofUnsignedVarint(dataSize) + dataSize;
    }

    public static int ofEachTaggedField(List<TaggedField> fields) {
        int size = 0;
        for (int i = 0; i < fields.size(); i++) {
            TaggedField field = fields.get(i);
            size += ofTaggedField(field.tag(), field.data().remaining());
        }
        return size;
    }

    public static int ofTaggedFields(List<TaggedField> fields) {
        return fields.isEmpty() ? 1 : ofUnsignedVarint(fields.size()) + ofEachTaggedField(fields);
    }

    /** The number of elements, none for null. */
    public static int count(List<?> array) {
        return array == null ? 0 : array.size();
    }

    /** The number of bytes of all of them. */
    public static int total(List<ByteBuffer> buffers) {
        int total = 0;
        for (int i = 0; i < buffers.size(); i++) {
            total = Math.addExact(total, buffers.get(i).remaining());
        }
        return total;
    }

    private static int withCompactLength(int size) {
        return ofUnsignedVarint(size + 1) + size;
    }
}
