package io.strikemq.application.transaction;

import io.strikemq.application.partition.LogReplay;
import io.strikemq.application.partition.Partition;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.port.out.TransactionRecordFormat;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordCursor;
import io.strikemq.domain.record.RecordReader;
import io.strikemq.domain.transaction.log.TransactionRecord;
import java.util.Optional;

/**
 * Reads one partition of {@code __transaction_state} from its start to its end. Nothing that lies in it is trusted: the
 * broker starts with what can be read, and the visitor is told of all that cannot. For one thread.
 */
final class TransactionStateReplay {
    private final TransactionRecordFormat format;
    private final RecordReader reader;
    private final TransactionLog.Visitor visitor;
    private final Partition partition;
    private long offset;

    TransactionStateReplay(
            TransactionRecordFormat format, RecordReader reader, TransactionLog.Visitor visitor, Partition partition) {
        this.format = format;
        this.reader = reader;
        this.visitor = visitor;
        this.partition = partition;
    }

    void run() {
        try {
            offset = partition.startOffset();
            new LogReplay(partition.name(), partition::read, partition.end().highWatermark())
                    .telling((from, next, reason) -> visitor.skipped(
                            "offsets " + from + " to " + (next - 1) + " of " + partition.name(), reason))
                    .from(offset, this::read);
        } catch (RuntimeException e) {
            visitor.skipped("all of " + partition.name() + " from offset " + offset + " on", reason(e));
        }
    }

    private void read(RecordBatch batch) {
        String name = "batch " + batch.baseOffset() + " of " + partition.name();
        if (batch.isControl() || batch.isTransactional()) {
            visitor.skipped(name, "it is part of a transaction, and the coordinator writes without one");
        } else {
            readRecords(batch, name);
        }
        offset = batch.lastOffset() + 1;
    }

    private void readRecords(RecordBatch batch, String name) {
        int read = 0;
        try {
            RecordCursor cursor = reader.open(batch);
            while (cursor.next()) {
                read(cursor);
                read++;
            }
        } catch (RuntimeException e) {
            visitor.skipped(read == 0 ? name : name + " after its first " + read + " records", reason(e));
        }
    }

    private void read(RecordCursor cursor) {
        String name = "record " + cursor.offset() + " of " + partition.name();
        if (!cursor.hasKey()) {
            visitor.skipped(name, "it has no key");
            return;
        }
        Optional<TransactionRecord> decoded;
        try {
            decoded = format.decode(cursor.key(), cursor.value());
        } catch (RuntimeException e) {
            visitor.skipped(name, reason(e));
            return;
        }
        decoded.ifPresentOrElse(visitor::found, () -> visitor.skipped(name, "its kind is not known here"));
    }

    private static String reason(RuntimeException e) {
        boolean isSaid = e instanceof BrokerException || e instanceof IllegalArgumentException;
        return isSaid && e.getMessage() != null ? e.getMessage() : e.toString();
    }
}
