package io.strikemq.domain.put;

import io.strikemq.domain.record.Record;
import io.strikemq.domain.record.RecordHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * Writes records as lines of JSON:
 *
 * <pre>
 * {"partition":0,"offset":7,"timestamp":1767225600000,"key":"k","value":"v","headers":[{"key":"trace","value":"7"}]}
 * </pre>
 *
 * <p>Bytes that are no UTF-8 are in base64, and a field {@code key_encoding} or {@code value_encoding} beside them says so. A batch that is
 * damaged is a line of its own, {@code {"partition":0,"offset":8,"damaged_batch":"…"}}, with all of its bytes. For one thread.
 */
public final class RecordLine {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final Line line = new Line();
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer decoded = CharBuffer.allocate(1 << 10);

    /** Makes one that can write many. */
    public RecordLine() {}

    /** The bytes of a line; those of {@code ByteArrayOutputStream} without a copy. */
    private static final class Line extends ByteArrayOutputStream {
        void ascii(String text) {
            for (int i = 0; i < text.length(); i++) {
                write(text.charAt(i));
            }
        }
    }

    /** Writes one record, with the end of its line. */
    public void write(OutputStream out, int partition, Record record) throws IOException {
        begin(partition, record.offset());
        line.ascii(",\"timestamp\":");
        line.ascii(Long.toString(record.timestamp()));
        field("key", record.key());
        field("value", record.value());
        if (!record.headers().isEmpty()) {
            headers(record.headers());
        }
        end(out);
    }

    /** Writes a batch that cannot be read, with the end of its line. */
    public void writeDamaged(OutputStream out, int partition, long offset, ByteBuffer batch) throws IOException {
        begin(partition, offset);
        line.ascii(",\"damaged_batch\":");
        base64(batch);
        end(out);
    }

    private void begin(int partition, long offset) {
        line.reset();
        line.ascii("{\"partition\":");
        line.ascii(Integer.toString(partition));
        line.ascii(",\"offset\":");
        line.ascii(Long.toString(offset));
    }

    private void end(OutputStream out) throws IOException {
        line.ascii("}\n");
        line.writeTo(out);
    }

    private void headers(List<RecordHeader> headers) {
        line.ascii(",\"headers\":[");
        boolean isFirst = true;
        for (RecordHeader header : headers) {
            line.ascii(isFirst ? "{\"key\":" : ",{\"key\":");
            isFirst = false;
            text(ByteBuffer.wrap(header.key().getBytes(StandardCharsets.UTF_8)));
            field("value", header.value());
            line.write('}');
        }
        line.write(']');
    }

    private void field(String name, ByteBuffer bytes) {
        line.ascii(",\"");
        line.ascii(name);
        line.ascii("\":");
        if (bytes == null) {
            line.ascii("null");
        } else if (isUtf8(bytes)) {
            text(bytes);
        } else {
            base64(bytes);
            line.ascii(",\"");
            line.ascii(name);
            line.ascii("_encoding\":\"base64\"");
        }
    }

    private void base64(ByteBuffer bytes) {
        line.write('"');
        line.writeBytes(Base64.getEncoder().encode(bytes.duplicate()).array());
        line.write('"');
    }

    private boolean isUtf8(ByteBuffer bytes) {
        ByteBuffer rest = bytes.duplicate();
        while (rest.hasRemaining() && rest.get(rest.position()) >= 0) {
            rest.position(rest.position() + 1);
        }
        if (!rest.hasRemaining()) {
            return true;
        }
        decoder.reset();
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            result = decoder.decode(rest, decoded.clear(), true);
        }
        return !result.isError();
    }

    /** Bytes of UTF-8 as a JSON string: only what ASCII has for JSON's own use is escaped. */
    private void text(ByteBuffer utf8) {
        line.write('"');
        for (int at = utf8.position(); at < utf8.limit(); at++) {
            byte each = utf8.get(at);
            if (each == '"' || each == '\\') {
                line.write('\\');
                line.write(each);
            } else if (each >= 0 && each < ' ') {
                line.ascii("\\u00");
                line.write(HEX[each >> 4]);
                line.write(HEX[each & 15]);
            } else {
                line.write(each);
            }
        }
        line.write('"');
    }
}
