package io.strikemq.application.transaction;

import io.strikemq.application.partition.Partition;
import io.strikemq.application.partition.Partitions;
import io.strikemq.application.topic.InternalTopics;
import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.port.out.TransactionRecordFormat;
import io.strikemq.domain.port.out.TransactionRecordFormat.KeyValue;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordBatchBuilder;
import io.strikemq.domain.record.RecordReader;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.transaction.TransactionVersion;
import io.strikemq.domain.transaction.log.TransactionRecord;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/** Transactions in the topic {@code __transaction_state}, in the partition that Kafka would choose, as Kafka writes them. */
public final class TransactionStateLog implements TransactionLog {
    private final InternalTopics topics;
    private final TopicRegistry registry;
    private final Partitions partitions;
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
        this.registry = registry;
        this.partitions = partitions;
        this.format = format;
        this.version = version;
        this.codecs = codecs;
        this.clock = clock;
    }

    @Override
    public boolean isPrepared() {
        return registry.find(Topic.TRANSACTION_STATE).isPresent();
    }

    @Override
    public void prepare() {
        topics.ensureTransactionState();
    }

    /** Looks for the topic and never creates it: that takes the registry's lock, and waits for the disk. */
    @Override
    public void append(TransactionRecord transactionRecord) {
        Partition partition = partition(transactionRecord.transactionalId());
        KeyValue encoded = format.encode(transactionRecord, version.get());
        ByteBuffer bytes = new RecordBatchBuilder()
                .append(clock.wallClockMillis(), encoded.key(), encoded.value())
                .build(codecs);
        int limit = partitions.settings(partition).maxMessageBytes();
        if (bytes.remaining() > limit) {
            throw new BrokerException(
                    ErrorCode.RECORD_LIST_TOO_LARGE,
                    "Transaction '" + transactionRecord.transactionalId() + "' takes " + bytes.remaining()
                            + " bytes, more than the " + limit + " of max.message.bytes of " + Topic.TRANSACTION_STATE
                            + ".");
        }
        partition.append(new RecordBatch(bytes, 0));
    }

    @Override
    public int coordinatorEpoch(String transactionalId) {
        return partition(transactionalId).leaderEpoch();
    }

    private Partition partition(String transactionalId) {
        return registry.find(Topic.TRANSACTION_STATE)
                .map(topic -> partitions.find(new TopicPartition(topic.name(), partitionOf(transactionalId, topic))))
                .orElseThrow(() -> new BrokerException(
                        ErrorCode.COORDINATOR_NOT_AVAILABLE, "Topic " + Topic.TRANSACTION_STATE + " is not here."));
    }

    /** Kafka's rule, for groups too: the absolute value of the id's hash code, where the smallest int counts as 0. */
    private static int partitionOf(String transactionalId, Topic topic) {
        int hash = transactionalId.hashCode();
        return (hash == Integer.MIN_VALUE ? 0 : Math.abs(hash)) % topic.partitionCount();
    }

    /**
     * All partitions, but of each only the ids that belong to it: once somebody has given the topic more of them, what an
     * id left elsewhere is older, and told first.
     */
    @Override
    public void replay(Visitor visitor) {
        registry.find(Topic.TRANSACTION_STATE).ifPresent(topic -> {
            replay(topic, Belonging.STRAY, visitor);
            replay(topic, Belonging.HOME, visitor);
        });
    }

    private enum Belonging {
        STRAY,
        HOME
    }

    private void replay(Topic topic, Belonging which, Visitor visitor) {
        for (int i = 0; i < topic.partitionCount(); i++) {
            int home = i;
            Visitor filter = new Visitor() {
                @Override
                public void found(TransactionRecord found) {
                    boolean isHome = partitionOf(found.transactionalId(), topic) == home;
                    if (isHome == (which == Belonging.HOME)) {
                        visitor.found(found);
                    }
                }

                @Override
                public void skipped(String what, String why) {
                    if (which == Belonging.HOME) {
                        visitor.skipped(what, why);
                    }
                }
            };
            new TransactionStateReplay(
                            format,
                            new RecordReader(codecs),
                            filter,
                            partitions.find(new TopicPartition(topic.name(), i)))
                    .run();
        }
    }
}
