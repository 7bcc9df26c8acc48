package io.strikemq.domain.producer;

import io.strikemq.domain.record.BatchLayout;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.TestBatches;
import java.nio.ByteBuffer;

/** Batches of an idempotent producer; only their headers matter here. */
final class Sequenced {
    private Sequenced() {}

    static RecordBatch batch(long producerId, int epoch, int baseSequence, int count, long baseOffset) {
        ByteBuffer bytes = TestBatches.batch(baseOffset, count, 1000 + baseOffset);
        bytes.putLong(BatchLayout.PRODUCER_ID, producerId);
        bytes.putShort(BatchLayout.PRODUCER_EPOCH, (short) epoch);
        bytes.putInt(BatchLayout.BASE_SEQUENCE, baseSequence);
        return new RecordBatch(bytes, 0);
    }

    static RecordBatch transactional(long producerId, int epoch, int baseSequence, int count, long baseOffset) {
        ByteBuffer bytes =
                batch(producerId, epoch, baseSequence, count, baseOffset).bytes();
        bytes.putShort(BatchLayout.ATTRIBUTES, (short) 0x10);
        return new RecordBatch(bytes, 0);
    }
}
