package io.strikemq.application.transaction;

import io.strikemq.application.coordinator.CoordinatorReplay;
import io.strikemq.domain.port.out.TransactionRecordFormat;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordReader;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.transaction.log.TransactionRecord;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Shows what lies in {@code __transaction_state}. */
final class TransactionStateReplay extends CoordinatorReplay<TransactionRecord> {
    private final TransactionRecordFormat format;
    private final TransactionLog.Visitor visitor;

    TransactionStateReplay(TransactionRecordFormat format, RecordReader reader, TransactionLog.Visitor visitor) {
        super(reader);
        this.format = format;
        this.visitor = visitor;
    }

    @Override
    protected Optional<TransactionRecord> decode(ByteBuffer key, ByteBuffer value) {
        return format.decode(key, value);
    }

    @Override
    protected String idOf(TransactionRecord found) {
        return found.transactionalId();
    }

    @Override
    protected String refusal(RecordBatch batch) {
        return batch.isControl() || batch.isTransactional()
                ? "it is part of a transaction, and the coordinator writes without one"
                : null;
    }

    @Override
    protected void control(RecordBatch batch, TopicPartition partition) {
        throw new IllegalStateException("a control batch was not refused");
    }

    @Override
    protected void found(TransactionRecord found, RecordBatch batch, TopicPartition partition) {
        visitor.found(found);
    }

    @Override
    protected void skipped(String what, String why) {
        visitor.skipped(what, why);
    }
}
