package io.strikemq.domain.record;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** A view of one message of format 0 or 1 ({@link MessageLayout} has the byte map). */
final class LegacyMessage {
    private final ByteBuffer bytes;

    /** The message of {@code size} bytes, offset and length included, at index {@code at}. */
    LegacyMessage(ByteBuffer buffer, int at, int size) {
        this.bytes = buffer.slice(at, size);
    }

    long offset() {
        return bytes.getLong(MessageLayout.OFFSET);
    }

    byte magic() {
        return bytes.get(MessageLayout.MAGIC);
    }

    boolean crcMatches() {
        CRC32 crc = new CRC32();
        crc.update(bytes.slice(MessageLayout.MAGIC, bytes.limit() - MessageLayout.MAGIC));
        return bytes.getInt(MessageLayout.CRC) == (int) crc.getValue();
    }

    boolean isCompressed() {
        return (attributes() & MessageLayout.COMPRESSION_MASK) != 0;
    }

    /** How the wrapped messages are compressed; zstd came after these formats. */
    CompressionType compression() {
        int id = attributes() & MessageLayout.COMPRESSION_MASK;
        return CompressionType.forId(id)
                .filter(type -> type != CompressionType.ZSTD)
                .orElseThrow(() -> invalid("compression type " + id + " is not part of message format " + magic()));
    }

    /** Whose clock the timestamp comes from; null in format 0. */
    TimestampType timestampType() {
        return magic() == MessageFormat.V0 ? null : BatchAttributes.timestampType(attributes());
    }

    /** The timestamp in ms; -1 in format 0. */
    long timestamp() {
        if (magic() == MessageFormat.V0) {
            return MessageFormat.NO_TIMESTAMP;
        }
        need(MessageLayout.TIMESTAMP, Long.BYTES);
        return bytes.getLong(MessageLayout.TIMESTAMP);
    }

    boolean hasKey() {
        int keyAt = MessageLayout.keyAt(magic());
        need(keyAt, Integer.BYTES);
        return bytes.getInt(keyAt) >= 0;
    }

    ByteBuffer key() {
        return sized(MessageLayout.keyAt(magic()));
    }

    ByteBuffer value() {
        int keyAt = MessageLayout.keyAt(magic());
        ByteBuffer key = sized(keyAt);
        return sized(keyAt + Integer.BYTES + (key == null ? 0 : key.remaining()));
    }

    private ByteBuffer sized(int at) {
        need(at, Integer.BYTES);
        int size = bytes.getInt(at);
        if (size < 0) {
            return null;
        }
        need(at + Integer.BYTES, size);
        return bytes.slice(at + Integer.BYTES, size);
    }

    private void need(int at, int size) {
        if (size > bytes.limit() - at) {
            throw invalid("a message of " + bytes.limit() + " bytes is too short for what it says it holds");
        }
    }

    private int attributes() {
        return bytes.get(MessageLayout.ATTRIBUTES);
    }

    private static BrokerException invalid(String message) {
        return new BrokerException(ErrorCode.INVALID_RECORD, message);
    }
}
