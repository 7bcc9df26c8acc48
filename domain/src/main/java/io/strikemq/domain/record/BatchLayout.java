package io.strikemq.domain.record;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Where the fields of a v2 record batch (KIP-98) lie, all big-endian, counted from the batch's first byte:
 *
 * <pre>
 *  0 base offset         int64   set by the broker
 *  8 batch length        int32   bytes after this field
 * 12 leader epoch        int32   set by the broker
 * 16 magic               int8    2
 * 17 CRC-32C             uint32  of all from the attributes to the end
 * 21 attributes          int16   bits 0-2 compression, 3 log append time, 4 transactional, 5 control, 6 delete horizon
 * 23 last offset delta   int32
 * 27 base timestamp      int64   the delete horizon where there is one (KIP-534)
 * 35 max timestamp       int64
 * 43 producer id         int64   -1 without an idempotent producer
 * 51 producer epoch      int16
 * 53 base sequence       int32
 * 57 record count        int32
 * 61 records
 * </pre>
 *
 * <p>The methods read and write a batch that begins at index {@code at} of a buffer, without allocating and without
 * moving the buffer's position; they check nothing, so the caller knows that the header is there.
 */
public final class BatchLayout {
    public static final int BASE_OFFSET = 0;
    public static final int LENGTH = 8;
    public static final int LEADER_EPOCH = 12;
    public static final int MAGIC = 16;
    public static final int CRC = 17;
    public static final int ATTRIBUTES = 21;
    public static final int LAST_OFFSET_DELTA = 23;
    public static final int BASE_TIMESTAMP = 27;
    public static final int MAX_TIMESTAMP = 35;
    public static final int PRODUCER_ID = 43;
    public static final int PRODUCER_EPOCH = 51;
    public static final int BASE_SEQUENCE = 53;
    public static final int RECORD_COUNT = 57;
    /** Size of the header: where the first record begins. */
    public static final int HEADER_SIZE = 61;
    /** The base offset and the length, which the length itself does not count. */
    public static final int LENGTH_OVERHEAD = 12;

    private BatchLayout() {}

    /** The offset of the batch's first record. */
    public static long baseOffset(ByteBuffer buffer, int at) {
        return buffer.getLong(at + BASE_OFFSET);
    }

    /** The offset of the batch's last record. */
    public static long lastOffset(ByteBuffer buffer, int at) {
        return baseOffset(buffer, at) + buffer.getInt(at + LAST_OFFSET_DELTA);
    }

    /** The batch's size in bytes, header and all. */
    public static int sizeInBytes(ByteBuffer buffer, int at) {
        return LENGTH_OVERHEAD + buffer.getInt(at + LENGTH);
    }

    /** The message format: 2 in every stored batch. */
    public static byte magic(ByteBuffer buffer, int at) {
        return buffer.get(at + MAGIC);
    }

    /** The largest timestamp of the batch's records, in ms; -1 when they have none, or compaction has left none. */
    public static long maxTimestamp(ByteBuffer buffer, int at) {
        return buffer.getInt(at + RECORD_COUNT) == 0 ? MessageFormat.NO_TIMESTAMP : buffer.getLong(at + MAX_TIMESTAMP);
    }

    /** Whether the stored CRC is that of the bytes; {@code size} is the batch's whole size. */
    public static boolean crcMatches(ByteBuffer buffer, int at, int size) {
        return buffer.getInt(at + CRC) == (int) crc(buffer, at, size);
    }

    /** The CRC-32C of a batch's bytes as they are now. */
    public static long crc(ByteBuffer buffer, int at, int size) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.slice(at + ATTRIBUTES, size - ATTRIBUTES));
        return crc.getValue();
    }
}
