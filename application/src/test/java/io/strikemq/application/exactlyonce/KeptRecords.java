package io.strikemq.application.exactlyonce;

import io.strikemq.domain.group.log.GroupRecord;
import io.strikemq.domain.port.out.GroupRecordFormat;
import io.strikemq.domain.port.out.TransactionRecordFormat;
import io.strikemq.domain.transaction.Transaction;
import io.strikemq.domain.transaction.TransactionProducer;
import io.strikemq.domain.transaction.TransactionVersion;
import io.strikemq.domain.transaction.log.TransactionRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Formats for both coordinators' logs in which a record's bytes are only its number: whatever the records come to hold, it is
 * kept, but for what Kafka's own format of transactions has no place for.
 */
final class KeptRecords {
    private static final short NO_EPOCH = -1;
    private static final long NO_ID = -1;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final List<Object> all = new ArrayList<>();

    private ByteBuffer keep(Object what) {
        all.add(what);
        return ByteBuffer.allocate(Integer.BYTES).putInt(0, all.size() - 1);
    }

    private <T> T kept(ByteBuffer key, Class<T> type) {
        return type.cast(all.get(key.getInt(key.position())));
    }

    /** The format of groups. */
    final class OfGroups implements GroupRecordFormat {
        @Override
        public KeyValue encode(GroupRecord groupRecord) {
            return new KeyValue(keep(groupRecord), NOTHING.duplicate());
        }

        @Override
        public Optional<GroupRecord> decode(ByteBuffer key, ByteBuffer value) {
            return Optional.of(kept(key, GroupRecord.class));
        }
    }

    /** The format of transactions. */
    final class OfTransactions implements TransactionRecordFormat {
        @Override
        public KeyValue encode(TransactionRecord transactionRecord, TransactionVersion server) {
            Transaction value = transactionRecord.value();
            Transaction stored = value == null ? null : stored(value, server);
            return new KeyValue(
                    keep(new TransactionRecord(transactionRecord.transactionalId(), stored)), NOTHING.duplicate());
        }

        @Override
        public Optional<TransactionRecord> decode(ByteBuffer key, ByteBuffer value) {
            return Optional.of(kept(key, TransactionRecord.class));
        }
    }

    /** The last epoch is never stored, and the ids before and after this one only where the newer version is written. */
    private static Transaction stored(Transaction value, TransactionVersion server) {
        boolean hasMore = value.version().bumpsEpochs() || server != TransactionVersion.V0;
        TransactionProducer producer = value.producer();
        return new Transaction(
                value.transactionalId(),
                new TransactionProducer(
                        producer.id(),
                        producer.epoch(),
                        hasMore ? producer.previousId() : NO_ID,
                        hasMore ? producer.nextId() : NO_ID,
                        NO_EPOCH),
                value.state(),
                value.timeoutMs(),
                value.partitions(),
                value.startMs(),
                value.updateMs(),
                hasMore ? value.version() : TransactionVersion.V0);
    }
}
