package io.strikemq.domain.record;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.producer.ProducerIdentity;
import java.nio.ByteBuffer;

/**
 * A view of one v2 record batch in a buffer ({@link BatchLayout} has the byte map). It copies nothing and never moves
 * the buffer's position. Whoever makes one knows that the whole batch is there.
 */
public final class RecordBatch {
    private final ByteBuffer buffer;
    private final int at;

    /** The batch that begins at index {@code at}. */
    public RecordBatch(ByteBuffer buffer, int at) {
        this.buffer = buffer;
        this.at = at;
    }

    /** The offset of the first record. */
    public long baseOffset() {
        return BatchLayout.baseOffset(buffer, at);
    }

    /** The offset of the last record. */
    public long lastOffset() {
        return BatchLayout.lastOffset(buffer, at);
    }

    /** The last record's offset, counted from the first one's. */
    public int lastOffsetDelta() {
        return buffer.getInt(at + BatchLayout.LAST_OFFSET_DELTA);
    }

    /** The leader epoch in which it was appended. */
    public int leaderEpoch() {
        return buffer.getInt(at + BatchLayout.LEADER_EPOCH);
    }

    /** Header and records together. */
    public int sizeInBytes() {
        return BatchLayout.sizeInBytes(buffer, at);
    }

    /** How many records it says it has. */
    public int recordCount() {
        return buffer.getInt(at + BatchLayout.RECORD_COUNT);
    }

    /** The timestamp that the records' own are relative to: no record's where there is a delete horizon. */
    public long baseTimestamp() {
        return buffer.getLong(at + BatchLayout.BASE_TIMESTAMP);
    }

    /** The latest timestamp, or the one of all records in case of log append time; -1 without timestamps. Records that are gone count. */
    public long maxTimestamp() {
        return buffer.getLong(at + BatchLayout.MAX_TIMESTAMP);
    }

    /** Whose clock the timestamps come from. */
    public TimestampType timestampType() {
        return BatchAttributes.timestampType(attributes());
    }

    /**
     * How the records are compressed.
     *
     * @throws BrokerException UNSUPPORTED_COMPRESSION_TYPE for a number that Kafka has not given away
     */
    public CompressionType compression() {
        int id = attributes() & BatchAttributes.COMPRESSION_MASK;
        return CompressionType.forId(id)
                .orElseThrow(() -> new BrokerException(
                        ErrorCode.UNSUPPORTED_COMPRESSION_TYPE, "compression type " + id + "; known are 0 to 4"));
    }

    /** Whether the records are not compressed. */
    boolean isPlain() {
        return (attributes() & BatchAttributes.COMPRESSION_MASK) == CompressionType.NONE.id();
    }

    /** Whether it belongs to a transaction. */
    public boolean isTransactional() {
        return (attributes() & BatchAttributes.TRANSACTIONAL) != 0;
    }

    /** Whether it holds control records (transaction markers), which clients do not see. */
    public boolean isControl() {
        return (attributes() & BatchAttributes.CONTROL) != 0;
    }

    /** Whether compaction has noted how long its tombstones stay, or its marker if that ends nothing (KIP-534). */
    public boolean hasDeleteHorizon() {
        return (attributes() & BatchAttributes.DELETE_HORIZON) != 0;
    }

    /** Until when they stay, in ms since 1970; only where there is a delete horizon. */
    public long deleteHorizon() {
        return baseTimestamp();
    }

    /** Whether an idempotent producer wrote it. */
    public boolean hasProducer() {
        return producerId() >= 0;
    }

    /** The idempotent producer's id; -1 without one. */
    public long producerId() {
        return buffer.getLong(at + BatchLayout.PRODUCER_ID);
    }

    /** The idempotent producer's epoch; -1 without one. */
    public short producerEpoch() {
        return buffer.getShort(at + BatchLayout.PRODUCER_EPOCH);
    }

    /** The idempotent producer's id and epoch. */
    public ProducerIdentity producer() {
        return new ProducerIdentity(producerId(), producerEpoch());
    }

    /** The producer's sequence number of the first record; -1 without one. */
    public int baseSequence() {
        return buffer.getInt(at + BatchLayout.BASE_SEQUENCE);
    }

    /** The producer's sequence number of the last record, which wraps around to 0 after the largest int. */
    public int lastSequence() {
        int base = baseSequence();
        return base < 0 ? base : base + lastOffsetDelta() & Integer.MAX_VALUE;
    }

    /** The bytes of the whole batch, a view. */
    public ByteBuffer bytes() {
        return buffer.slice(at, sizeInBytes());
    }

    /** The bytes behind the header, compressed or not, a view. */
    public ByteBuffer payload() {
        return buffer.slice(at + BatchLayout.HEADER_SIZE, sizeInBytes() - BatchLayout.HEADER_SIZE);
    }

    /** A copy without the records, as compaction keeps it for what its header says: not compressed, without a delete horizon. */
    public ByteBuffer withoutRecords() {
        int size = BatchLayout.HEADER_SIZE;
        ByteBuffer empty = ByteBuffer.allocate(size);
        empty.put(0, buffer, at, size);
        empty.putInt(BatchLayout.LENGTH, size - BatchLayout.LENGTH_OVERHEAD);
        empty.putShort(BatchLayout.ATTRIBUTES, (short) BatchAttributes.ofEmpty(attributes()));
        empty.putLong(BatchLayout.BASE_TIMESTAMP, MessageFormat.NO_TIMESTAMP);
        empty.putInt(BatchLayout.RECORD_COUNT, 0);
        empty.putInt(BatchLayout.CRC, (int) BatchLayout.crc(empty, 0, size));
        return empty;
    }

    /** Gives the batch its place in a log, in place. Both fields lie outside the CRC. */
    public void assign(long baseOffset, int leaderEpoch) {
        buffer.putLong(at + BatchLayout.BASE_OFFSET, baseOffset);
        buffer.putInt(at + BatchLayout.LEADER_EPOCH, leaderEpoch);
    }

    /** Sets what the timestamps mean and the latest one, in place; computes a new CRC only if that changed anything. */
    void stamp(TimestampType type, long maxTimestamp) {
        if (timestampType() == type && maxTimestamp() == maxTimestamp) {
            return;
        }
        buffer.putShort(at + BatchLayout.ATTRIBUTES, (short) BatchAttributes.withTimestampType(attributes(), type));
        buffer.putLong(at + BatchLayout.MAX_TIMESTAMP, maxTimestamp);
        buffer.putInt(at + BatchLayout.CRC, (int) BatchLayout.crc(buffer, at, sizeInBytes()));
    }

    private int attributes() {
        return buffer.getShort(at + BatchLayout.ATTRIBUTES);
    }

    @Override
    public String toString() {
        return "RecordBatch[offsets " + baseOffset() + " to " + lastOffset() + ", " + recordCount() + " records, "
                + sizeInBytes() + " bytes]";
    }
}
