package io.strikemq.adapter.rest;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.record.CompressionType;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordCursor;
import io.strikemq.domain.record.RecordReader;

/**
 * A batch opened for reading, and the memory that it takes in plain until it is closed.
 *
 * <p>Nothing in a compressed batch tells how large it becomes. So it is opened with little room, and again with four
 * times as much when that does not suffice: memory is counted before it is taken, and not much more than needed.
 */
final class OpenBatch implements AutoCloseable {
    private static final int FIRST_ROOM = 2 << 20;
    private static final int LARGEST_ROOM = RecordReader.DEFAULT_MAX_PLAIN_BYTES;
    /** Codecs copy what they have to a larger array when it is full. */
    private static final long BYTES_PER_ROOM = 2;

    private final MemoryBudget.Share memory;
    private final long taken;
    private final RecordCursor records;

    private OpenBatch(MemoryBudget.Share memory, long taken, RecordCursor records) {
        this.memory = memory;
        this.taken = taken;
        this.records = records;
    }

    /**
     * Opens a batch.
     *
     * @throws BrokerException when it is damaged
     * @throws Refusal when it is larger in plain than memory allows
     */
    static OpenBatch open(RecordBatch batch, CompressionCodecs codecs, MemoryBudget.Share memory) {
        if (batch.compression() == CompressionType.NONE) {
            return new OpenBatch(memory, 0, new RecordReader(codecs).open(batch));
        }
        for (int room = FIRST_ROOM; room < LARGEST_ROOM; room *= 4) {
            try {
                return open(batch, codecs, memory, room);
            } catch (BrokerException e) {
                if (e.error() != ErrorCode.MESSAGE_TOO_LARGE) {
                    throw e;
                }
            }
        }
        return open(batch, codecs, memory, LARGEST_ROOM);
    }

    private static OpenBatch open(RecordBatch batch, CompressionCodecs codecs, MemoryBudget.Share memory, int room) {
        long bytes = BYTES_PER_ROOM * room;
        memory.take(bytes);
        try {
            return new OpenBatch(memory, bytes, new RecordReader(codecs, room).open(batch));
        } catch (BrokerException e) {
            memory.give(bytes);
            throw e;
        }
    }

    RecordCursor records() {
        return records;
    }

    @Override
    public void close() {
        memory.give(taken);
    }
}
