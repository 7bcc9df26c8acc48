package io.strikemq.application.compaction;

import io.strikemq.application.Batch;
import io.strikemq.application.OneBroker;
import io.strikemq.application.partition.LogReplay;
import io.strikemq.application.partition.Partition;
import io.strikemq.domain.compaction.CompactionSettings;
import io.strikemq.domain.log.LogLife;
import io.strikemq.domain.log.RecordsCompacted;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordReader;
import io.strikemq.domain.topic.TopicSettings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A topic "t" of one partition that is compacted, on a broker whose time the test drives. */
final class CompactedTopic {
    static final String NAME = "t";

    OneBroker broker = new OneBroker();

    CompactedTopic() {
        configure(CompactionSettings.DEFAULT, 1 << 30, Set.of("compact"));
        broker.topic(NAME, 1);
    }

    /** From now on the topic has these configs; files go at once. */
    void configure(CompactionSettings compaction, int segmentBytes, Set<String> policies) {
        TopicSettings d = OneBroker.KAFKA_DEFAULTS;
        broker.settings(new TopicSettings(
                d.maxMessageBytes(),
                d.timestampType(),
                d.timestampBeforeMaxMs(),
                Long.MAX_VALUE,
                d.compression(),
                policies,
                d.minInSyncReplicas(),
                segmentBytes,
                d.indexIntervalBytes(),
                new LogLife(-1, -1, LogLife.DEFAULT.segmentMs(), 0, 0),
                compaction));
    }

    void compaction(CompactionSettings compaction) {
        configure(compaction, 1 << 30, Set.of("compact"));
    }

    Partition partition() {
        return broker.partition(NAME, 0);
    }

    /** A batch to be filled, of the present. */
    Batch batch() {
        return new Batch(broker.time.wallClockMillis());
    }

    long append(Batch batch) {
        return broker.produce(NAME, 0, batch.build(broker.codecs)).baseOffset();
    }

    /** A batch of one record; a null value for a tombstone. */
    long put(String key, String value) {
        return append(batch().keyed(key, value));
    }

    /** Another broker on the same log, after a stop or a crash; it has the same configs. */
    void restart(boolean isStopped) {
        if (isStopped) {
            broker.partitions.close();
        } else {
            broker.logs.kill();
        }
        OneBroker before = broker;
        TopicSettings settings = before.partitions.settings(partition());
        broker = before.restarted();
        broker.time.advance(Duration.ofMillis(before.time.wallClockMillis() - broker.time.wallClockMillis()));
        broker.settings(settings);
        broker.cleaner = before.cleaner;
    }

    /** Ends the active segment. */
    void roll() {
        partition().replaceableSegments().roll();
    }

    RecordsCompacted compactNow() {
        return broker.compaction.compactNow(partition()).toCompletableFuture().join();
    }

    /** All records but those of control batches, as "offset key=value". */
    List<String> records() {
        List<String> records = new ArrayList<>();
        RecordReader reader = new RecordReader(broker.codecs);
        for (RecordBatch batch : batches()) {
            if (!batch.isControl()) {
                reader.read(batch)
                        .forEach(record ->
                                records.add(record.offset() + " " + text(record.key()) + "=" + text(record.value())));
            }
        }
        return records;
    }

    /** All batches, copies. */
    List<RecordBatch> batches() {
        List<RecordBatch> batches = new ArrayList<>();
        Partition partition = partition();
        new LogReplay(partition.name(), partition::read, partition.end().highWatermark())
                .from(partition.startOffset(), batch -> {
                    ByteBuffer copy = ByteBuffer.allocate(batch.sizeInBytes());
                    batches.add(new RecordBatch(copy.put(batch.bytes()).flip(), 0));
                });
        return batches;
    }

    private static String text(ByteBuffer bytes) {
        return bytes == null
                ? null
                : StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }
}
