package io.strikemq.domain.record;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Steps through the records of a v2 batch without allocating for each; {@link #record()} takes one out.
 *
 * <pre>
 * length           varint  bytes after this field
 * attributes       int8    unused
 * timestamp delta  varlong to the batch's base timestamp
 * offset delta     varint  to the batch's base offset
 * key              varint  length, -1 for null, then the bytes
 * value            varint  length, -1 for null, then the bytes
 * headers          varint  count, then each: varint length and name, varint length (-1 for null) and value
 * </pre>
 *
 * <p>Numbers of variable length are zigzag-encoded. Whatever does not fit is an INVALID_RECORD, as in Kafka. For use by
 * one thread.
 */
public final class RecordCursor {
    private final ByteBuffer bytes;
    private final int limit;
    private final int count;
    private final long baseOffset;
    private final long baseTimestamp;
    private final long logAppendTime;
    private int position;
    private int recordEnd;
    private int index = -1;
    private long timestampDelta;
    private int offsetDelta;
    private int keyAt;
    private int keySize;
    private int valueAt;
    private int valueSize;
    private int headersAt;

    /** Reads {@code records}, the batch's payload in plain, from position to limit. */
    RecordCursor(RecordBatch batch, ByteBuffer records) {
        bytes = records;
        position = records.position();
        limit = records.limit();
        count = batch.recordCount();
        baseOffset = batch.baseOffset();
        baseTimestamp = batch.baseTimestamp();
        logAppendTime = batch.timestampType() == TimestampType.LOG_APPEND_TIME
                ? batch.maxTimestamp()
                : MessageFormat.NO_TIMESTAMP;
        if (count < 0) {
            throw invalid("a batch of " + count + " records");
        }
    }

    /**
     * Moves to the next record; false after the last one.
     *
     * @throws BrokerException INVALID_RECORD when the bytes are not those of as many records as the batch says
     */
    public boolean next() {
        if (index + 1 >= count) {
            if (position != limit && count > 0) {
                throw invalid((limit - position) + " bytes are left after the batch's " + count + " records");
            }
            return false;
        }
        index++;
        recordEnd = limit;
        int size = readVarint();
        if (size < 0 || size > limit - position) {
            throw invalid("record " + index + " says it has " + size + " bytes, of " + (limit - position));
        }
        recordEnd = position + size;
        skip(1);
        timestampDelta = readVarlong();
        offsetDelta = readVarint();
        keySize = readVarint();
        keyAt = skip(Math.max(0, keySize));
        valueSize = readVarint();
        valueAt = skip(Math.max(0, valueSize));
        headersAt = position;
        skipHeaders();
        if (position != recordEnd) {
            throw invalid("record " + index + " ends " + (recordEnd - position) + " bytes before its size says so");
        }
        return true;
    }

    private void skipHeaders() {
        int headers = readVarint();
        if (headers < 0 || headers > recordEnd - position) {
            throw invalid("record " + index + " has " + headers + " headers");
        }
        for (int i = 0; i < headers; i++) {
            int nameSize = readVarint();
            if (nameSize < 0) {
                throw invalid("record " + index + " has a header without a name");
            }
            skip(nameSize);
            skip(Math.max(0, readVarint()));
        }
    }

    /** Goes back to before the first record. */
    public void rewind() {
        position = bytes.position();
        index = -1;
    }

    /** The record's place in the batch, from 0. */
    public int index() {
        return index;
    }

    /** The record's offset, counted from the batch's base offset. */
    public int offsetDelta() {
        return offsetDelta;
    }

    /** The record's offset. */
    public long offset() {
        return baseOffset + offsetDelta;
    }

    /** The record's timestamp: the batch's where that is the log append time. */
    public long timestamp() {
        return logAppendTime == MessageFormat.NO_TIMESTAMP ? baseTimestamp + timestampDelta : logAppendTime;
    }

    /** Whether the record has a key, maybe an empty one. */
    public boolean hasKey() {
        return keySize >= 0;
    }

    /** The key, a view; null without one. */
    public ByteBuffer key() {
        return keySize < 0 ? null : bytes.slice(keyAt, keySize);
    }

    /** Whether the record has a value, maybe an empty one: it is no tombstone. */
    public boolean hasValue() {
        return valueSize >= 0;
    }

    /** The value, a view; null in a tombstone. */
    public ByteBuffer value() {
        return valueSize < 0 ? null : bytes.slice(valueAt, valueSize);
    }

    /** The headers, their values views. */
    public List<RecordHeader> headers() {
        int resume = position;
        position = headersAt;
        int headers = readVarint();
        List<RecordHeader> list = headers == 0 ? List.of() : new ArrayList<>(headers);
        for (int i = 0; i < headers; i++) {
            int nameSize = readVarint();
            byte[] name = new byte[nameSize];
            bytes.get(skip(nameSize), name);
            int size = readVarint();
            ByteBuffer value = size < 0 ? null : bytes.slice(skip(size), size);
            list.add(new RecordHeader(new String(name, StandardCharsets.UTF_8), value));
        }
        position = resume;
        return list;
    }

    /** The record as a value; its buffers are views of the batch's memory. */
    public Record record() {
        return new Record(offset(), timestamp(), key(), value(), headers());
    }

    private int skip(int length) {
        int from = position;
        if (length > recordEnd - from) {
            throw invalid("record " + index + " has " + (recordEnd - from) + " bytes where " + length + " should be");
        }
        position = from + length;
        return from;
    }

    private int readVarint() {
        if (position < recordEnd) {
            byte first = bytes.get(position);
            if (first >= 0) {
                position++;
                return first >>> 1 ^ -(first & 1);
            }
        }
        return (int) readZigzag(5);
    }

    private long readVarlong() {
        return readZigzag(10);
    }

    private long readZigzag(int maxBytes) {
        long raw = 0;
        for (int i = 0; i < maxBytes; i++) {
            byte next = bytes.get(skip(1));
            raw |= (next & 0x7FL) << 7 * i;
            if (next >= 0) {
                long bits = maxBytes == 5 ? raw & 0xFFFFFFFFL : raw;
                return bits >>> 1 ^ -(bits & 1);
            }
        }
        throw invalid("record " + index + " has a number that does not end");
    }

    private static BrokerException invalid(String message) {
        return new BrokerException(ErrorCode.INVALID_RECORD, message);
    }
}
