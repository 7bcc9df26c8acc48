package io.strikemq.parity.compaction;

import io.strikemq.parity.compaction.GeneratedLog.Settings;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestException;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.record.internal.FileRecords.TimestampAndOffset;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.storage.internals.log.Cleaner;
import org.apache.kafka.storage.internals.log.LogCleanerManager;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import org.apache.kafka.storage.internals.log.LogSegment;
import org.apache.kafka.storage.internals.log.LogStartOffsetIncrementReason;
import org.apache.kafka.storage.internals.log.LogToClean;
import org.apache.kafka.storage.internals.log.PreCleanStats;
import org.apache.kafka.storage.internals.log.ProducerStateManagerConfig;
import org.apache.kafka.storage.internals.log.SkimpyOffsetMap;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.apache.kafka.storage.internals.utils.Throttler;
import org.apache.kafka.storage.log.metrics.BrokerTopicStats;

/** A log of Apache Kafka's in a directory, and its own cleaner, without a broker around them. */
final class KafkaLog implements ComparedLog {
    private static final int LEADER_EPOCH = 0;
    private static final int BUFFER_BYTES = 128;
    private static final int LARGEST_BUFFER_BYTES = 1 << 20;
    private static final int BYTES_OF_A_SLOT = 24;
    private static final int TRANSACTION_TIMEOUT_MILLIS = 900_000;
    private static final int EXPIRATION_CHECK_MILLIS = 600_000;
    private static final int MANY = 10_000;
    private static final TopicPartition NAME = new TopicPartition("compared", 0);

    private final HandTurnedTime time;
    private final ImmediateScheduler scheduler = new ImmediateScheduler();
    private final BrokerTopicStats stats = new BrokerTopicStats();
    private final UnifiedLog log;
    private final LogCleanerManager manager;
    private final Cleaner cleaner;

    KafkaLog(Path directory, Settings settings, long nowMillis) {
        time = new HandTurnedTime(nowMillis);
        LogDirFailureChannel failures = new LogDirFailureChannel(1);
        try {
            Path folder = Files.createDirectories(directory.resolve(NAME.toString()));
            log = UnifiedLog.create(
                    folder.toFile(),
                    new LogConfig(settings.configs()),
                    0,
                    0,
                    scheduler,
                    stats,
                    time,
                    TRANSACTION_TIMEOUT_MILLIS,
                    new ProducerStateManagerConfig(Math.toIntExact(GeneratedLog.PRODUCER_EXPIRATION_MILLIS), false),
                    EXPIRATION_CHECK_MILLIS,
                    failures,
                    true,
                    Optional.of(Uuid.randomUuid()));
            cleaner = cleaner(settings.mapSlots());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        ConcurrentMap<TopicPartition, UnifiedLog> logs = new ConcurrentHashMap<>();
        logs.put(NAME, log);
        manager = new LogCleanerManager(List.of(directory.toFile()), logs, failures);
    }

    private Cleaner cleaner(int mapSlots) throws NoSuchAlgorithmException {
        return new Cleaner(
                0,
                new SkimpyOffsetMap(mapSlots * BYTES_OF_A_SLOT),
                BUFFER_BYTES,
                LARGEST_BUFFER_BYTES,
                GeneratedLog.MAP_LOAD_FACTOR,
                new Throttler(Double.MAX_VALUE, 300, "cleaner-io", "bytes", time),
                time,
                partition -> {});
    }

    @Override
    public void append(GeneratedBatch batch) {
        log.appendAsFollower(MemoryRecords.readableRecords(batch.bytes().duplicate()), LEADER_EPOCH);
        attempt(() -> log.updateHighWatermark(log.logEndOffset()));
        // What holds no timestamp is as old as its file.
        attempt(() -> {
            log.activeSegment().setLastModified(time.milliseconds());
            return null;
        });
    }

    /** Nothing that would show: what is on its disk is what it knows. */
    @Override
    public void restart() {}

    @Override
    public void turnTo(long millis) {
        time.turnTo(millis);
        scheduler.runPeriodic();
    }

    @Override
    public OptionalLong compactIfDue() {
        OptionalLong clean = OptionalLong.empty();
        for (int pass = 0; pass < MANY; pass++) {
            Optional<LogToClean> due = manager.grabFilthiestCompactedLog(time, new PreCleanStats());
            if (due.isEmpty()) {
                return clean;
            }
            long end = attempt(() -> cleaner.clean(due.get()).getKey());
            manager.doneCleaning(NAME, directory(), end);
            clean = OptionalLong.of(end);
        }
        throw new AssertionError("Kafka cleans for ever");
    }

    private File directory() {
        return log.parentDirFile();
    }

    @Override
    public void deleteBefore(long offset) {
        attempt(() -> log.maybeIncrementLogStartOffset(offset, LogStartOffsetIncrementReason.ClientRecordDeletion));
        attempt(log::deleteOldSegments);
    }

    @Override
    public List<Long> segments() {
        return log.logSegments().stream()
                .map(LogSegment::baseOffset)
                .filter(base -> base < log.logEndOffset())
                .toList();
    }

    @Override
    public ByteBuffer bytes() {
        ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(log.size()));
        for (LogSegment segment : log.logSegments()) {
            ByteBuffer one = ByteBuffer.allocate(segment.size());
            attempt(() -> {
                segment.log().readInto(one, 0);
                return null;
            });
            all.put(one);
        }
        return fromStart(all.flip());
    }

    /** Of a segment that holds the log's start the batches before it are there still, but nobody can read them. */
    private ByteBuffer fromStart(ByteBuffer all) {
        int before = 0;
        for (MutableRecordBatch batch : MemoryRecords.readableRecords(all).batches()) {
            if (batch.lastOffset() >= log.logStartOffset()) {
                break;
            }
            before += batch.sizeInBytes();
        }
        return all.position(before).slice();
    }

    @Override
    public List<String> aborted() {
        return log.collectAbortedTransactions(log.logStartOffset(), log.logEndOffset()).stream()
                .map(aborted -> aborted.producerId() + " from " + aborted.firstOffset() + " to " + aborted.lastOffset())
                .distinct()
                .toList();
    }

    @Override
    public String bounds() {
        return log.logStartOffset() + " to " + log.lastStableOffset() + " to " + log.logEndOffset();
    }

    @Override
    public String firstAtOrAfter(long timestamp) {
        Optional<TimestampAndOffset> found =
                log.fetchOffsetByTimestamp(timestamp, Optional.empty()).timestampAndOffsetOpt();
        return found.map(at -> at.offset + " of " + at.timestamp).orElse(LeftBatches.NONE);
    }

    @Override
    public void close() {
        log.close();
        stats.close();
    }

    private interface Attempt<T> {
        T run() throws IOException, DigestException;
    }

    private static <T> T attempt(Attempt<T> attempt) {
        try {
            return attempt.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (DigestException e) {
            throw new IllegalStateException(e);
        }
    }
}
