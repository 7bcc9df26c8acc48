package io.strikemq.domain.record;

import java.nio.ByteBuffer;

/** Record batches for tests of what looks at headers only: real v2 headers with a right CRC, and filler for records. */
public final class TestBatches {
    /** The size of a batch when the test does not care. */
    public static final int DEFAULT_SIZE = 100;

    private TestBatches() {}

    /** One record at {@code offset} with a timestamp of 0. */
    public static ByteBuffer batch(long offset) {
        return batch(offset, 1, 0);
    }

    /** {@code count} records from {@code baseOffset} on. */
    public static ByteBuffer batch(long baseOffset, int count, long maxTimestamp) {
        return batch(baseOffset, count, maxTimestamp, DEFAULT_SIZE);
    }

    /** {@code count} records from {@code baseOffset} on, in a batch of {@code size} bytes, header included. */
    public static ByteBuffer batch(long baseOffset, int count, long maxTimestamp, int size) {
        ByteBuffer batch = ByteBuffer.allocate(size);
        batch.putLong(BatchLayout.BASE_OFFSET, baseOffset);
        batch.putInt(BatchLayout.LENGTH, size - BatchLayout.LENGTH_OVERHEAD);
        batch.put(BatchLayout.MAGIC, (byte) 2);
        batch.putInt(BatchLayout.LAST_OFFSET_DELTA, count - 1);
        batch.putLong(BatchLayout.BASE_TIMESTAMP, maxTimestamp);
        batch.putLong(BatchLayout.MAX_TIMESTAMP, maxTimestamp);
        batch.putLong(BatchLayout.PRODUCER_ID, -1);
        batch.putInt(BatchLayout.RECORD_COUNT, count);
        for (int at = BatchLayout.HEADER_SIZE; at < size; at++) {
            batch.put(at, (byte) (baseOffset * 31 + at));
        }
        batch.putInt(BatchLayout.CRC, (int) BatchLayout.crc(batch, 0, size));
        return batch;
    }

    /** All of these one after the other, in one buffer. */
    public static ByteBuffer concat(ByteBuffer... batches) {
        int size = 0;
        for (ByteBuffer batch : batches) {
            size += batch.remaining();
        }
        ByteBuffer all = ByteBuffer.allocate(size);
        for (ByteBuffer batch : batches) {
            all.put(batch.duplicate());
        }
        return all.flip();
    }
}
