package io.strikemq.parity.compaction;

import io.strikemq.adapter.compression.NativeCodecs;
import io.strikemq.adapter.storage.memory.HeapPartitionLogs;
import io.strikemq.adapter.storage.mmap.log.MappedPartitionLogs;
import io.strikemq.adapter.storage.mmap.log.PartitionDirectories;
import io.strikemq.application.compaction.LogCompaction;
import io.strikemq.application.offset.LogOffsets;
import io.strikemq.application.partition.Partition;
import io.strikemq.application.partition.PartitionAppend;
import io.strikemq.application.partition.Partitions;
import io.strikemq.domain.fetch.IsolationLevel;
import io.strikemq.domain.log.LogRead;
import io.strikemq.domain.log.LogRead.Found;
import io.strikemq.domain.log.LogSegment;
import io.strikemq.domain.log.ReadLimit;
import io.strikemq.domain.log.ReadLimit.FirstBatch;
import io.strikemq.domain.offset.OffsetFound;
import io.strikemq.domain.offset.OffsetQuery;
import io.strikemq.domain.port.out.ManualTime;
import io.strikemq.domain.port.out.PartitionLogs;
import io.strikemq.domain.producer.ProducerIdentity;
import io.strikemq.domain.producer.TransactionGuard;
import io.strikemq.domain.producer.TransactionMarker;
import io.strikemq.domain.producer.TransactionMarker.Outcome;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordReader;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.settings.CleanerSettings;
import io.strikemq.domain.settings.ProducerSettings;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.TopicSettings;
import io.strikemq.domain.topic.config.TopicConfigs;
import io.strikemq.parity.compaction.GeneratedLog.Settings;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.kafka.common.record.internal.ControlRecordType;

/** The same log in one of our storages, with as much of the broker around it as appends, reads and compacts. */
final class OurLog implements ComparedLog {
    private static final Topic TOPIC = new Topic("compared", new UUID(4, 2), 1, (short) 1, Map.of());
    private static final RequestContext REQUEST =
            new RequestContext(1, "PLAINTEXT", RequestContext.ANONYMOUS, "compared", "/127.0.0.1");
    private static final ProducerSettings PRODUCERS =
            new ProducerSettings(Duration.ofMillis(GeneratedLog.PRODUCER_EXPIRATION_MILLIS), Duration.ZERO);
    private static final int BYTES_OF_A_SLOT = 24;
    private static final int BYTES_AT_ONCE = 256;
    private static final int READ_BYTES = 1000;

    private final Path directory;
    private final Settings settings;
    private final ManualTime time = new ManualTime();
    private final PartitionLogs heap = new HeapPartitionLogs(time);
    private final RecordReader reader = new RecordReader(new NativeCodecs());
    private Partitions partitions;
    private LogCompaction compaction;
    /** What the compaction has for later, of the broker that runs now. */
    private OneThread thread;

    OurLog(Path directory, Settings settings) {
        this.directory = directory;
        this.settings = settings;
        open();
    }

    private void open() {
        PartitionLogs logs = settings.onDisk()
                ? new MappedPartitionLogs(new PartitionDirectories(directory, topicId -> false, Runnable::run))
                : heap;
        TopicSettings topicSettings = new TopicConfigs(Map.of()).settings(settings.configs());
        partitions = new Partitions(logs, topic -> topicSettings, PRODUCERS, time, Runnable::run, Runnable::run);
        partitions.topicOpened(TOPIC);
        thread = new OneThread(time);
        compaction =
                new LogCompaction(partitions, reader, new NativeCodecs(), this::cleanerSettings, time, thread, thread);
        compaction.start();
    }

    private CleanerSettings cleanerSettings() {
        return new CleanerSettings(
                true,
                Duration.ZERO,
                Double.MAX_VALUE,
                (long) settings.mapSlots() * BYTES_OF_A_SLOT,
                GeneratedLog.MAP_LOAD_FACTOR,
                BYTES_AT_ONCE);
    }

    private Partition partition() {
        return partitions.find(new TopicPartition(TOPIC.name(), 0));
    }

    @Override
    public void append(GeneratedBatch batch) {
        if (batch.marker() != null) {
            partition().appendMarker(marker(batch.marker()));
            return;
        }
        RecordBatch copy = new RecordBatch(
                ByteBuffer.allocate(batch.bytes().remaining())
                        .put(batch.bytes().duplicate())
                        .flip(),
                0);
        long offset = copy.baseOffset();
        PartitionAppend appended = partition().append(copy, guard(copy));
        if (!(appended instanceof PartitionAppend.Appended at) || at.baseOffset() != offset) {
            throw new AssertionError("appended at " + offset + ": " + appended);
        }
    }

    private TransactionGuard guard(RecordBatch batch) {
        return batch.isTransactional()
                ? partition().beginVerification(batch.producer(), batch.baseSequence(), false)
                : TransactionGuard.NOT_NEEDED;
    }

    private static TransactionMarker marker(GeneratedBatch.Marker marker) {
        return new TransactionMarker(
                new ProducerIdentity(marker.producerId(), marker.epoch()),
                marker.type() == ControlRecordType.COMMIT ? Outcome.COMMIT : Outcome.ABORT,
                0,
                (short) (marker.ownEpoch() ? 2 : 1));
    }

    @Override
    public void turnTo(long millis) {
        time.advance(Duration.ofMillis(millis - time.wallClockMillis()));
    }

    @Override
    public OptionalLong compactIfDue() {
        long before = clean();
        thread.doWhatIsDue();
        return clean() == before ? OptionalLong.empty() : OptionalLong.of(clean());
    }

    private long clean() {
        return partition().replaceableSegments().look().compactedTo();
    }

    @Override
    public void deleteBefore(long offset) {
        partition().deleteBefore(offset);
    }

    /** A log on the heap lasts no longer than its broker. */
    @Override
    public void restart() {
        if (settings.onDisk()) {
            close();
            open();
        }
    }

    @Override
    public List<Long> segments() {
        return partition().segments().stream()
                .map(LogSegment::baseOffset)
                .filter(base -> base < partition().end().highWatermark())
                .toList();
    }

    @Override
    public ByteBuffer bytes() {
        Partition partition = partition();
        ReadLimit limit = new ReadLimit(Long.MAX_VALUE, READ_BYTES, FirstBatch.ALWAYS);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        long offset = partition.startOffset();
        while (offset < partition.end().highWatermark()) {
            LogRead read = partition.read(offset, limit);
            if (!(read instanceof Found found)) {
                throw new AssertionError("read at " + offset + ": " + read);
            }
            ByteBuffer bytes = joined(found);
            if (!bytes.hasRemaining()) {
                break;
            }
            all.write(bytes.array(), 0, bytes.remaining());
            offset = lastOffset(bytes) + 1;
        }
        return ByteBuffer.wrap(all.toByteArray());
    }

    private static ByteBuffer joined(Found found) {
        ByteBuffer joined = ByteBuffer.allocate(found.slice().sizeInBytes());
        found.slice().buffers().forEach(buffer -> joined.put(buffer.duplicate()));
        found.slice().release();
        return joined.flip();
    }

    private static long lastOffset(ByteBuffer batches) {
        long last = -1;
        int at = 0;
        while (at < batches.limit()) {
            RecordBatch batch = new RecordBatch(batches, at);
            last = batch.lastOffset();
            at += batch.sizeInBytes();
        }
        return last;
    }

    @Override
    public List<String> aborted() {
        Partition partition = partition();
        return partition.aborted(partition.startOffset(), partition.end().highWatermark()).stream()
                .map(aborted -> aborted.producerId() + " from " + aborted.firstOffset() + " to " + aborted.lastOffset())
                .toList();
    }

    @Override
    public String bounds() {
        Partition partition = partition();
        return partition.startOffset() + " to " + partition.end().lastStableOffset() + " to "
                + partition.end().highWatermark();
    }

    @Override
    public String firstAtOrAfter(long timestamp) {
        OffsetFound found = new LogOffsets(partitions, reader)
                .lookUp(
                        REQUEST,
                        IsolationLevel.READ_UNCOMMITTED,
                        List.of(new OffsetQuery(partition().name(), Partition.NO_EPOCH, timestamp)))
                .toCompletableFuture()
                .join()
                .get(0);
        return found.offset() < 0 ? LeftBatches.NONE : found.offset() + " of " + found.timestamp();
    }

    @Override
    public void close() {
        compaction.close();
        partitions.close();
    }
}
