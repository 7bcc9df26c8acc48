package io.strikemq.application.group;

import io.strikemq.application.coordinator.CoordinatorReplay;
import io.strikemq.domain.group.log.GroupRecord;
import io.strikemq.domain.port.out.GroupRecordFormat;
import io.strikemq.domain.record.EndTransactionRecord;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordReader;
import io.strikemq.domain.topic.TopicPartition;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Shows what lies in {@code __consumer_offsets}. */
final class ConsumerOffsetsReplay extends CoordinatorReplay<GroupRecord> {
    private final GroupRecordFormat format;
    private final GroupLog.Visitor visitor;

    ConsumerOffsetsReplay(GroupRecordFormat format, RecordReader reader, GroupLog.Visitor visitor) {
        super(reader);
        this.format = format;
        this.visitor = visitor;
    }

    @Override
    protected Optional<GroupRecord> decode(ByteBuffer key, ByteBuffer value) {
        return format.decode(key, value);
    }

    @Override
    protected String idOf(GroupRecord found) {
        return found.groupId();
    }

    @Override
    protected String refusal(RecordBatch batch) {
        return null;
    }

    /** Other control batches than markers say nothing of groups. */
    @Override
    protected void control(RecordBatch batch, TopicPartition partition) {
        EndTransactionRecord end = EndTransactionRecord.in(batch);
        if (end != null) {
            visitor.ended(batch.producerId(), at(batch, partition), end.outcome());
        }
    }

    /** As in Kafka, offsets alone can be pending: what else lies in a transaction holds at once. */
    @Override
    protected void found(GroupRecord found, RecordBatch batch, TopicPartition partition) {
        boolean isInTransaction = batch.isTransactional() && batch.hasProducer();
        if (!isInTransaction || found instanceof GroupRecord.OfKind) {
            visitor.found(found);
        } else if (found instanceof GroupRecord.Offset offset) {
            if (offset.value() == null) {
                visitor.found(offset);
            } else {
                visitor.foundPending(offset, batch.producerId(), at(batch, partition));
            }
        } else {
            throw new IllegalStateException("unexpected " + found);
        }
    }

    private static LogPosition at(RecordBatch batch, TopicPartition partition) {
        return new LogPosition(partition.partition(), batch.baseOffset());
    }

    @Override
    protected void skipped(String what, String why) {
        visitor.skipped(what, why);
    }
}
