package io.strikemq.domain.producer;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.producer.SequenceCheck.Duplicate;
import io.strikemq.domain.producer.SequenceCheck.Refused;
import io.strikemq.domain.record.MessageFormat;
import io.strikemq.domain.record.RecordBatch;
import java.nio.ByteBuffer;

/**
 * What one idempotent producer last wrote to one partition: its epoch and its last five batches, since it may have five
 * requests in flight and repeat any of them (KIP-98); and where its open transaction began. Not thread-safe: the
 * partition's lock guards it.
 */
final class ProducerState {
    /** As many as {@code max.in.flight.requests.per.connection} may be. */
    static final int BATCHES_KEPT = 5;

    static final long NO_TRANSACTION = -1;
    static final int NO_COORDINATOR = -1;

    private static final int SIZE_OF_HEAD =
            Long.BYTES + Short.BYTES + Long.BYTES + Integer.BYTES + Long.BYTES + Long.BYTES + Byte.BYTES;
    private static final int SIZE_OF_BATCH = Integer.BYTES + Long.BYTES + Integer.BYTES + Long.BYTES;

    private final long producerId;
    private short epoch;
    private long lastAppendMillis;
    /** Of the last batch or marker. */
    private long lastTimestamp = MessageFormat.NO_TIMESTAMP;
    /** Of the coordinator that wrote the last marker. */
    private int coordinatorEpoch = NO_COORDINATOR;
    /** The first offset of the open transaction. */
    private long transactionOffset = NO_TRANSACTION;

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

    short epoch() {
        return epoch;
    }

    int coordinatorEpoch() {
        return coordinatorEpoch;
    }

    /** The first offset of the open transaction, or {@link #NO_TRANSACTION}. */
    long transactionOffset() {
        return transactionOffset;
    }

    boolean hasTransaction() {
        return transactionOffset != NO_TRANSACTION;
    }

    /** Whether nothing is known of what it wrote in its epoch. */
    boolean hasNoBatches() {
        return batches == 0;
    }

    long lastAppendMillis() {
        return lastAppendMillis;
    }

    /** The batch as it is in the log already; null if it is not. */
    Duplicate duplicateOf(RecordBatch batch) {
        if (batch.producerEpoch() != epoch) {
            return null;
        }
        int lastOfBatch = batch.lastSequence();
        int delta = batch.lastOffsetDelta();
        for (long i = Math.max(0, batches - BATCHES_KEPT); i < batches; i++) {
            int slot = slot(i);
            if (lastSequences[slot] == lastOfBatch && offsetDeltas[slot] == delta) {
                return new Duplicate(baseOffsets[slot], maxTimestamps[slot]);
            }
        }
        return null;
    }

    /** Why a batch's epoch is too old; null if it is not. */
    Refused checkEpoch(short batchEpoch) {
        return batchEpoch >= epoch
                ? null
                : new Refused(
                        ErrorCode.INVALID_PRODUCER_EPOCH,
                        "Epoch " + batchEpoch + " of producer " + producerId + " is smaller than the last seen epoch "
                                + epoch + ".");
    }

    /** Why a batch does not follow the last one; null if it does. */
    Refused checkSequence(RecordBatch batch) {
        if (batch.producerEpoch() != epoch) {
            return batch.baseSequence() == 0
                    ? null
                    : outOfOrder("Producer " + producerId + " begins epoch " + batch.producerEpoch()
                            + " with sequence number " + batch.baseSequence()
                            + " instead of 0; the epoch so far is " + epoch + ".");
        }
        int last = batches == 0 ? -1 : lastSequences[slot(batches - 1)];
        // After the largest int comes 0, and so it does before the first batch.
        int expected = last + 1 & Integer.MAX_VALUE;
        return batch.baseSequence() == expected
                ? null
                : outOfOrder("Producer " + producerId + " sent sequence number " + batch.baseSequence() + " where "
                        + expected + " should follow.");
    }

    /** Why a batch may not stand beside the open transaction; null if it may. */
    Refused checkTransaction(RecordBatch batch) {
        return batch.isTransactional() || !hasTransaction()
                ? null
                : new Refused(
                        ErrorCode.INVALID_TXN_STATE,
                        "Producer " + producerId + " has a transaction open, and its records have to be of it.");
    }

    static Refused outOfOrder(String message) {
        return new Refused(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, message);
    }

    /** Remembers a batch of records that was appended. */
    void appended(RecordBatch batch, long nowMillis) {
        takeEpoch(batch.producerEpoch());
        remember(batch.lastSequence(), batch.baseOffset(), batch.lastOffsetDelta(), batch.maxTimestamp());
        if (batch.isTransactional() && !hasTransaction()) {
            transactionOffset = batch.baseOffset();
        }
        lastAppendMillis = nowMillis;
    }

    /** Remembers a marker that was appended. */
    void ended(RecordBatch marker, int markerCoordinatorEpoch, long nowMillis) {
        takeEpoch(marker.producerEpoch());
        lastTimestamp = marker.maxTimestamp();
        coordinatorEpoch = markerCoordinatorEpoch;
        transactionOffset = NO_TRANSACTION;
        lastAppendMillis = nowMillis;
    }

    private void takeEpoch(short newEpoch) {
        if (newEpoch != epoch) {
            epoch = newEpoch;
            batches = 0;
        }
    }

    private void remember(int lastSequence, long baseOffset, int offsetDelta, long maxTimestamp) {
        int slot = slot(batches++);
        lastSequences[slot] = lastSequence;
        baseOffsets[slot] = baseOffset;
        offsetDeltas[slot] = offsetDelta;
        maxTimestamps[slot] = maxTimestamp;
        lastTimestamp = maxTimestamp;
    }

    LastBatch lastBatch() {
        int newest = slot(Math.max(0, batches - 1));
        return new LastBatch(batches == 0 ? -1 : baseOffsets[newest] + offsetDeltas[newest], epoch);
    }

    ActiveProducer active() {
        int newest = slot(Math.max(0, batches - 1));
        return new ActiveProducer(
                new ProducerIdentity(producerId, epoch),
                batches == 0 ? -1 : lastSequences[newest],
                lastTimestamp,
                coordinatorEpoch,
                transactionOffset);
    }

    int sizeInBytes() {
        return SIZE_OF_HEAD + (int) Math.min(batches, BATCHES_KEPT) * SIZE_OF_BATCH;
    }

    void writeTo(ByteBuffer out) {
        out.putLong(producerId).putShort(epoch).putLong(lastAppendMillis);
        out.putInt(coordinatorEpoch).putLong(transactionOffset).putLong(lastTimestamp);
        out.put((byte) Math.min(batches, BATCHES_KEPT));
        for (long i = Math.max(0, batches - BATCHES_KEPT); i < batches; i++) {
            int slot = slot(i);
            out.putInt(lastSequences[slot]).putLong(baseOffsets[slot]);
            out.putInt(offsetDeltas[slot]).putLong(maxTimestamps[slot]);
        }
    }

    /** What {@link #writeTo} wrote, or, {@code withTransactions} or not, its forerunner that knew none. */
    static ProducerState readFrom(ByteBuffer in, boolean withTransactions) {
        ProducerState state = new ProducerState(in.getLong(), in.getShort());
        state.lastAppendMillis = in.getLong();
        if (withTransactions) {
            state.coordinatorEpoch = in.getInt();
            state.transactionOffset = in.getLong();
        }
        long ofLast = withTransactions ? in.getLong() : MessageFormat.NO_TIMESTAMP;
        for (int left = in.get(); left > 0; left--) {
            state.remember(in.getInt(), in.getLong(), in.getInt(), in.getLong());
        }
        if (withTransactions) {
            state.lastTimestamp = ofLast;
        }
        return state;
    }

    private static int slot(long batch) {
        return (int) (batch % BATCHES_KEPT);
    }
}
