package io.strikemq.application.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strikemq.adapter.compression.PureJavaCodecs;
import io.strikemq.adapter.storage.memory.HeapPartitionLogs;
import io.strikemq.adapter.storage.memory.HeapTopicCatalog;
import io.strikemq.application.LogLines;
import io.strikemq.application.WatchedLogs;
import io.strikemq.application.cluster.ClusterView;
import io.strikemq.application.partition.LogReplay;
import io.strikemq.application.partition.Partition;
import io.strikemq.application.partition.Partitions;
import io.strikemq.application.topic.InternalTopics;
import io.strikemq.application.topic.TopicPlanner;
import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.application.topic.TopicSettingsCache;
import io.strikemq.domain.cluster.ClusterDescription;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.GroupSnapshot;
import io.strikemq.domain.group.log.CommittedOffset;
import io.strikemq.domain.group.log.GroupRecord;
import io.strikemq.domain.port.out.FixedIdentifiers;
import io.strikemq.domain.port.out.ManualTime;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordBatchBuilder;
import io.strikemq.domain.settings.ProducerSettings;
import io.strikemq.domain.settings.TopicDefaults;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.config.TopicConfigs;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsumerOffsetsLogTest {
    private final ManualTime time = new ManualTime();
    private final PureJavaCodecs codecs = new PureJavaCodecs();
    private final TopicRegistry registry = new TopicRegistry(new HeapTopicCatalog());
    private final TopicSettingsCache settings = new TopicSettingsCache(new TopicConfigs(Map.of()));
    private final WatchedLogs logs = new WatchedLogs(new HeapPartitionLogs());
    private final Partitions partitions =
            new Partitions(logs, settings::of, ProducerSettings.DEFAULT, time, Runnable::run);
    private final ConsumerOffsetsLog log = create();

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
        List<GroupRecord> second = List.of(offset("g", 0, 8), new GroupRecord.Group("g", null));
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
        assertEquals(0, ConsumerOffsetsLog.partitionOf("polygenelubricants", topic));
    }

    @Test
    void withoutTheTopicThereIsNothingToReplayAndNowhereToAppend() {
        assertEquals(List.of(), replayed());
        BrokerException refused = assertThrows(BrokerException.class, () -> log.append(List.of(offset("g", 0, 1))));
        assertEquals(ErrorCode.COORDINATOR_NOT_AVAILABLE, refused.error());
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
    }

    @Test
    void whatIsDamagedOnDiskIsSkippedAndTheRestIsReplayed() {
        log.prepare();
        log.append(List.of(offset("g", 0, 1)));
        log.append(List.of(offset("g", 0, 2)));
        log.append(List.of(offset("g", 0, 3)));
        logs.damage(1, 2);
        try (LogLines lines = new LogLines(LogReplay.class)) {
            assertEquals(List.of(offset("g", 0, 1), offset("g", 0, 3)), replayed());
            assertEquals(1, lines.records().size());
        }
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
        log.replay(records::add);
        return records;
    }

    private static GroupRecord group(String groupId, int generation) {
        return new GroupRecord.Group(
                groupId, new GroupSnapshot(groupId, "consumer", null, generation, null, 0, List.of()));
    }

    private static GroupRecord offset(String groupId, int partition, long offset) {
        return new GroupRecord.Offset(
                groupId, new TopicPartition("orders", partition), new CommittedOffset(offset, -1, "", 0, -1, null));
    }
}
