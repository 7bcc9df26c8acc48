package io.strikemq.domain.record;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.producer.TransactionMarker;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import java.nio.ByteBuffer;

/**
 * The one record of a control batch that ends a transaction (KIP-98), as it lies in a log:
 *
 * <pre>
 * key    0 version            int16  0
 *        2 type               int16  0 abort, 1 commit; others end no transaction
 * value  0 version            int16  0
 *        2 coordinator epoch  int32
 * </pre>
 *
 * <p>Newer versions may only add to it, so they are read as version 0, as Kafka does.
 */
public record EndTransactionRecord(Outcome outcome, int coordinatorEpoch) {
    private static final short VERSION = 0;
    private static final int KEY_SIZE = 2 * Short.BYTES;
    private static final int VALUE_SIZE = Short.BYTES + Integer.BYTES;
    private static final int ABORT = 0;
    private static final int COMMIT = 1;

    /** The batch that a marker is in a log; its offset and leader epoch are still to be set. */
    public static RecordBatch batchOf(TransactionMarker marker, TimestampType timestampType, long nowMillis) {
        ByteBuffer key = ByteBuffer.allocate(KEY_SIZE).putShort(VERSION).putShort((short)
                switch (marker.outcome()) {
                    case ABORT -> ABORT;
                    case COMMIT -> COMMIT;
                });
        ByteBuffer value = ByteBuffer.allocate(VALUE_SIZE).putShort(VERSION).putInt(marker.coordinatorEpoch());
        RecordBatchBuilder builder = new RecordBatchBuilder()
                .producer(marker.producer(), -1)
                .transactional()
                .control();
        if (timestampType == TimestampType.LOG_APPEND_TIME) {
            builder.logAppendTime(nowMillis);
        }
        return new RecordBatch(
                builder.append(nowMillis, key.flip(), value.flip()).buildPlain(), 0);
    }

    /** What a control batch says; null when it ends no transaction, or makes no sense. */
    public static EndTransactionRecord in(RecordBatch batch) {
        if (!batch.isControl() || !batch.isPlain()) {
            return null;
        }
        try {
            RecordCursor cursor = new RecordCursor(batch, batch.payload());
            return cursor.next() ? of(cursor.key(), cursor.value()) : null;
        } catch (BrokerException noRecord) {
            return null;
        }
    }

    private static EndTransactionRecord of(ByteBuffer key, ByteBuffer value) {
        if (key == null || value == null || key.remaining() < KEY_SIZE || value.remaining() < VALUE_SIZE) {
            return null;
        }
        int coordinatorEpoch = value.getInt(value.position() + Short.BYTES);
        return switch (key.getShort(key.position() + Short.BYTES)) {
            case ABORT -> new EndTransactionRecord(Outcome.ABORT, coordinatorEpoch);
            case COMMIT -> new EndTransactionRecord(Outcome.COMMIT, coordinatorEpoch);
            default -> null;
        };
    }
}
