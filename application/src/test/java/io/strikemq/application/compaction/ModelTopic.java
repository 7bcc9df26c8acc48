package io.strikemq.application.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.application.Batch;
import io.strikemq.application.partition.Partition;
import io.strikemq.application.partition.PartitionAppend;
import io.strikemq.domain.compaction.CompactableLog;
import io.strikemq.domain.log.RecordsCompacted;
import io.strikemq.domain.producer.ActiveProducer;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.ProducerStates;
import io.strikemq.domain.producer.TransactionGuard;
import io.strikemq.domain.producer.TransactionMarker;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.record.CompressionType;
import io.strikemq.domain.record.Record;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordReader;
import io.strikemq.domain.settings.CleanerSettings;
import io.strikemq.domain.topic.TopicSettings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** A compacted topic and what was written to it, record by record. */
final class ModelTopic {
    private static final int KEYS = 6;
    private static final long PLAIN = -1;
    private static final long IDEMPOTENT = 100;
    private static final List<CompressionType> CODECS =
            List.of(CompressionType.NONE, CompressionType.NONE, CompressionType.GZIP, CompressionType.LZ4);

    final CompactedTopic topic = new CompactedTopic();

    private final Random random;
    private final TreeMap<Long, Written> written = new TreeMap<>();
    /** The last offset of each batch, by its first. */
    private final Map<Long, Long> batches = new HashMap<>();
    /** The offsets that are of an open transaction, by its producer. */
    private final Map<Long, Set<Long>> open = new TreeMap<>();

    private final Set<Long> aborted = new HashSet<>();
    private final Map<Long, Integer> sequences = new HashMap<>();
    private long compactedTo;
    private int values;

    private record Written(String key, String value, long timestamp) {}

    ModelTopic(Random random) {
        this.random = random;
    }

    void appendPlain() {
        append(PLAIN, topic.batch());
    }

    void appendIdempotent() {
        long producer = IDEMPOTENT + random.nextInt(2);
        append(producer, topic.batch().producer(producer, 0, sequences.getOrDefault(producer, 0)));
    }

    void appendInTransaction() {
        long producer = random.nextInt(3);
        int sequence = sequences.getOrDefault(producer, 0);
        Batch batch = topic.batch().producer(producer, 0, sequence).transactional();
        Set<Long> offsets = append(producer, batch);
        open.computeIfAbsent(producer, id -> new HashSet<>()).addAll(offsets);
    }

    private Set<Long> append(long producer, Batch batch) {
        batch.compressed(CODECS.get(random.nextInt(CODECS.size())));
        int count = 1 + random.nextInt(4);
        Partition partition = topic.partition();
        long base = partition.end().highWatermark();
        Set<Long> offsets = new HashSet<>();
        for (int i = 0; i < count; i++) {
            String key = "k" + random.nextInt(KEYS);
            String value = random.nextInt(4) == 0 ? null : "v" + values++;
            batch.keyed(key, value);
            written.put(base + i, new Written(key, value, topic.broker.time.wallClockMillis()));
            offsets.add(base + i);
        }
        RecordBatch built = new RecordBatch(batch.build(topic.broker.codecs), 0);
        TransactionGuard guard = built.isTransactional()
                ? partition.beginVerification(built.producer(), built.baseSequence(), false)
                : TransactionGuard.NOT_NEEDED;
        assertTrue(partition.append(built, guard) instanceof PartitionAppend.Appended);
        sequences.merge(producer, count, Integer::sum);
        batches.put(base, base + count - 1);
        return offsets;
    }

    void end(Outcome outcome) {
        long producer = random.nextInt(3);
        Set<Long> offsets = open.remove(producer);
        if (offsets != null) {
            if (outcome == Outcome.ABORT) {
                aborted.addAll(offsets);
            }
            long at = topic.partition()
                    .appendMarker(
                            new TransactionMarker(new ProducerIdentity(producer, (short) 0), outcome, 0, (short) 1));
            batches.put(at, at);
        }
    }

    void endAll() {
        while (!open.isEmpty()) {
            end(Outcome.COMMIT);
        }
    }

    /** One pass or as many as it takes, with room for so many bytes of keys. */
    void compact(int keyBytes) {
        CleanerSettings d = CleanerSettings.DEFAULT;
        topic.broker.cleaner =
                new CleanerSettings(true, Duration.ZERO, d.maxBytesPerSecond(), keyBytes, 0.9, random.nextInt(2000));
        long end = topic.partition().end().highWatermark();
        long stable = topic.partition().end().lastStableOffset();
        long to = random.nextBoolean()
                ? topic.compactNow().compactedTo()
                : onePass().compactedTo();
        assertTrue(to >= compactedTo && to <= stable, to + " after " + compactedTo + ", stable " + stable);
        assertEquals(end, topic.partition().end().highWatermark());
        assertEquals(stable, topic.partition().end().lastStableOffset());
        compactedTo = to;
    }

    private RecordsCompacted onePass() {
        Partition partition = topic.partition();
        topic.roll();
        TopicSettings settings = topic.broker.partitions.settings(partition);
        CompactableLog log = partition.replaceableSegments().look();
        long now = topic.broker.time.wallClockMillis();
        CompactionTask task =
                new CompactionTask(partition, settings, log, log.dirty(settings.compaction(), now), now, () -> true);
        CompactionMeans means = new CompactionMeans(
                new RecordReader(topic.broker.codecs), topic.broker.codecs, topic.broker.cleaner, Runnable::run);
        try (CompactionRun run = new CompactionRun(task, means)) {
            while (!run.isDone()) {
                run.step();
            }
            return run.result();
        }
    }

    void restart() {
        topic.restart(random.nextBoolean());
    }

    void check() {
        Map<String, Long> lastOfKeys = new HashMap<>();
        Map<String, String> table = new TreeMap<>();
        ProducerStates replayed = new ProducerStates();
        long next = topic.partition().startOffset();
        for (RecordBatch batch : topic.batches()) {
            assertTrue(batch.baseOffset() >= next, () -> "offsets go back at " + batch);
            next = batch.lastOffset() + 1;
            assertEquals(batches.get(batch.baseOffset()), batch.lastOffset(), "a batch keeps its bounds");
            replayed.appended(batch, topic.broker.time.wallClockMillis());
            if (!batch.isControl()) {
                new RecordReader(topic.broker.codecs).read(batch).forEach(record -> take(record, lastOfKeys, table));
            }
        }
        assertEquals(topic.partition().end().highWatermark(), next, "the log ends with a batch");
        assertEquals(expectedTable(), table);
        checkProducers(replayed);
    }

    private void take(Record record, Map<String, Long> lastOfKeys, Map<String, String> table) {
        Written original = written.get(record.offset());
        assertNotNull(original, () -> "nobody wrote " + record);
        String key = text(record.key());
        String value = text(record.value());
        assertEquals(original, new Written(key, value, record.timestamp()));
        boolean isAborted = aborted.contains(record.offset());
        if (record.offset() < compactedTo) {
            assertTrue(!isAborted, () -> "an aborted record is left at " + record.offset());
            Long earlier = lastOfKeys.put(key, record.offset());
            assertEquals(null, earlier, "of " + key + " two are left, the second at " + record.offset());
        }
        if (!isAborted && open.values().stream().noneMatch(offsets -> offsets.contains(record.offset()))) {
            put(table, key, value);
        }
    }

    private Map<String, String> expectedTable() {
        Map<String, String> table = new TreeMap<>();
        Set<Long> uncommitted = new HashSet<>(aborted);
        open.values().forEach(uncommitted::addAll);
        written.forEach((offset, record) -> {
            if (!uncommitted.contains(offset)) {
                put(table, record.key(), record.value());
            }
        });
        return table;
    }

    private static void put(Map<String, String> table, String key, String value) {
        if (value == null) {
            table.remove(key);
        } else {
            table.put(key, value);
        }
    }

    /** What the log alone tells of producers is what the partition remembers, but for markers of which nothing is left. */
    private void checkProducers(ProducerStates replayed) {
        Map<Long, ActiveProducer> fromLog = new HashMap<>();
        replayed.active().forEach(producer -> fromLog.put(producer.identity().id(), producer));
        for (ActiveProducer producer : topic.partition().producers()) {
            ActiveProducer found = fromLog.get(producer.identity().id());
            assertNotNull(found, () -> "nothing is left of " + producer);
            assertEquals(producer.lastSequence(), found.lastSequence(), () -> "of " + producer);
            assertEquals(producer.transactionOffset(), found.transactionOffset(), () -> "of " + producer);
            assertEquals(sequences.get(producer.identity().id()) - 1, producer.lastSequence(), () -> "of " + producer);
        }
    }

    void checkThatNoTombstoneIsLeft() {
        assertTrue(
                topic.records().stream().noneMatch(record -> record.endsWith("=null")),
                () -> topic.records().toString());
    }

    private static String text(ByteBuffer bytes) {
        return bytes == null
                ? null
                : StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }
}
