package io.strikemq.application.group;

import io.strikemq.application.partition.LogReplay;
import io.strikemq.application.partition.Partition;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.group.log.GroupRecord;
import io.strikemq.domain.port.out.GroupRecordFormat;
import io.strikemq.domain.record.EndTransactionRecord;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordCursor;
import io.strikemq.domain.record.RecordReader;
import java.util.Optional;

/**
 * Reads one partition of {@code __consumer_offsets} from its start to its end. Nothing that lies in it is trusted: the
 * broker starts with what can be read, and the visitor is told of all that cannot. For one thread.
 */
final class ConsumerOffsetsReplay {
    private final GroupRecordFormat format;
    private final RecordReader reader;
    private final GroupLog.Visitor visitor;
    private final Partition partition;
    private long offset;

    ConsumerOffsetsReplay(
            GroupRecordFormat format, RecordReader reader, GroupLog.Visitor visitor, Partition partition) {
        this.format = format;
        this.reader = reader;
        this.visitor = visitor;
        this.partition = partition;
    }

    void run() {
        try {
            offset = partition.startOffset();
            new LogReplay(partition.name(), partition::read, partition.end().highWatermark())
                    .telling((from, next, reason) ->
                            skipped("offsets " + from + " to " + (next - 1) + " of " + partition.name(), reason))
                    .from(offset, this::read);
        } catch (RuntimeException e) {
            skipped("all of " + partition.name() + " from offset " + offset + " on", reason(e));
        }
    }

    private void read(RecordBatch batch) {
        if (batch.isControl()) {
            readMarker(batch);
        } else {
            readRecords(batch);
        }
        offset = batch.lastOffset() + 1;
    }

    /** Other control batches say nothing of groups. */
    private void readMarker(RecordBatch batch) {
        EndTransactionRecord end = EndTransactionRecord.in(batch);
        if (end != null) {
            visitor.ended(batch.producerId(), at(batch.baseOffset()), end.outcome());
        }
    }

    private LogPosition at(long where) {
        return new LogPosition(partition.name().partition(), where);
    }

    private void readRecords(RecordBatch batch) {
        String name = "batch " + batch.baseOffset() + " of " + partition.name();
        int read = 0;
        try {
            RecordCursor cursor = reader.open(batch);
            while (cursor.next()) {
                read(cursor, batch);
                read++;
            }
        } catch (RuntimeException e) {
            skipped(read == 0 ? name : name + " after its first " + read + " records", reason(e));
        }
    }

    private void read(RecordCursor cursor, RecordBatch batch) {
        String name = "record " + cursor.offset() + " of " + partition.name();
        if (!cursor.hasKey()) {
            skipped(name, "it has no key");
            return;
        }
        Optional<GroupRecord> decoded;
        try {
            decoded = format.decode(cursor.key(), cursor.value());
        } catch (RuntimeException e) {
            skipped(name, reason(e));
            return;
        }
        decoded.ifPresentOrElse(
                groupRecord -> found(groupRecord, batch), () -> skipped(name, "its kind is not known here"));
    }

    /** As in Kafka, offsets alone can be pending: what else lies in a transaction holds at once. */
    private void found(GroupRecord groupRecord, RecordBatch batch) {
        boolean isInTransaction = batch.isTransactional() && batch.hasProducer();
        if (!isInTransaction || groupRecord instanceof GroupRecord.Group) {
            visitor.found(groupRecord);
        } else if (groupRecord instanceof GroupRecord.Offset offset) {
            if (offset.value() == null) {
                visitor.found(offset);
            } else {
                visitor.foundPending(offset, batch.producerId(), at(batch.baseOffset()));
            }
        } else {
            throw new IllegalStateException("unexpected " + groupRecord);
        }
    }

    private void skipped(String what, String why) {
        visitor.skipped(what, why);
    }

    private static String reason(RuntimeException e) {
        boolean isSaid = e instanceof BrokerException || e instanceof IllegalArgumentException;
        return isSaid && e.getMessage() != null ? e.getMessage() : e.toString();
    }
}
