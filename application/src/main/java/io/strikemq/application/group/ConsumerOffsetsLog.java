package io.strikemq.application.group;

import io.strikemq.application.partition.Partition;
import io.strikemq.application.partition.PartitionAppend;
import io.strikemq.application.partition.Partitions;
import io.strikemq.application.topic.InternalTopics;
import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.log.GroupRecord;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.port.out.GroupRecordFormat;
import io.strikemq.domain.port.out.GroupRecordFormat.KeyValue;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionGuard;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordBatchBuilder;
import io.strikemq.domain.record.RecordReader;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

/** Groups in the topic {@code __consumer_offsets}, in the partition that Kafka would choose, as Kafka writes them. */
public final class ConsumerOffsetsLog implements GroupLog {
    /** The broker's own batches are not counted; in Kafka all of them begin with this number. */
    private static final int FIRST_SEQUENCE = 0;

    private static final int NO_SEQUENCE = -1;

    private final InternalTopics topics;
    private final TopicRegistry registry;
    private final Partitions partitions;
    private final GroupRecordFormat format;
    private final CompressionCodecs codecs;
    private final RecordReader reader;
    private final Clock clock;

    public ConsumerOffsetsLog(
            InternalTopics topics,
            TopicRegistry registry,
            Partitions partitions,
            GroupRecordFormat format,
            CompressionCodecs codecs,
            Clock clock) {
        this.topics = topics;
        this.registry = registry;
        this.partitions = partitions;
        this.format = format;
        this.codecs = codecs;
        this.reader = new RecordReader(codecs);
        this.clock = clock;
    }

    @Override
    public boolean isPrepared() {
        return registry.find(Topic.CONSUMER_OFFSETS).isPresent();
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
        Partition partition = partitionOf(groupId);
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
        Partition partition = partitionOf(groupId);
        long now = clock.wallClockMillis();
        for (GroupRecord each : records) {
            KeyValue encoded = format.encode(each);
            builder.append(now, encoded.key(), encoded.value());
        }
        ByteBuffer bytes = builder.build(codecs);
        int limit = partitions.settings(partition).maxMessageBytes();
        if (bytes.remaining() > limit) {
            throw new BrokerException(
                    ErrorCode.RECORD_LIST_TOO_LARGE,
                    "Group '" + groupId + "' takes " + bytes.remaining() + " bytes, more than the " + limit
                            + " of max.message.bytes of " + Topic.CONSUMER_OFFSETS + ".");
        }
        PartitionAppend appended = how.apply(partition, new RecordBatch(bytes, 0));
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

    /** Looks for the topic and never creates it: that takes the registry's lock, whose holders may want a group's. */
    private Partition partitionOf(String groupId) {
        return registry.find(Topic.CONSUMER_OFFSETS)
                .map(topic -> partitions.find(new TopicPartition(topic.name(), partitionOf(groupId, topic))))
                .orElseThrow(() -> new BrokerException(
                        ErrorCode.COORDINATOR_NOT_AVAILABLE, "Topic " + Topic.CONSUMER_OFFSETS + " is not here."));
    }

    /** Kafka's rule: the absolute value of the id's hash code, where the smallest int counts as 0. */
    static int partitionOf(String groupId, Topic topic) {
        int hash = groupId.hashCode();
        return (hash == Integer.MIN_VALUE ? 0 : Math.abs(hash)) % topic.partitionCount();
    }

    /**
     * All partitions in their order. Once somebody has given the topic more of them, a group's records before that are
     * in another partition than those after: then the latter have the last word.
     */
    @Override
    public void replay(Visitor visitor) {
        registry.find(Topic.CONSUMER_OFFSETS).ifPresent(topic -> {
            ReplayOrder order = new ReplayOrder(topic, visitor);
            replay(topic, order.everything());
            if (order.metStrays()) {
                replay(topic, order.thoseAtHome());
            }
        });
    }

    private void replay(Topic topic, IntFunction<Visitor> visitors) {
        for (int i = 0; i < topic.partitionCount(); i++) {
            Partition partition = partitions.find(new TopicPartition(topic.name(), i));
            new ConsumerOffsetsReplay(format, reader, visitors.apply(i), partition).run();
        }
    }

    /** Tells a group's records in the partition that its id belongs to from those in others, the strays. */
    private static final class ReplayOrder {
        private final Topic topic;
        private final Visitor visitor;
        private boolean metStrays;

        ReplayOrder(Topic topic, Visitor visitor) {
            this.topic = topic;
            this.visitor = visitor;
        }

        private boolean isStray(GroupRecord groupRecord, int partition) {
            return partitionOf(groupRecord.groupId(), topic) != partition;
        }

        boolean metStrays() {
            return metStrays;
        }

        /** A visitor for each partition that is told of all. */
        IntFunction<Visitor> everything() {
            return partition -> new Visitor() {
                @Override
                public void found(GroupRecord groupRecord) {
                    metStrays |= isStray(groupRecord, partition);
                    visitor.found(groupRecord);
                }

                @Override
                public void foundPending(GroupRecord.Offset offset, long producerId, LogPosition at) {
                    metStrays |= isStray(offset, partition);
                    visitor.foundPending(offset, producerId, at);
                }

                @Override
                public void ended(long producerId, LogPosition marker, Outcome outcome) {
                    visitor.ended(producerId, marker, outcome);
                }

                @Override
                public void skipped(String what, String why) {
                    visitor.skipped(what, why);
                }
            };
        }

        /** A visitor for each partition that is told of no strays; what is skipped was told before. */
        IntFunction<Visitor> thoseAtHome() {
            return partition -> new Visitor() {
                @Override
                public void found(GroupRecord groupRecord) {
                    if (!isStray(groupRecord, partition)) {
                        visitor.found(groupRecord);
                    }
                }

                @Override
                public void foundPending(GroupRecord.Offset offset, long producerId, LogPosition at) {
                    if (!isStray(offset, partition)) {
                        visitor.foundPending(offset, producerId, at);
                    }
                }

                @Override
                public void ended(long producerId, LogPosition marker, Outcome outcome) {
                    visitor.ended(producerId, marker, outcome);
                }

                @Override
                public void skipped(String what, String why) {
                    // It was told when everything was read.
                }
            };
        }
    }
}
