package io.strikemq.application.group;

import io.strikemq.application.coordinator.CoordinatorTopic;
import io.strikemq.application.partition.Partition;
import io.strikemq.application.partition.PartitionAppend;
import io.strikemq.application.partition.Partitions;
import io.strikemq.application.topic.InternalTopics;
import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.group.log.GroupRecord;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.port.out.GroupRecordFormat;
import io.strikemq.domain.port.out.GroupRecordFormat.KeyValue;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionGuard;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordBatchBuilder;
import io.strikemq.domain.record.RecordReader;
import io.strikemq.domain.topic.Topic;
import java.util.List;
import java.util.function.BiFunction;

/** Groups in the topic {@code __consumer_offsets}, in the partition that Kafka would choose, as Kafka writes them. */
public final class ConsumerOffsetsLog implements GroupLog {
    /** The broker's own batches are not counted; in Kafka all of them begin with this number. */
    private static final int FIRST_SEQUENCE = 0;

    private static final int NO_SEQUENCE = -1;

    private final InternalTopics topics;
    private final CoordinatorTopic topic;
    private final GroupRecordFormat format;
    private final CompressionCodecs codecs;
    private final Clock clock;

    public ConsumerOffsetsLog(
            InternalTopics topics,
            TopicRegistry registry,
            Partitions partitions,
            GroupRecordFormat format,
            CompressionCodecs codecs,
            Clock clock) {
        this.topics = topics;
        this.topic = new CoordinatorTopic(Topic.CONSUMER_OFFSETS, registry, partitions);
        this.format = format;
        this.codecs = codecs;
        this.clock = clock;
    }

    @Override
    public boolean isPrepared() {
        return topic.exists();
    }

    @Override
    public void prepare() {
        topics.ensureConsumerOffsets();
    }

    @Override
    public void append(List<GroupRecord> records) {
        append(records, new RecordBatchBuilder(), Partition::append);
    }

    @Override
    public TransactionStart begin(String groupId, ProducerIdentity producer, boolean producerBumpsEpochs) {
        Partition partition = topic.home(groupId);
        return new TransactionStart(
                partition.name(), partition.beginVerification(producer, NO_SEQUENCE, producerBumpsEpochs));
    }

    @Override
    public LogPosition append(List<GroupRecord> offsets, ProducerIdentity producer, TransactionGuard guard) {
        RecordBatchBuilder builder =
                new RecordBatchBuilder().producer(producer, FIRST_SEQUENCE).transactional();
        return append(offsets, builder, (partition, batch) -> partition.appendOfBroker(batch, guard));
    }

    private LogPosition append(
            List<GroupRecord> records,
            RecordBatchBuilder builder,
            BiFunction<Partition, RecordBatch, PartitionAppend> how) {
        String groupId = records.get(0).groupId();
        Partition partition = topic.home(groupId);
        long now = clock.wallClockMillis();
        for (GroupRecord each : records) {
            KeyValue encoded = format.encode(each);
            builder.append(now, encoded.key(), encoded.value());
        }
        RecordBatch batch = topic.batch(builder.build(codecs), partition, "Group '" + groupId + "'");
        PartitionAppend appended = how.apply(partition, batch);
        if (appended instanceof PartitionAppend.Appended there) {
            return new LogPosition(partition.name().partition(), there.baseOffset());
        }
        if (appended instanceof PartitionAppend.Refused refused) {
            throw new BrokerException(refused.reason().error(), refused.reason().message());
        }
        if (appended instanceof PartitionAppend.Duplicate) {
            throw new IllegalStateException(
                    "offsets have no sequence, but were taken for a producer's batch of before");
        }
        throw new IllegalStateException("unexpected " + appended);
    }

    @Override
    public void replay(Visitor visitor) {
        topic.replay(new ConsumerOffsetsReplay(format, new RecordReader(codecs), visitor));
    }
}
