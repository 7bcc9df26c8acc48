package io.strikemq.bootstrap.groups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.adapter.compression.NativeCodecs;
import io.strikemq.adapter.kafka.coordinator.KafkaGroupRecordFormat;
import io.strikemq.adapter.storage.memory.HeapPartitionLogs;
import io.strikemq.adapter.storage.memory.HeapTopicCatalog;
import io.strikemq.application.cluster.ClusterView;
import io.strikemq.application.group.ConsumerOffsetsLog;
import io.strikemq.application.group.CoordinatedGroups;
import io.strikemq.application.group.GroupInspection;
import io.strikemq.application.group.GroupLog;
import io.strikemq.application.group.GroupParticipation;
import io.strikemq.application.group.GroupProtocols;
import io.strikemq.application.group.LogPosition;
import io.strikemq.application.group.OffsetCommits;
import io.strikemq.application.partition.Partitions;
import io.strikemq.application.topic.InternalTopics;
import io.strikemq.application.topic.TopicPlanner;
import io.strikemq.application.topic.TopicRegistry;
import io.strikemq.application.topic.TopicSettingsCache;
import io.strikemq.domain.cluster.ClusterDescription;
import io.strikemq.domain.group.GroupListing;
import io.strikemq.domain.group.classic.ClassicGroupRecord;
import io.strikemq.domain.group.classic.GroupSnapshot;
import io.strikemq.domain.group.classic.JoinCommand;
import io.strikemq.domain.group.classic.JoinCommand.AssignmentSkipping;
import io.strikemq.domain.group.classic.JoinCommand.MemberIdPolicy;
import io.strikemq.domain.group.consumer.FixedTimes;
import io.strikemq.domain.group.log.CommittedOffset;
import io.strikemq.domain.group.log.GroupRecord;
import io.strikemq.domain.offset.GroupOffsetsQuery;
import io.strikemq.domain.offset.GroupOffsetsQuery.Stability;
import io.strikemq.domain.port.out.FixedIdentifiers;
import io.strikemq.domain.port.out.GroupRecordFormat.KeyValue;
import io.strikemq.domain.port.out.JavaRegularExpressions;
import io.strikemq.domain.port.out.ManualTime;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.record.BatchLayout;
import io.strikemq.domain.record.CompressionType;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordBatchBuilder;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.settings.ConsumerGroupSettings;
import io.strikemq.domain.settings.GroupSettings;
import io.strikemq.domain.settings.ProducerSettings;
import io.strikemq.domain.settings.TopicDefaults;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.config.TopicConfigs;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever lies in {@code __consumer_offsets}, the groups are read back without an exception, each record is either
 * found or named as skipped, and the groups that come of it can be worked with.
 */
class HostileConsumerOffsetsProperties {
    private static final RequestContext CLIENT =
            new RequestContext(0, "PLAINTEXT", RequestContext.ANONYMOUS, "client", "/127.0.0.1");

    @Property(tries = 100)
    void everyRecordIsFoundOrNamed(@ForAll long seed) {
        Random random = new Random(seed);
        Coordinator coordinator = new Coordinator();
        HostileRecords records = new HostileRecords(random);
        int count = 1 + random.nextInt(30);
        for (int i = 0; i < count; i++) {
            coordinator.append(records.batchOf(records.next()));
        }
        Counted counted = new Counted();
        coordinator.log.replay(counted);
        assertEquals(count, counted.found + counted.skipped);
        coordinator.work();
    }

    @Property(tries = 100)
    void damagedBatchesAreSkippedAndTheOthersFound(@ForAll long seed) {
        Random random = new Random(seed);
        Coordinator coordinator = new Coordinator();
        HostileRecords records = new HostileRecords(random);
        int whole = 0;
        int count = 1 + random.nextInt(20);
        for (int i = 0; i < count; i++) {
            ByteBuffer batch = records.batchOf(records.valid(), records.valid());
            if (random.nextBoolean()) {
                records.damage(batch);
            } else {
                whole++;
            }
            coordinator.append(batch);
        }
        Counted counted = new Counted();
        coordinator.log.replay(counted);
        assertTrue(counted.found >= 2 * whole, () -> "found " + counted.found);
        coordinator.work();
    }

    private static final class Counted implements GroupLog.Visitor {
        private int found;
        private int skipped;

        @Override
        public void found(GroupRecord groupRecord) {
            assertNotNull(groupRecord.groupId());
            found++;
        }

        @Override
        public void foundPending(GroupRecord.Offset offset, long producerId, LogPosition at) {
            assertNotNull(offset.value());
            found++;
        }

        @Override
        public void ended(long producerId, LogPosition marker, Outcome outcome) {
            assertNotNull(outcome);
        }

        @Override
        public void skipped(String what, String why) {
            assertNotNull(why);
            skipped++;
        }
    }

    /** Records as Kafka has them, with values at the edges, and with bytes changed, missing or added. */
    private static final class HostileRecords {
        private static final long[] LONGS = {0, 1, -1, -2, Long.MAX_VALUE, Long.MIN_VALUE, 1_767_225_600_000L};
        private static final int[] INTS = {0, 1, -1, -5, Integer.MAX_VALUE, Integer.MIN_VALUE, 10_000};
        private static final String[] TEXTS = {"", "g", "orders", "\0", "\uD800", "x".repeat(300)};

        private final KafkaGroupRecordFormat format = new KafkaGroupRecordFormat();
        private final NativeCodecs codecs = new NativeCodecs();
        private final Random random;

        HostileRecords(Random random) {
            this.random = random;
        }

        KeyValue next() {
            KeyValue valid = valid();
            return switch (random.nextInt(4)) {
                case 0 -> valid;
                case 1 -> new KeyValue(mutated(valid.key()), valid.value());
                case 2 -> new KeyValue(valid.key(), valid.value() == null ? noise() : mutated(valid.value()));
                default -> new KeyValue(noise(), random.nextBoolean() ? null : noise());
            };
        }

        KeyValue valid() {
            return format.encode(
                    random.nextBoolean()
                            ? new GroupRecord.Offset(
                                    text(),
                                    new TopicPartition(text(), anInt()),
                                    random.nextInt(4) == 0
                                            ? null
                                            : new CommittedOffset(
                                                    aLong(),
                                                    anInt(),
                                                    text(),
                                                    aLong(),
                                                    aLong(),
                                                    random.nextBoolean() ? null : new UUID(1, 1)))
                            : new ClassicGroupRecord(text(), random.nextInt(4) == 0 ? null : snapshot()));
        }

        private GroupSnapshot snapshot() {
            List<GroupSnapshot.Member> members = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                members.add(new GroupSnapshot.Member(
                        text(),
                        random.nextBoolean() ? null : text(),
                        text(),
                        text(),
                        Duration.ofMillis(anInt()),
                        Duration.ofMillis(anInt()),
                        noise(),
                        noise()));
            }
            return new GroupSnapshot(
                    "any",
                    random.nextBoolean() ? "consumer" : text(),
                    random.nextBoolean() ? null : text(),
                    anInt(),
                    random.nextBoolean() ? null : text(),
                    aLong(),
                    members);
        }

        ByteBuffer batchOf(KeyValue... records) {
            RecordBatchBuilder batch = new RecordBatchBuilder().compression(compression());
            for (KeyValue each : records) {
                batch.append(aLong() >>> 1, each.key(), each.value());
            }
            return batch.build(codecs);
        }

        private CompressionType compression() {
            return random.nextBoolean() ? CompressionType.NONE : CompressionType.GZIP;
        }

        /** Changes something behind the fields that a log itself stands on; half of the time with the right checksum. */
        void damage(ByteBuffer batch) {
            int at = BatchLayout.RECORD_COUNT + random.nextInt(batch.limit() - BatchLayout.RECORD_COUNT);
            batch.put(at, (byte) (batch.get(at) + 1 + random.nextInt(255)));
            if (random.nextBoolean()) {
                batch.putShort(BatchLayout.ATTRIBUTES, (short) random.nextInt(64));
            }
            if (random.nextBoolean()) {
                batch.putInt(BatchLayout.CRC, (int) BatchLayout.crc(batch, 0, batch.limit()));
            }
        }

        private ByteBuffer mutated(ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            int length = random.nextInt(3) == 0 ? random.nextInt(copy.length + 1) : copy.length;
            ByteBuffer mutated = ByteBuffer.wrap(Arrays.copyOf(copy, length));
            for (int i = random.nextInt(4); i > 0 && length > 0; i--) {
                mutated.put(random.nextInt(length), (byte) random.nextInt());
            }
            return mutated;
        }

        /** Bytes that often begin like a key or a value does. */
        private ByteBuffer noise() {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            if (bytes.length >= Short.BYTES && random.nextBoolean()) {
                ByteBuffer.wrap(bytes).putShort((short) (random.nextInt(20) - 2));
            }
            return ByteBuffer.wrap(bytes);
        }

        private long aLong() {
            return LONGS[random.nextInt(LONGS.length)];
        }

        private int anInt() {
            return INTS[random.nextInt(INTS.length)];
        }

        private String text() {
            return TEXTS[random.nextInt(TEXTS.length)];
        }
    }

    /** The coordinator of a broker in memory, on top of whatever was appended. */
    private static final class Coordinator {
        /** All groups belong to one partition, so that each record is read once. */
        private static final TopicDefaults ONE_PARTITION =
                new TopicDefaults(true, 1, (short) 1, true, 1, 50, 1 << 20, 1 << 20, Map.of());

        private final ManualTime time = new ManualTime();
        private final TopicRegistry registry = new TopicRegistry(new HeapTopicCatalog());
        private final TopicSettingsCache settings = new TopicSettingsCache(new TopicConfigs(Map.of()));
        private final Partitions partitions = new Partitions(
                new HeapPartitionLogs(new ManualTime()),
                settings::of,
                ProducerSettings.DEFAULT,
                time,
                Runnable::run,
                Runnable::run);
        private final ConsumerOffsetsLog log;

        Coordinator() {
            registry.addListener(settings);
            registry.addListener(partitions);
            registry.create(new Topic("orders", new UUID(1, 1), 2, (short) 1, Map.of()));
            TopicPlanner planner = new TopicPlanner(
                    registry,
                    new ClusterView(new ClusterDescription("aaaaaaaaaaaaaaaaaaaaaA", 0, List.of(0))),
                    ONE_PARTITION,
                    new TopicConfigs(Map.of()),
                    new FixedIdentifiers(1));
            log = new ConsumerOffsetsLog(
                    new InternalTopics(registry, planner, ONE_PARTITION),
                    registry,
                    partitions,
                    new KafkaGroupRecordFormat(),
                    new NativeCodecs(),
                    time);
            log.prepare();
        }

        void append(ByteBuffer batch) {
            partitions.find(new TopicPartition(Topic.CONSUMER_OFFSETS, 0)).append(new RecordBatch(batch, 0));
        }

        /** Starts with what is in the log, looks at all groups, joins each, lets an hour pass, and stops. */
        void work() {
            CoordinatedGroups groups = new CoordinatedGroups(
                    new GroupProtocols(
                            GroupSettings.DEFAULT,
                            ConsumerGroupSettings.DEFAULT,
                            FixedTimes.USUAL,
                            new JavaRegularExpressions()),
                    log,
                    registry,
                    time,
                    time,
                    Runnable::run);
            groups.load();
            GroupInspection inspection = new GroupInspection(groups, registry, ConsumerGroupSettings.DEFAULT);
            GroupParticipation members =
                    new GroupParticipation(groups, GroupSettings.DEFAULT, new FixedIdentifiers(2), Runnable::run);
            OffsetCommits offsets = new OffsetCommits(groups, registry, GroupSettings.DEFAULT, time, Runnable::run);
            for (GroupListing group : inspection.list(CLIENT, List.of(), List.of())) {
                inspection.describe(CLIENT, group.groupId());
                offsets.committed(CLIENT, new GroupOffsetsQuery(group.groupId(), null, -1, null, Stability.ANY));
                members.join(CLIENT, join(group.groupId()));
            }
            time.advance(Duration.ofHours(1));
            groups.close();
        }

        private static JoinCommand join(String groupId) {
            return new JoinCommand(
                    groupId,
                    "",
                    null,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    "consumer",
                    List.of(new JoinCommand.Protocol("range", ByteBuffer.allocate(0))),
                    MemberIdPolicy.JOIN_AT_ONCE,
                    AssignmentSkipping.UNSUPPORTED,
                    null);
        }
    }
}
