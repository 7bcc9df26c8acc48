package io.strikemq.application.transaction;

import io.strikemq.application.coordinator.CoordinatorTopic;
import io.strikemq.application.partition.Partition;
import io.strikemq.application.partition.Partitions;
import io.strikemq.application.topic.InternalTopics;
import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.port.out.TransactionRecordFormat;
import io.strikemq.domain.port.out.TransactionRecordFormat.KeyValue;
import io.strikemq.domain.record.RecordBatchBuilder;
import io.strikemq.domain.record.RecordReader;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.transaction.TransactionVersion;
import io.strikemq.domain.transaction.log.TransactionRecord;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/** Transactions in the topic {@code __transaction_state}, in the partition that Kafka would choose, as Kafka writes them. */
public final class TransactionStateLog implements TransactionLog {
    private final InternalTopics topics;
    private final CoordinatorTopic topic;
    private final TransactionRecordFormat format;
    private final Supplier<TransactionVersion> version;
    private final CompressionCodecs codecs;
    private final Clock clock;

    /** {@code version}: the broker's {@code transaction.version}, asked for each record. */
    public TransactionStateLog(
            InternalTopics topics,
            TopicRegistry registry,
            Partitions partitions,
            TransactionRecordFormat format,
            Supplier<TransactionVersion> version,
            CompressionCodecs codecs,
            Clock clock) {
        this.topics = topics;
        this.topic = new CoordinatorTopic(Topic.TRANSACTION_STATE, registry, partitions);
        this.format = format;
        this.version = version;
        this.codecs = codecs;
        this.clock = clock;
    }

    @Override
    public void prepare() {
        topics.ensureTransactionState();
    }

    @Override
    public void append(TransactionRecord transactionRecord) {
        String id = transactionRecord.transactionalId();
        Partition home = topic.home(id);
        KeyValue encoded = format.encode(transactionRecord, version.get());
        ByteBuffer bytes = new RecordBatchBuilder()
                .append(clock.wallClockMillis(), encoded.key(), encoded.value())
                .build(codecs);
        home.append(topic.batch(bytes, home, "Transaction '" + id + "'"));
    }

    @Override
    public int coordinatorEpoch(String transactionalId) {
        return topic.home(transactionalId).leaderEpoch();
    }

    @Override
    public void replay(Visitor visitor) {
        topic.replay(new TransactionStateReplay(format, new RecordReader(codecs), visitor));
    }
}
