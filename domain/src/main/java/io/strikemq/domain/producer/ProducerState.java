package io.strikemq.domain.producer;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.producer.SequenceCheck.Duplicate;
import io.strikemq.domain.producer.SequenceCheck.Refused;
import io.strikemq.domain.record.RecordBatch;
import java.nio.ByteBuffer;

/**
 * What one idempotent producer last wrote to one partition: its epoch and its last five batches, since it may have five
 * requests in flight and repeat any of them (KIP-98). Not thread-safe: the partition's lock guards it.
 */
final class ProducerState {
    /** As many as {@code max.in.flight.requests.per.connection} may be. */
    static final int BATCHES_KEPT = 5;

    private static final int SIZE_OF_HEAD = Long.BYTES + Short.BYTES + Long.BYTES + Byte.BYTES;
    private static final int SIZE_OF_BATCH = Integer.BYTES + Long.BYTES + Integer.BYTES + Long.BYTES;

    private final long producerId;
    private short epoch;
    private long lastAppendMillis;

    // The kept batches, a ring: the newest at index (batches - 1) % BATCHES_KEPT.
    private final int[] lastSequences = new int[BATCHES_KEPT];
    private final long[] baseOffsets = new long[BATCHES_KEPT];
    private final int[] offsetDeltas = new int[BATCHES_KEPT];
    private final long[] maxTimestamps = new long[BATCHES_KEPT];
    private long batches;

    ProducerState(long producerId, short epoch) {
        this.producerId = producerId;
        this.epoch = epoch;
    }

    long producerId() {
        return producerId;
    }

    long lastAppendMillis() {
        return lastAppendMillis;
    }

    /** Judges a batch of this producer, changing nothing. */
    SequenceCheck check(RecordBatch batch) {
        short batchEpoch = batch.producerEpoch();
        if (batchEpoch == epoch) {
            return checkSequence(batch);
        }
        if (batchEpoch < epoch) {
            return new Refused(
                    ErrorCode.INVALID_PRODUCER_EPOCH,
                    "Epoch " + batchEpoch + " of producer " + producerId + " is smaller than the last seen epoch "
                            + epoch + ".");
        }
        if (batch.baseSequence() != 0) {
            return new Refused(
                    ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
                    "Producer " + producerId
                            + " begins epoch " + batchEpoch + " with sequence number " + batch.baseSequence()
                            + " instead of 0; the epoch so far is " + epoch + ".");
        }
        return SequenceCheck.NEXT;
    }

    private SequenceCheck checkSequence(RecordBatch batch) {
        int lastOfBatch = batch.lastSequence();
        int delta = batch.lastOffsetDelta();
        for (long i = Math.max(0, batches - BATCHES_KEPT); i < batches; i++) {
            int slot = slot(i);
            if (lastSequences[slot] == lastOfBatch && offsetDeltas[slot] == delta) {
                return new Duplicate(baseOffsets[slot], maxTimestamps[slot]);
            }
        }
        int last = batches == 0 ? -1 : lastSequences[slot(batches - 1)];
        // After the largest int comes 0, and so it does before the first batch.
        int expected = last + 1 & Integer.MAX_VALUE;
        if (batch.baseSequence() != expected) {
            return new Refused(
                    ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
                    "Producer " + producerId + " sent sequence number " + batch.baseSequence() + " where " + expected
                            + " should follow.");
        }
        return SequenceCheck.NEXT;
    }

    /** Remembers a batch that was appended. */
    void appended(RecordBatch batch, long nowMillis) {
        if (batch.producerEpoch() != epoch) {
            epoch = batch.producerEpoch();
            batches = 0;
        }
        remember(batch.lastSequence(), batch.baseOffset(), batch.lastOffsetDelta(), batch.maxTimestamp());
        lastAppendMillis = nowMillis;
    }

    private void remember(int lastSequence, long baseOffset, int offsetDelta, long maxTimestamp) {
        int slot = slot(batches++);
        lastSequences[slot] = lastSequence;
        baseOffsets[slot] = baseOffset;
        offsetDeltas[slot] = offsetDelta;
        maxTimestamps[slot] = maxTimestamp;
    }

    ActiveProducer active() {
        int newest = slot(Math.max(0, batches - 1));
        return new ActiveProducer(
                new ProducerIdentity(producerId, epoch),
                batches == 0 ? -1 : lastSequences[newest],
                batches == 0 ? -1 : maxTimestamps[newest]);
    }

    int sizeInBytes() {
        return SIZE_OF_HEAD + (int) Math.min(batches, BATCHES_KEPT) * SIZE_OF_BATCH;
    }

    void writeTo(ByteBuffer out) {
        out.putLong(producerId).putShort(epoch).putLong(lastAppendMillis);
        out.put((byte) Math.min(batches, BATCHES_KEPT));
        for (long i = Math.max(0, batches - BATCHES_KEPT); i < batches; i++) {
            int slot = slot(i);
            out.putInt(lastSequences[slot]).putLong(baseOffsets[slot]);
            out.putInt(offsetDeltas[slot]).putLong(maxTimestamps[slot]);
        }
    }

    static ProducerState readFrom(ByteBuffer in) {
        ProducerState state = new ProducerState(in.getLong(), in.getShort());
        state.lastAppendMillis = in.getLong();
        for (int left = in.get(); left > 0; left--) {
            state.remember(in.getInt(), in.getLong(), in.getInt(), in.getLong());
        }
        return state;
    }

    private static int slot(long batch) {
        return (int) (batch % BATCHES_KEPT);
    }
}
