package io.strikemq.domain.port.out;

import io.strikemq.domain.log.LogRead;
import io.strikemq.domain.log.LogSlice;
import io.strikemq.domain.log.ReadLimit;
import io.strikemq.domain.log.ReadLimit.FirstBatch;
import io.strikemq.domain.record.BatchLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** How tests look into a log. */
public final class LogProbe {
    /** No limit at all. */
    public static final ReadLimit UNLIMITED = new ReadLimit(Long.MAX_VALUE, Integer.MAX_VALUE, FirstBatch.ALWAYS);

    private LogProbe() {}

    /** The bytes that a read without limits finds from {@code offset} on, copied and released. */
    public static ByteBuffer bytes(PartitionLog log, long offset) {
        return bytes(log, offset, UNLIMITED);
    }

    /** The bytes that a read finds, copied and released; fails for another outcome than found. */
    public static ByteBuffer bytes(PartitionLog log, long offset, ReadLimit limit) {
        LogSlice slice = ((LogRead.Found) log.read(offset, limit)).slice();
        try {
            return copy(slice);
        } finally {
            slice.release();
        }
    }

    /** The base offsets of the batches that a read finds. */
    public static List<Long> baseOffsets(PartitionLog log, long offset, ReadLimit limit) {
        return baseOffsets(bytes(log, offset, limit));
    }

    /** The base offsets of all batches in the buffer. */
    public static List<Long> baseOffsets(ByteBuffer batches) {
        List<Long> offsets = new ArrayList<>();
        for (int at = 0; at < batches.limit(); at += BatchLayout.sizeInBytes(batches, at)) {
            offsets.add(BatchLayout.baseOffset(batches, at));
        }
        return offsets;
    }

    /** A copy of the slice's bytes in one buffer. */
    public static ByteBuffer copy(LogSlice slice) {
        ByteBuffer copy = ByteBuffer.allocate(slice.sizeInBytes());
        for (ByteBuffer buffer : slice.buffers()) {
            copy.put(buffer.duplicate());
        }
        return copy.flip();
    }
}
