package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.FileTree;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.port.out.LogProbe;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.record.BatchLayout;
import io.strikemq.domain.topic.TopicIdPartition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** The log against its model: any history, then any crash. */
class LogProperties {
    private static final TopicIdPartition ORDERS = new TopicIdPartition(new UUID(7, 7), "orders", 3);

    private Path directory;

    /** What happens to a log in the course of its life. */
    enum Event {
        APPEND,
        DELETE,
        CHECKPOINT,
        COMPACT,
        DIE_COMPACTING,
        LOSE_POWER_COMPACTING,
        CLOSE_AND_OPEN,
        KILL
    }

    @BeforeTry
    void makeDirectory() throws IOException {
        directory = Files.createTempDirectory("log");
    }

    @AfterTry
    void deleteDirectory() throws IOException {
        FileTree.delete(directory);
    }

    @Property(tries = 90)
    void aLogHoldsWhatWasAppendedWhateverHappensToItsProcess(
            @ForAll @Size(max = 25) List<Event> history,
            @ForAll @IntRange(min = 300, max = 5000) int segmentBytes,
            @ForAll @IntRange(max = 1000) int indexInterval,
            @ForAll long seed)
            throws IOException {
        LogSettings settings = new LogSettings(segmentBytes, indexInterval);
        LogModel model = new LogModel(seed);
        Random random = new Random(seed);
        PartitionLog log = open(directory, settings);
        for (Event event : history) {
            switch (event) {
                case APPEND -> model.append(log);
                case DELETE -> model.deleteSome(log);
                case CHECKPOINT -> log.checkpoint(ByteBuffer.allocate((int) model.endOffset()));
                case COMPACT -> model.compactSome(log, before -> {});
                case DIE_COMPACTING, LOSE_POWER_COMPACTING -> {
                    log.close();
                    model = dieCompacting(model, settings, event == Event.LOSE_POWER_COMPACTING, random);
                    log = open(directory, settings);
                    model.opened(log);
                }
                case CLOSE_AND_OPEN -> {
                    log.close();
                    log = open(directory, settings);
                    model.opened(log);
                }
                case KILL -> {
                    try (Crash crash = Crash.of(directory, ORDERS.toString())) {
                        log.close();
                        FileTree.delete(directory);
                        Files.move(crash.directory(), directory);
                    }
                    log = open(directory, settings);
                    model.opened(log);
                }
            }
        }
        model.check(log);
        log.close();
    }

    @Property(tries = 60)
    void aDeathBetweenAnyTwoStepsOfAReplacementLeavesTheOldOrTheNew(
            @ForAll @IntRange(min = 1, max = 20) int appends,
            @ForAll boolean losesPower,
            @ForAll @IntRange(min = 300, max = 2000) int segmentBytes,
            @ForAll long seed)
            throws IOException {
        LogSettings settings = new LogSettings(segmentBytes, 500);
        LogModel model = new LogModel(seed);
        Random random = new Random(seed);
        try (PartitionLog log = open(directory, settings)) {
            append(model, log, appends);
        }
        for (int death = 0; death < 3; death++) {
            model = dieCompacting(model, settings, losesPower, random);
        }
        try (PartitionLog log = open(directory, settings)) {
            model.opened(log);
            model.append(log);
            model.check(log);
        }
    }

    /** Compacts in a process that dies on the way, and so may the next one; says what there is to be found. */
    private LogModel dieCompacting(LogModel model, LogSettings settings, boolean losesPower, Random random)
            throws IOException {
        AtomicReference<LogModel> before = new AtomicReference<>(model);
        try (DyingDisk disk = new DyingDisk(losesPower)) {
            PartitionLog log = new MappedPartitionLogs(directory, disk).open(ORDERS, settings);
            model.opened(log);
            try {
                model.compactSome(log, old -> {
                    before.set(old);
                    disk.dieAfter(random.nextInt(40));
                });
            } catch (BrokerException death) {
                // Whether before or after the replacement is found out below.
            }
            log.close();
            if (losesPower) {
                disk.losePower(directory.resolve(ORDERS.toString()), random);
            }
        }
        try (DyingDisk disk = new DyingDisk(false)) {
            disk.dieAfter(random.nextInt(12));
            new MappedPartitionLogs(directory, disk).open(ORDERS, settings).close();
        } catch (BrokerException death) {
            // The next one finishes it.
        }
        try (PartitionLog log = open(directory, settings)) {
            LogModel found = before.get().isIn(log) ? before.get() : model;
            found.opened(log);
            found.check(log);
            return found;
        }
    }

    @Property(tries = 60)
    void garbageBehindTheLastAppendHarmsNothing(
            @ForAll @Size(min = 1, max = 400) byte[] garbage,
            @ForAll @IntRange(max = 12) int appends,
            @ForAll long seed)
            throws IOException {
        LogSettings settings = new LogSettings(100_000, 500);
        LogModel model = new LogModel(seed);
        try (PartitionLog log = open(directory, settings)) {
            model.append(log);
            log.checkpoint(ByteBuffer.allocate(0));
            append(model, log, appends);
            try (Crash crash = Crash.of(directory, ORDERS.toString())) {
                crash.overwriteLastSegment(bytesIn(log), garbage);
                checkTwice(model, crash, settings);
            }
        }
    }

    @Property(tries = 60)
    void whatIsLeftAfterAPowerLossIsAPrefix(
            @ForAll @IntRange(max = 12) int before, @ForAll @IntRange(min = 1, max = 12) int after, @ForAll long seed)
            throws IOException {
        LogSettings settings = new LogSettings(100_000, 500);
        LogModel model = new LogModel(seed);
        try (PartitionLog log = open(directory, settings)) {
            append(model, log, before);
            log.checkpoint(ByteBuffer.allocate(0));
            int safe = bytesIn(log);
            append(model, log, after);
            int length = safe + new Random(seed).nextInt(bytesIn(log) - safe + 1);
            try (Crash crash = Crash.of(directory, ORDERS.toString())) {
                crash.cutLastSegment(length);
                model.cutTo(length);
                checkTwice(model, crash, settings);
            }
        }
    }

    @Property(tries = 60)
    void aFlippedBitBehindTheCheckpointEndsTheLogBeforeItsBatch(
            @ForAll @IntRange(max = 12) int before, @ForAll @IntRange(min = 1, max = 12) int after, @ForAll long seed)
            throws IOException {
        LogSettings settings = new LogSettings(100_000, 500);
        LogModel model = new LogModel(seed);
        Random random = new Random(seed);
        try (PartitionLog log = open(directory, settings)) {
            append(model, log, before);
            log.checkpoint(ByteBuffer.allocate(0));
            int safe = bytesIn(log);
            append(model, log, after);
            ByteBuffer bytes = LogProbe.bytes(log, 0);
            int batch = safe;
            int next = safe + BatchLayout.sizeInBytes(bytes, safe);
            while (next < bytes.limit() && random.nextInt(4) > 0) {
                batch = next;
                next += BatchLayout.sizeInBytes(bytes, batch);
            }
            // The CRC does not cover what the broker sets: base offset and leader epoch.
            int flipped = batch + BatchLayout.MAGIC + random.nextInt(next - batch - BatchLayout.MAGIC);
            try (Crash crash = Crash.of(directory, ORDERS.toString())) {
                byte wrong = (byte) (bytes.get(flipped) ^ 1 << random.nextInt(8));
                crash.overwriteLastSegment(flipped, new byte[] {wrong});
                model.cutTo(batch);
                checkTwice(model, crash, settings);
            }
        }
    }

    /** What was recovered is whole, and the log goes on from there; a second opening finds nothing more to repair. */
    private static void checkTwice(LogModel model, Crash crash, LogSettings settings) throws IOException {
        try (PartitionLog log = open(crash.directory(), settings)) {
            model.opened(log);
            model.check(log);
            model.append(log);
        }
        try (PartitionLog log = open(crash.directory(), settings)) {
            model.opened(log);
            model.check(log);
        }
    }

    private static void append(LogModel model, PartitionLog log, int times) {
        for (int i = 0; i < times; i++) {
            model.append(log);
        }
    }

    private static int bytesIn(PartitionLog log) {
        return LogProbe.bytes(log, 0).remaining();
    }

    private static PartitionLog open(Path directory, LogSettings settings) throws IOException {
        return new MappedPartitionLogs(directory).open(ORDERS, settings);
    }
}
