package io.strikemq.domain.put;

import io.strikemq.domain.record.RecordHeader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a line of JSON says, as {@link RecordLine} writes it. Partition, offset and timestamp may be missing; so may the key, for none, and
 * the headers. A key or value that is JSON but no string is its text.
 *
 * @param damagedBatch the bytes of a batch that cannot be read, in place of the record; null for a record
 */
public record ReadLine(int partition, RecordToPut record, ByteBuffer damagedBatch) {
    private static final String BASE64 = "base64";

    /**
     * Reads a line without its end.
     *
     * @throws io.strikemq.domain.error.BrokerException INVALID_REQUEST for what is no such line
     */
    public static ReadLine of(ByteBuffer utf8) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(utf8.duplicate());
            return new Fields(new LineText(text.toString())).read();
        } catch (CharacterCodingException e) {
            throw LineText.broken("it is no UTF-8: give other bytes in base64");
        }
    }

    /** The fields of one line, as they come. */
    private static final class Fields {
        private final LineText text;
        private final Set<String> seen = new HashSet<>();
        private int partition;
        private Long offset;
        private Long timestamp;
        private LineText.Value key;
        private LineText.Value value;
        private boolean isKeyBase64;
        private boolean isValueBase64;
        private List<RecordHeader> headers = List.of();
        private ByteBuffer damaged;

        Fields(LineText text) {
            this.text = text;
        }

        ReadLine read() {
            text.expect('{');
            if (!text.has('}')) {
                do {
                    String name = text.string("a field's name");
                    text.expect(':');
                    if (!seen.add(name)) {
                        throw LineText.broken("'" + name + "' is there twice");
                    }
                    field(name);
                } while (text.has(','));
                text.expect('}');
            }
            text.expectEnd();
            if (damaged != null) {
                return new ReadLine(partition, new RecordToPut(offset, null, null, null, List.of()), damaged);
            }
            if (value == null) {
                throw LineText.broken("'value' is missing; null makes a tombstone");
            }
            ByteBuffer keyBytes = key == null ? null : bytes(key, isKeyBase64, "key");
            ByteBuffer valueBytes = bytes(value, isValueBase64, "value");
            return new ReadLine(partition, new RecordToPut(offset, timestamp, keyBytes, valueBytes, headers), null);
        }

        private void field(String name) {
            switch (name) {
                case "partition" -> partition = (int) text.number(name, 0, Integer.MAX_VALUE);
                case "offset" -> offset = text.number(name, 0, BatchToPut.LARGEST_OFFSET);
                case "timestamp" -> timestamp = text.number(name, -1, Long.MAX_VALUE);
                case "key" -> key = text.value();
                case "value" -> value = text.value();
                case "key_encoding" -> isKeyBase64 = isBase64(text.string(name), name);
                case "value_encoding" -> isValueBase64 = isBase64(text.string(name), name);
                case "headers" -> headers = headers();
                case "damaged_batch" -> damaged = fromBase64(text.string(name), name);
                default -> throw LineText.broken("'" + name + "' is no field of a record");
            }
        }

        private List<RecordHeader> headers() {
            List<RecordHeader> all = new ArrayList<>();
            text.expect('[');
            if (!text.has(']')) {
                do {
                    all.add(header());
                } while (text.has(','));
                text.expect(']');
            }
            return all;
        }

        private RecordHeader header() {
            String name = null;
            LineText.Value said = null;
            boolean isBase64 = false;
            text.expect('{');
            do {
                String field = text.string("a field's name");
                text.expect(':');
                switch (field) {
                    case "key" -> name = text.string("a header's key");
                    case "value" -> said = text.value();
                    case "value_encoding" -> isBase64 = isBase64(text.string(field), field);
                    default -> throw LineText.broken("'" + field + "' is no field of a header");
                }
            } while (text.has(','));
            text.expect('}');
            if (name == null || said == null) {
                throw LineText.broken("a header must have a key and a value, which may be null");
            }
            encoded(name, "a header's key");
            return new RecordHeader(name, bytes(said, isBase64, "a header's value"));
        }
    }

    private static boolean isBase64(String encoding, String name) {
        if (!encoding.equals(BASE64) && !encoding.equals("utf-8")) {
            throw LineText.broken(name + " must be \"utf-8\" or \"base64\", not \"" + encoding + "\"");
        }
        return encoding.equals(BASE64);
    }

    private static ByteBuffer bytes(LineText.Value value, boolean isBase64, String name) {
        if (value.stored() == null) {
            return null;
        }
        if (isBase64 && value.string() == null) {
            throw LineText.broken(name + " must be a string, since it is said to be base64");
        }
        return isBase64 ? fromBase64(value.string(), name) : encoded(value.stored(), name);
    }

    private static ByteBuffer fromBase64(String text, String name) {
        try {
            return ByteBuffer.wrap(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw LineText.broken(name + " is not base64: " + e.getMessage());
        }
    }

    private static ByteBuffer encoded(String text, String name) {
        try {
            return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            throw LineText.broken(name + " has half of a surrogate pair, which UTF-8 cannot hold");
        }
    }
}
