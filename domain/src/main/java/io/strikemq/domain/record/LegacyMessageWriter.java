package io.strikemq.domain.record;

import io.strikemq.domain.port.out.CompressionCodecs;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Writes messages of format 0 or 1 ({@link MessageLayout} has the byte map), plain or wrapped in a compressed one. */
final class LegacyMessageWriter {
    private final byte magic;
    private final int timestampBits;
    private final boolean relativeOffsets;
    private final RecordWriter target;
    private long firstOffset = -1;
    private long lastOffset = -1;
    private long maxTimestamp = MessageFormat.NO_TIMESTAMP;

    private LegacyMessageWriter(byte magic, TimestampType timestampType, boolean relativeOffsets, RecordWriter target) {
        this.magic = magic;
        this.timestampBits = magic == MessageFormat.V0 ? 0 : BatchAttributes.withTimestampType(0, timestampType);
        this.relativeOffsets = relativeOffsets;
        this.target = target;
    }

    /** A writer of plain messages to the end of {@code target}. */
    static LegacyMessageWriter plain(byte magic, TimestampType timestampType, RecordWriter target) {
        return new LegacyMessageWriter(magic, timestampType, false, target);
    }

    /** A writer of messages that {@link #wrapInto} will wrap. */
    static LegacyMessageWriter wrapped(byte magic, TimestampType timestampType) {
        return new LegacyMessageWriter(magic, timestampType, magic != MessageFormat.V0, new RecordWriter(0));
    }

    void append(long offset, long timestamp, ByteBuffer key, ByteBuffer value) {
        if (firstOffset < 0) {
            firstOffset = offset;
        }
        lastOffset = offset;
        maxTimestamp = Math.max(maxTimestamp, timestamp);
        write(target, relativeOffsets ? offset - firstOffset : offset, 0, timestamp, key, value);
    }

    /** Compresses the messages so far and writes their wrapper; without messages it writes nothing. */
    void wrapInto(RecordWriter outer, CompressionType compression, CompressionCodecs codecs) {
        if (firstOffset >= 0) {
            ByteBuffer payload = codecs.compress(Compression.of(compression), magic, target.written());
            write(outer, lastOffset, compression.id(), maxTimestamp, null, payload);
        }
    }

    private void write(
            RecordWriter to, long offset, int compressionBits, long timestamp, ByteBuffer key, ByteBuffer value) {
        int start = to.size();
        to.int64(offset).int32(0).int32(0).int8(magic).int8(compressionBits | timestampBits);
        if (magic != MessageFormat.V0) {
            to.int64(timestamp);
        }
        to.nullableBytes32(key).nullableBytes32(value);
        int end = to.size();
        ByteBuffer written = to.buffer();
        CRC32 crc = new CRC32();
        crc.update(written.slice(start + MessageLayout.MAGIC, end - start - MessageLayout.MAGIC));
        written.putInt(start + MessageLayout.LENGTH, end - start - MessageLayout.LENGTH_OVERHEAD);
        written.putInt(start + MessageLayout.CRC, (int) crc.getValue());
    }
}
