package io.strikemq.domain.record;

/**
 * Where the fields of a message of format 0 or 1 lie, all big-endian. A message set is such messages one after the
 * other.
 *
 * <pre>
 *  0 offset       int64
 *  8 length       int32   bytes after this field
 * 12 CRC-32       uint32  of all from the magic to the end
 * 16 magic        int8    0 or 1
 * 17 attributes   int8    bits 0-2 compression, 3 log append time (format 1, KIP-32)
 * 18 timestamp    int64   in format 1 only; what follows lies 8 bytes earlier in format 0
 * 26 key          int32 length, -1 for null, then the bytes
 *    value        int32 length, -1 for null, then the bytes
 * </pre>
 *
 * <p>A compressed message wraps others: its value is their message set, compressed, and its offset that of the last
 * one. The offsets inside are absolute in format 0, and relative to the first one in format 1 (KIP-31).
 */
final class MessageLayout {
    static final int OFFSET = 0;
    static final int LENGTH = 8;
    static final int CRC = 12;
    static final int MAGIC = 16;
    static final int ATTRIBUTES = 17;
    static final int TIMESTAMP = 18;
    /** The offset and the length, which the length itself does not count. */
    static final int LENGTH_OVERHEAD = 12;

    static final int COMPRESSION_MASK = 0x07;

    private MessageLayout() {}

    /** Where the key's length lies. */
    static int keyAt(byte magic) {
        return magic == MessageFormat.V0 ? TIMESTAMP : TIMESTAMP + Long.BYTES;
    }
}
