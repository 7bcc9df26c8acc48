package io.strikemq.domain.record;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import java.nio.ByteBuffer;

/**
 * Steps through what lies one after the other in records of any format: v2 batches, and messages of formats 0 and 1.
 * All begin with an offset (8 bytes) and a length (4), and have their magic at index 16.
 */
final class EntryScanner {
    /** The smallest message behind its length: CRC, magic, attributes and two lengths. */
    private static final int SMALLEST_LENGTH = 14;

    private final ByteBuffer buffer;
    private int at;
    private int size;

    EntryScanner(ByteBuffer buffer) {
        this.buffer = buffer;
        this.at = buffer.position();
    }

    /** How the first entry says that it is compressed; NONE when there is none, or it says what nobody knows. */
    static CompressionType firstCompression(ByteBuffer buffer) {
        int at = buffer.position();
        boolean isV2 =
                buffer.remaining() >= BatchLayout.HEADER_SIZE && buffer.get(at + BatchLayout.MAGIC) >= MessageFormat.V2;
        if (buffer.remaining() <= MessageLayout.ATTRIBUTES) {
            return CompressionType.NONE;
        }
        int attributes =
                isV2 ? buffer.getShort(at + BatchLayout.ATTRIBUTES) : buffer.get(at + MessageLayout.ATTRIBUTES);
        return CompressionType.forId(attributes & BatchAttributes.COMPRESSION_MASK)
                .orElse(CompressionType.NONE);
    }

    /**
     * Moves to the next entry that is wholly there; false when there is none.
     *
     * @throws BrokerException CORRUPT_MESSAGE for a length or a magic that cannot be
     */
    boolean next() {
        at += size;
        size = 0;
        int left = buffer.limit() - at;
        if (left < BatchLayout.LENGTH_OVERHEAD) {
            return false;
        }
        int length = buffer.getInt(at + BatchLayout.LENGTH);
        if (length < SMALLEST_LENGTH) {
            throw corrupt(
                    "Record size " + length + " is less than the minimum record overhead (" + SMALLEST_LENGTH + ")");
        }
        if (left <= BatchLayout.MAGIC) {
            return false;
        }
        byte magic = magic();
        if (magic < MessageFormat.V0 || magic > MessageFormat.V2) {
            throw corrupt("Invalid magic found in record: " + magic);
        }
        if (length > left - BatchLayout.LENGTH_OVERHEAD) {
            return false;
        }
        size = BatchLayout.LENGTH_OVERHEAD + length;
        return true;
    }

    private static BrokerException corrupt(String message) {
        return new BrokerException(ErrorCode.CORRUPT_MESSAGE, message);
    }

    /** Where the entry begins. */
    int at() {
        return at;
    }

    /** Its size, offset and length included. */
    int size() {
        return size;
    }

    byte magic() {
        return buffer.get(at + BatchLayout.MAGIC);
    }
}
