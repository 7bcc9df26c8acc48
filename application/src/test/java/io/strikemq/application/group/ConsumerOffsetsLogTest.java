package io.strikemq.application.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.adapter.compression.NativeCodecs;
import io.strikemq.adapter.storage.memory.HeapPartitionLogs;
import io.strikemq.adapter.storage.memory.HeapTopicCatalog;
import io.strikemq.application.WatchedLogs;
import io.strikemq.application.cluster.ClusterView;
import io.strikemq.application.coordinator.CoordinatorTopic;
import io.strikemq.application.partition.Partition;
import io.strikemq.application.partition.Partitions;
import io.strikemq.application.topic.InternalTopics;
import io.strikemq.application.topic.TopicPlanner;
import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.application.topic.TopicSettingsCache;
import io.strikemq.domain.cluster.ClusterDescription;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.classic.ClassicGroupRecord;
import io.strikemq.domain.group.classic.GroupSnapshot;
import io.strikemq.domain.group.log.CommittedOffset;
import io.strikemq.domain.group.log.GroupRecord;
import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.log.LogVolume;
import io.strikemq.domain.port.out.FixedIdentifiers;
import io.strikemq.domain.port.out.ManualTime;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.port.out.PartitionLogs;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionMarker;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.record.BatchLayout;
import io.strikemq.domain.record.CompressionType;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordBatchBuilder;
import io.strikemq.domain.settings.ProducerSettings;
import io.strikemq.domain.settings.TopicDefaults;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicIdPartition;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.config.TopicConfigs;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConsumerOffsetsLogTest {
    private static final int TRANSACTIONAL = 0x10;
    private static final int CONTROL = 0x20;

    private final ManualTime time = new ManualTime();
    private final NativeCodecs codecs = new NativeCodecs();
    private final TopicRegistry registry = new TopicRegistry(new HeapTopicCatalog());
    private final TopicSettingsCache settings = new TopicSettingsCache(new TopicConfigs(Map.of()));
    private final PartlyUnreadable heap = new PartlyUnreadable();
    private final WatchedLogs logs = new WatchedLogs(heap);
    private final Partitions partitions =
            new Partitions(logs, settings::of, ProducerSettings.DEFAULT, time, Runnable::run, Runnable::run);
    private final ConsumerOffsetsLog log = create();
    private final List<String> skipped = new ArrayList<>();
    private final List<String> pending = new ArrayList<>();

    private ConsumerOffsetsLog create() {
        registry.addListener(settings);
        registry.addListener(partitions);
        ClusterView cluster = new ClusterView(new ClusterDescription("aaaaaaaaaaaaaaaaaaaaaA", 0, List.of(0)));
        TopicPlanner planner = new TopicPlanner(
                registry, cluster, TopicDefaults.DEFAULT, new TopicConfigs(Map.of()), new FixedIdentifiers(1));
        InternalTopics topics = new InternalTopics(registry, planner, TopicDefaults.DEFAULT);
        return new ConsumerOffsetsLog(topics, registry, partitions, new PlainGroupRecordFormat(), codecs, time);
    }

    @Test
    void whatWasAppendedIsReplayedInOrder() {
        log.prepare();
        List<GroupRecord> first = List.of(group("g", 1), offset("g", 0, 7));
        List<GroupRecord> second = List.of(offset("g", 0, 8), new ClassicGroupRecord("g", null));
        log.append(first);
        log.append(second);
        List<GroupRecord> expected = new ArrayList<>(first);
        expected.addAll(second);
        assertEquals(expected, replayed());
    }

    @Test
    void everyGroupLivesInThePartitionThatKafkaChooses() {
        log.prepare();
        Topic topic = registry.find(Topic.CONSUMER_OFFSETS).orElseThrow();
        assertEquals(50, topic.partitionCount());
        log.append(List.of(offset("console-consumer-1", 0, 1)));
        int expected = Math.abs("console-consumer-1".hashCode()) % 50;
        for (int i = 0; i < 50; i++) {
            Partition partition = partitions.find(new TopicPartition(topic.name(), i));
            assertEquals(i == expected ? 1 : 0, partition.end().highWatermark());
        }
        assertEquals(0, CoordinatorTopic.partitionOf("polygenelubricants", 50));
    }

    @Test
    void withoutTheTopicThereIsNothingToReplayAndNowhereToAppend() {
        assertEquals(List.of(), replayed());
        BrokerException refused = assertThrows(BrokerException.class, () -> log.append(List.of(offset("g", 0, 1))));
        assertEquals(ErrorCode.COORDINATOR_NOT_AVAILABLE, refused.error());
    }

    /** With more partitions most groups belong to others, and what they had in the old ones is read in between. */
    @Test
    void whatAGroupWroteAfterTheTopicHasGrownHasTheLastWord() {
        log.prepare();
        Topic topic = registry.find(Topic.CONSUMER_OFFSETS).orElseThrow();
        for (int group = 0; group < 100; group++) {
            log.append(List.of(offset("g" + group, 0, 1), offset("g" + group, 1, 1)));
        }
        registry.update(topic, topic.withPartitionCount(70));
        for (int group = 0; group < 100; group++) {
            log.append(List.of(offset("g" + group, 0, 2)));
        }

        LoadedGroups loaded = new LoadedGroups();
        log.replay(loaded);

        for (int group = 0; group < 100; group++) {
            OffsetTable offsets = loaded.offsets("g" + group);
            assertEquals(2, offsets.find(new TopicPartition("orders", 0)).offset());
            assertEquals(1, offsets.find(new TopicPartition("orders", 1)).offset());
        }
        assertEquals(0, loaded.skipped());
    }

    @Test
    void strangeAndDamagedRecordsAreSkipped() {
        log.prepare();
        Topic topic = registry.find(Topic.CONSUMER_OFFSETS).orElseThrow();
        ByteBuffer value = PlainGroupRecordFormat.bytes("1");
        ByteBuffer batch = new RecordBatchBuilder()
                .append(0, PlainGroupRecordFormat.bytes("future kind"), value)
                .append(0, null, value)
                .append(0, PlainGroupRecordFormat.bytes("damaged"), value)
                .append(0, PlainGroupRecordFormat.bytes("o g orders 0"), value)
                .build(codecs);
        partitions.find(new TopicPartition(topic.name(), 0)).append(new RecordBatch(batch, 0));
        assertEquals(1, replayed().size());
        assertEquals(
                List.of(
                        "record 0 of __consumer_offsets-0: its kind is not known here",
                        "record 1 of __consumer_offsets-0: it has no key",
                        "record 2 of __consumer_offsets-0: damaged"),
                skipped);
    }

    @Test
    void whatComesAfterADamagedBatchIsRead() {
        ByteBuffer damaged = batch("o g orders 0", "1");
        damaged.put(damaged.limit() - 1, (byte) 'x');
        append(damaged);
        append(batch("o g orders 1", "2"));
        assertEquals(List.of(offset("g", 1, 2)), replayed());
        assertEquals(
                List.of("offsets 0 to 0 of __consumer_offsets-0: the CRC of a batch is not that of its bytes"),
                skipped);
    }

    @Test
    void aBatchThatCannotBeDecompressedIsSkipped() {
        append(withAttributes(batch("o g orders 0", "1"), CompressionType.GZIP.id()));
        append(withAttributes(batch("o g orders 0", "1"), 7));
        append(batch("o g orders 1", "2"));
        assertEquals(List.of(offset("g", 1, 2)), replayed());
        assertEquals(2, skipped.size());
        assertTrue(skipped.get(0).startsWith("batch 0 of __consumer_offsets-0: "), skipped.get(0));
        assertTrue(skipped.get(1).endsWith("compression type 7; known are 0 to 4"), skipped.get(1));
    }

    private static final ProducerIdentity PRODUCER = new ProducerIdentity(7, (short) 0);

    private LogPosition appendInTransaction(String groupId, int partition, long offset) {
        GroupLog.TransactionStart start = log.begin(groupId, PRODUCER, false);
        return log.append(List.of(offset(groupId, partition, offset)), PRODUCER, start.guard());
    }

    private long end(int partition, Outcome outcome) {
        return partition(partition).appendMarker(new TransactionMarker(PRODUCER, outcome, 0, (short) 1));
    }

    @Test
    void offsetsOfTransactionsAreToldWithTheirProducersAndSoAreTheMarkers() {
        log.prepare();
        int home = appendInTransaction("g", 0, 5).partition();
        assertEquals(0, partition(home).end().lastStableOffset());
        assertEquals(new LogPosition(home, 1), appendInTransaction("g", 1, 6));
        assertEquals(2, end(home, Outcome.COMMIT));
        log.append(List.of(offset("g", 0, 8)));

        assertEquals(List.of(offset("g", 0, 8)), replayed());
        String at = "7 in " + home + " at ";
        assertEquals(List.of(at + "0: orders-0", at + "1: orders-1", at + "2: COMMIT"), pending);
        assertEquals(List.of(), skipped);
        assertEquals(4, partition(home).end().lastStableOffset());
    }

    /** Its verification counts as little as if there had been none: nobody would ever end what it would begin. */
    @Test
    void whatComesBehindTheMarkerBeginsNoTransaction() {
        log.prepare();
        GroupLog.TransactionStart late = log.begin("g", PRODUCER, false);
        appendInTransaction("g", 0, 5);
        end(late.partition().partition(), Outcome.ABORT);
        BrokerException refused = assertThrows(
                BrokerException.class, () -> log.append(List.of(offset("g", 0, 6)), PRODUCER, late.guard()));
        assertEquals(ErrorCode.INVALID_TXN_STATE, refused.error());
        ProducerIdentity older = new ProducerIdentity(7, (short) -1);
        refused = assertThrows(BrokerException.class, () -> log.begin("g", older, false));
        assertEquals(ErrorCode.INVALID_PRODUCER_EPOCH, refused.error());
    }

    @Test
    void anOldMarkerEndsNothingThatWasWrittenBehindIt() {
        log.prepare();
        int home = appendInTransaction("g", 0, 5).partition();
        end(home, Outcome.COMMIT);
        appendInTransaction("g", 0, 6);
        LoadedGroups loaded = new LoadedGroups();
        log.replay(loaded);
        loaded.ended(7, new LogPosition(home, 1), Outcome.ABORT);
        loaded.ended(7, new LogPosition(home + 1, 10), Outcome.ABORT);

        OffsetTable offsets = loaded.offsets("g");
        TopicPartition orders = new TopicPartition("orders", 0);
        assertEquals(5, offsets.find(orders).offset());
        assertTrue(offsets.isPending(orders));
        loaded.ended(7, new LogPosition(home, 3), Outcome.COMMIT);
        assertEquals(6, offsets.find(orders).offset());
        assertEquals(Set.of("g"), loaded.groupIds());
    }

    /** Clients write no markers, but somebody with a text editor might. */
    @Test
    void markersOfNoFormEndNothingAndTombstonesHoldAtOnce() {
        append(withAttributes(batch("marker", "1"), TRANSACTIONAL | CONTROL));
        append(batch("o g orders 0", "1"));
        partition(0).append(new RecordBatch(withAttributes(tombstone("o g orders 0"), TRANSACTIONAL), 0));
        assertEquals(2, replayed().size());
        assertEquals(List.of(), pending);
    }

    @Test
    void aPartitionThatCannotBeReadDoesNotHideTheOthers() {
        heap.unreadable = new TopicPartition(Topic.CONSUMER_OFFSETS, 1);
        append(batch("o g orders 0", "1"));
        assertEquals(List.of(offset("g", 0, 1)), replayed());
        assertEquals(List.of("all of __consumer_offsets-1 from offset 0 on: cannot be opened"), skipped);
    }

    /** Logs on the heap, of which one cannot be opened. */
    private static final class PartlyUnreadable implements PartitionLogs {
        private final PartitionLogs heap = new HeapPartitionLogs(new ManualTime());
        private TopicPartition unreadable;

        @Override
        public PartitionLog open(TopicIdPartition partition, LogSettings settings) {
            if (partition.topicPartition().equals(unreadable)) {
                throw new BrokerException(ErrorCode.KAFKA_STORAGE_ERROR, "cannot be opened");
            }
            return heap.open(partition, settings);
        }

        @Override
        public void delete(TopicIdPartition partition) {
            heap.delete(partition);
        }

        @Override
        public boolean contains(TopicIdPartition partition) {
            return heap.contains(partition);
        }

        @Override
        public LogVolume volume() {
            return heap.volume();
        }
    }

    private Partition partition(int number) {
        log.prepare();
        return partitions.find(new TopicPartition(Topic.CONSUMER_OFFSETS, number));
    }

    private void append(ByteBuffer batch) {
        partition(0).append(new RecordBatch(batch, 0));
    }

    private ByteBuffer batch(String key, String value) {
        return new RecordBatchBuilder()
                .append(0, PlainGroupRecordFormat.bytes(key), PlainGroupRecordFormat.bytes(value))
                .build(codecs);
    }

    private ByteBuffer tombstone(String key) {
        return new RecordBatchBuilder()
                .append(0, PlainGroupRecordFormat.bytes(key), null)
                .build(codecs);
    }

    /** The batch with other attributes, and a checksum that is right. */
    private static ByteBuffer withAttributes(ByteBuffer batch, int attributes) {
        batch.putShort(BatchLayout.ATTRIBUTES, (short) attributes);
        return batch.putInt(BatchLayout.CRC, (int) BatchLayout.crc(batch, 0, batch.remaining()));
    }

    @Test
    void whatIsDamagedOnDiskIsSkippedAndTheRestIsReplayed() {
        log.prepare();
        log.append(List.of(offset("g", 0, 1)));
        log.append(List.of(offset("g", 0, 2)));
        log.append(List.of(offset("g", 0, 3)));
        logs.damage(1, 2);
        assertEquals(List.of(offset("g", 0, 1), offset("g", 0, 3)), replayed());
        assertEquals(1, skipped.size());
    }

    @Test
    void aGroupThatIsTooLargeForTheLogIsRefusedWhole() {
        log.prepare();
        List<GroupRecord> many = new ArrayList<>();
        for (int i = 0; i < 60_000; i++) {
            many.add(offset("g", i, i));
        }
        BrokerException refused = assertThrows(BrokerException.class, () -> log.append(many));
        assertEquals(ErrorCode.RECORD_LIST_TOO_LARGE, refused.error());
        assertEquals(List.of(), replayed());
    }

    private List<GroupRecord> replayed() {
        List<GroupRecord> records = new ArrayList<>();
        skipped.clear();
        pending.clear();
        log.replay(new GroupLog.Visitor() {
            @Override
            public void found(GroupRecord groupRecord) {
                records.add(groupRecord);
            }

            @Override
            public void foundPending(GroupRecord.Offset offset, long producerId, LogPosition at) {
                pending.add(producerId + " in " + at.partition() + " at " + at.offset() + ": " + offset.partition());
            }

            @Override
            public void ended(long producerId, LogPosition marker, Outcome outcome) {
                pending.add(producerId + " in " + marker.partition() + " at " + marker.offset() + ": " + outcome);
            }

            @Override
            public void skipped(String what, String why) {
                skipped.add(what + ": " + why);
            }
        });
        return records;
    }

    private static GroupRecord group(String groupId, int generation) {
        return new ClassicGroupRecord(
                groupId, new GroupSnapshot(groupId, "consumer", null, generation, null, 0, List.of()));
    }

    private static GroupRecord offset(String groupId, int partition, long offset) {
        return new GroupRecord.Offset(
                groupId, new TopicPartition("orders", partition), new CommittedOffset(offset, -1, "", 0, -1, null));
    }
}
