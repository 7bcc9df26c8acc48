package io.strikemq.domain.put;

import io.strikemq.domain.record.RecordHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A record as it is to lie in a topic: {@code RecordToPut.of("paid").key("order-7").at(100).timestamp(0).header("trace", "x")}. Immutable.
 *
 * @param offset    null for the next one
 * @param timestamp in ms, -1 for none; null for the broker's clock
 * @param key       null for none
 * @param value     null for a tombstone
 */
public record RecordToPut(Long offset, Long timestamp, ByteBuffer key, ByteBuffer value, List<RecordHeader> headers) {
    public RecordToPut {
        headers = List.copyOf(headers);
    }

    /** A record of this text, in UTF-8. */
    public static RecordToPut of(String value) {
        return new RecordToPut(null, null, null, bytes(value), List.of());
    }

    /** A record of these bytes. */
    public static RecordToPut of(byte[] value) {
        return new RecordToPut(null, null, null, bytes(value), List.of());
    }

    /** A record without a value. */
    public static RecordToPut tombstone() {
        return new RecordToPut(null, null, null, null, List.of());
    }

    /** The same with this key. */
    public RecordToPut key(String newKey) {
        return new RecordToPut(offset, timestamp, bytes(newKey), value, headers);
    }

    /** The same with this key. */
    public RecordToPut key(byte[] newKey) {
        return new RecordToPut(offset, timestamp, bytes(newKey), value, headers);
    }

    /** The same at this offset, which lies at the end of its partition's log or beyond it. */
    public RecordToPut at(long newOffset) {
        return new RecordToPut(newOffset, timestamp, key, value, headers);
    }

    /** The same with this timestamp in ms, however old or new; -1 for none. */
    public RecordToPut timestamp(long millis) {
        return new RecordToPut(offset, millis, key, value, headers);
    }

    /** The same with this timestamp. */
    public RecordToPut timestamp(Instant time) {
        return timestamp(time.toEpochMilli());
    }

    /** The same with one header more; {@code headerValue} may be null. */
    public RecordToPut header(String name, String headerValue) {
        return header(new RecordHeader(name, bytes(headerValue)));
    }

    /** The same with one header more; {@code headerValue} may be null. */
    public RecordToPut header(String name, byte[] headerValue) {
        return header(new RecordHeader(name, bytes(headerValue)));
    }

    private RecordToPut header(RecordHeader header) {
        List<RecordHeader> all = new ArrayList<>(headers);
        all.add(header);
        return new RecordToPut(offset, timestamp, key, value, all);
    }

    private static ByteBuffer bytes(String text) {
        return text == null ? null : ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ByteBuffer bytes(byte[] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes.clone());
    }
}
