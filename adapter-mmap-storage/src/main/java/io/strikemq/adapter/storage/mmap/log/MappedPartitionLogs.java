package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.FileTree;
import io.strikemq.adapter.storage.mmap.file.StorageFailure;
import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.log.LogVolume;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.port.out.PartitionLogs;
import io.strikemq.domain.topic.TopicPartition;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The logs in a data directory: one directory per partition, {@code <topic>-<partition>}. */
public final class MappedPartitionLogs implements PartitionLogs {
    /** Where a log is moved to be deleted, so that a crash never leaves half of it under its name. */
    private static final String DELETED = ".deleted";

    private final Path directory;
    private final Disk disk;
    private final ConcurrentHashMap<TopicPartition, MappedPartitionLog> open = new ConcurrentHashMap<>();
    private final LogDirectories directories;
    private final AtomicLong deletions = new AtomicLong();

    /** The logs in {@code directory}, which is there and is nobody else's; finishes interrupted deletions. */
    public MappedPartitionLogs(Path directory) throws IOException {
        this(directory, Disk.REAL);
    }

    MappedPartitionLogs(Path directory, Disk disk) throws IOException {
        this.directory = directory;
        this.disk = disk;
        this.directories = new LogDirectories(directory);
        FileTree.delete(directory.resolve(DELETED));
    }

    @Override
    public PartitionLog open(TopicPartition partition, LogSettings settings) {
        return open.compute(partition, (key, present) -> {
            if (present != null) {
                throw new IllegalStateException("the log of " + key + " is open already");
            }
            return openLog(key, settings);
        });
    }

    @Override
    public void delete(TopicPartition partition) {
        open.compute(partition, (key, present) -> {
            if (present != null) {
                present.abandon();
            }
            deleteFiles(key);
            return null;
        });
    }

    @Override
    public LogVolume volume() {
        try {
            FileStore store = Files.getFileStore(directory);
            return new LogVolume(directory.toString(), store.getTotalSpace(), store.getUsableSpace());
        } catch (IOException unknown) {
            return new LogVolume(directory.toString(), -1, -1);
        }
    }

    private MappedPartitionLog openLog(TopicPartition partition, LogSettings settings) {
        SegmentSettings segmentSettings =
                new SegmentSettings(settings.segmentBytes(), settings.indexIntervalBytes(), disk);
        try {
            return new MappedPartitionLog(
                    new LogFiles(directoryOf(partition)),
                    segmentSettings,
                    directories,
                    closed -> open.remove(partition, closed));
        } catch (IOException failure) {
            throw StorageFailure.cannot("open the log of " + partition, failure);
        }
    }

    private void deleteFiles(TopicPartition partition) {
        Path source = directoryOf(partition);
        if (!Files.exists(source)) {
            return;
        }
        try {
            Path target = directory.resolve(DELETED).resolve(Long.toString(deletions.incrementAndGet()));
            Files.createDirectories(target.getParent());
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
            FileTree.delete(target);
        } catch (IOException failure) {
            throw StorageFailure.cannot("delete the log of " + partition, failure);
        }
    }

    private Path directoryOf(TopicPartition partition) {
        return directory.resolve(partition.toString());
    }
}
