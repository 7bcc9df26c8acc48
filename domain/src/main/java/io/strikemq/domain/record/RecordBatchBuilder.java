package io.strikemq.domain.record;

import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.producer.ProducerIdentity;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Builds one v2 batch from records, byte for byte as Kafka's own builder does.
 *
 * <p>Without further words: base offset 0, no leader epoch, not compressed, create time, no producer. For one thread.
 */
public final class RecordBatchBuilder {
    private static final int NO_EPOCH = -1;
    private static final int NO_SEQUENCE = -1;

    private final RecordWriter records = new RecordWriter(BatchLayout.HEADER_SIZE);
    private long baseOffset;
    private int leaderEpoch = NO_EPOCH;
    private Compression compression = Compression.NONE;
    private TimestampType timestampType = TimestampType.CREATE_TIME;
    private long logAppendTime = MessageFormat.NO_TIMESTAMP;
    private ProducerIdentity producer = ProducerIdentity.NONE;
    private int baseSequence = NO_SEQUENCE;
    private int kind;
    private int count;
    private int lastOffsetDelta = -1;
    private int lastOffsetDeltaAtLeast;
    private long baseTimestamp = MessageFormat.NO_TIMESTAMP;
    private long maxTimestamp = MessageFormat.NO_TIMESTAMP;
    private int offsetDeltaOfMaxTimestamp;

    /** An empty batch. */
    public RecordBatchBuilder() {}

    /** The first record's offset and the leader epoch; call it before the first record. */
    public RecordBatchBuilder at(long baseOffset, int leaderEpoch) {
        this.baseOffset = baseOffset;
        this.leaderEpoch = leaderEpoch;
        return this;
    }

    /** Compresses the records at the codec's default level. */
    public RecordBatchBuilder compression(CompressionType type) {
        return compression(Compression.of(type));
    }

    /** Compresses the records. */
    public RecordBatchBuilder compression(Compression compression) {
        this.compression = compression;
        return this;
    }

    /** Lets all records have the broker's timestamp instead of their own. */
    public RecordBatchBuilder logAppendTime(long logAppendTime) {
        this.timestampType = TimestampType.LOG_APPEND_TIME;
        this.logAppendTime = logAppendTime;
        return this;
    }

    /** Names the idempotent producer and its sequence number of the first record. */
    public RecordBatchBuilder producer(ProducerIdentity producer, int baseSequence) {
        this.producer = producer;
        this.baseSequence = baseSequence;
        return this;
    }

    /** Makes it part of a transaction. */
    public RecordBatchBuilder transactional() {
        kind |= BatchAttributes.TRANSACTIONAL;
        return this;
    }

    /** Makes its records control records. */
    public RecordBatchBuilder control() {
        kind |= BatchAttributes.CONTROL;
        return this;
    }

    /** What a batch has of the one that it is to take the place of: everything but the records. Call it before the first record. */
    public RecordBatchBuilder like(RecordBatch batch) {
        at(batch.baseOffset(), batch.leaderEpoch());
        compression(batch.compression());
        producer(batch.producer(), batch.baseSequence());
        if (batch.timestampType() == TimestampType.LOG_APPEND_TIME) {
            logAppendTime(batch.maxTimestamp());
        }
        kind |= batch.isTransactional() ? BatchAttributes.TRANSACTIONAL : 0;
        kind |= batch.isControl() ? BatchAttributes.CONTROL : 0;
        lastOffsetDeltaAtLeast = batch.lastOffsetDelta();
        return this;
    }

    /** Notes until when tombstones, or a marker that ends nothing, stay (KIP-534), in ms. Call it before the first record. */
    public RecordBatchBuilder deleteHorizon(long millis) {
        kind |= BatchAttributes.DELETE_HORIZON;
        baseTimestamp = millis;
        return this;
    }

    /** Adds a record with the next offset. Key, value and headers are copied; their positions stay. */
    public RecordBatchBuilder append(long timestamp, ByteBuffer key, ByteBuffer value, List<RecordHeader> headers) {
        return appendAt(baseOffset + lastOffsetDelta + 1, timestamp, key, value, headers);
    }

    /** Adds a record without headers and with the next offset. */
    public RecordBatchBuilder append(long timestamp, ByteBuffer key, ByteBuffer value) {
        return append(timestamp, key, value, List.of());
    }

    /** Adds a record at an offset beyond the last one's: compaction leaves gaps. */
    public RecordBatchBuilder appendAt(
            long offset, long timestamp, ByteBuffer key, ByteBuffer value, List<RecordHeader> headers) {
        int offsetDelta = Math.toIntExact(offset - baseOffset);
        if (offsetDelta <= lastOffsetDelta) {
            throw new IllegalArgumentException("offset " + offset + " after " + (baseOffset + lastOffsetDelta));
        }
        if (count == 0 && (kind & BatchAttributes.DELETE_HORIZON) == 0) {
            baseTimestamp = timestamp;
        }
        long timestampDelta = timestamp - baseTimestamp;
        int size = 1
                + RecordWriter.varlongSize(timestampDelta)
                + RecordWriter.varintSize(offsetDelta)
                + RecordWriter.nullableSize(key)
                + RecordWriter.nullableSize(value)
                + RecordWriter.headersSize(headers);
        records.varint(size).int8(0).varlong(timestampDelta).varint(offsetDelta);
        records.nullableBytes(key).nullableBytes(value).headers(headers);
        count++;
        lastOffsetDelta = offsetDelta;
        if (timestamp > maxTimestamp) {
            maxTimestamp = timestamp;
            offsetDeltaOfMaxTimestamp = offsetDelta;
        }
        return this;
    }

    /** How many records were added. */
    public int recordCount() {
        return count;
    }

    /** The size so far, before compression: the header and the records. */
    public int sizeInBytes() {
        return records.size();
    }

    long maxTimestamp() {
        return timestampType == TimestampType.LOG_APPEND_TIME ? logAppendTime : maxTimestamp;
    }

    int offsetDeltaOfMaxTimestamp() {
        return timestampType == TimestampType.LOG_APPEND_TIME ? 0 : offsetDeltaOfMaxTimestamp;
    }

    /** The whole batch, from position 0 to its limit. Call it once, with at least one record. */
    public ByteBuffer build(CompressionCodecs codecs) {
        return compression.type() == CompressionType.NONE ? buildPlain() : withHeader(compressed(codecs));
    }

    /** The same for a batch that is not compressed. */
    ByteBuffer buildPlain() {
        return withHeader(records.written());
    }

    private ByteBuffer withHeader(ByteBuffer batch) {
        if (count == 0) {
            throw new IllegalStateException("a batch needs a record");
        }
        int size = batch.limit();
        batch.putLong(BatchLayout.BASE_OFFSET, baseOffset);
        batch.putInt(BatchLayout.LENGTH, size - BatchLayout.LENGTH_OVERHEAD);
        batch.putInt(BatchLayout.LEADER_EPOCH, leaderEpoch);
        batch.put(BatchLayout.MAGIC, MessageFormat.V2);
        int attributes =
                BatchAttributes.withTimestampType(kind | compression.type().id(), timestampType);
        batch.putShort(BatchLayout.ATTRIBUTES, (short) attributes);
        batch.putInt(BatchLayout.LAST_OFFSET_DELTA, Math.max(lastOffsetDelta, lastOffsetDeltaAtLeast));
        batch.putLong(BatchLayout.BASE_TIMESTAMP, baseTimestamp);
        batch.putLong(BatchLayout.MAX_TIMESTAMP, maxTimestamp());
        batch.putLong(BatchLayout.PRODUCER_ID, producer.id());
        batch.putShort(BatchLayout.PRODUCER_EPOCH, producer.epoch());
        batch.putInt(BatchLayout.BASE_SEQUENCE, baseSequence);
        batch.putInt(BatchLayout.RECORD_COUNT, count);
        batch.putInt(BatchLayout.CRC, (int) BatchLayout.crc(batch, 0, size));
        return batch;
    }

    private ByteBuffer compressed(CompressionCodecs codecs) {
        ByteBuffer plain = records.written().position(BatchLayout.HEADER_SIZE);
        ByteBuffer payload = codecs.compress(compression, MessageFormat.V2, plain);
        ByteBuffer batch = ByteBuffer.allocate(BatchLayout.HEADER_SIZE + payload.remaining());
        batch.put(BatchLayout.HEADER_SIZE, payload, payload.position(), payload.remaining());
        return batch;
    }
}
