package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.StorageFailure;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.log.LogVolume;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.port.out.PartitionLogs;
import io.strikemq.domain.topic.TopicIdPartition;
import io.strikemq.domain.topic.TopicPartition;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The logs in a data directory: one directory per partition, {@code <topic>-<partition>}. */
public final class MappedPartitionLogs implements PartitionLogs {
    private static final Logger LOG = LoggerFactory.getLogger(MappedPartitionLogs.class);

    private final PartitionDirectories directories;
    private final DurableDirectories durable;
    private final Disk disk;
    /** By name, since logs of topics of the same name share a directory's name, and so exclude each other. */
    private final ConcurrentHashMap<TopicPartition, OpenLog> open = new ConcurrentHashMap<>();

    /** A log that is open, and the topic that it belongs to. */
    private record OpenLog(UUID topicId, MappedPartitionLog log) {}

    /** The logs in these directories, which are nobody else's. */
    public MappedPartitionLogs(PartitionDirectories directories) {
        this(directories, Disk.REAL);
    }

    MappedPartitionLogs(Path directory) {
        this(directory, Disk.REAL);
    }

    MappedPartitionLogs(Path directory, Disk disk) {
        this(new PartitionDirectories(directory, topicId -> false), disk);
    }

    private MappedPartitionLogs(PartitionDirectories directories, Disk disk) {
        this.directories = directories;
        this.durable = new DurableDirectories(directories.root());
        this.disk = disk;
    }

    @Override
    public PartitionLog open(TopicIdPartition partition, LogSettings settings) {
        OpenLog opened = open.compute(partition.topicPartition(), (name, present) -> {
            if (present != null && present.topicId().equals(partition.topicId())) {
                throw new IllegalStateException("the log of " + name + " is open already");
            }
            if (present != null) {
                abandon(name, present);
            }
            return new OpenLog(partition.topicId(), openLog(partition, settings));
        });
        return opened.log();
    }

    @Override
    public void delete(TopicIdPartition partition) {
        open.compute(partition.topicPartition(), (name, present) -> {
            boolean isOpen = present != null && present.topicId().equals(partition.topicId());
            if (isOpen) {
                abandon(name, present);
            }
            deleteFiles(partition);
            return isOpen ? null : present;
        });
    }

    @Override
    public LogVolume volume() {
        Path directory = directories.root();
        try {
            FileStore store = Files.getFileStore(directory);
            return new LogVolume(directory.toString(), store.getTotalSpace(), store.getUsableSpace());
        } catch (IOException unknown) {
            return new LogVolume(directory.toString(), -1, -1);
        }
    }

    private MappedPartitionLog openLog(TopicIdPartition partition, LogSettings settings) {
        SegmentSettings segmentSettings =
                new SegmentSettings(settings.segmentBytes(), settings.indexIntervalBytes(), disk);
        TopicPartition name = partition.topicPartition();
        try {
            return new MappedPartitionLog(
                    new LogFiles(directories.claim(partition)),
                    segmentSettings,
                    durable,
                    closed -> open.remove(name, new OpenLog(partition.topicId(), closed)));
        } catch (IOException failure) {
            throw StorageFailure.cannot("open the log of " + partition, failure);
        }
    }

    /** Files that do not close keep nothing from being deleted. */
    private static void abandon(TopicPartition name, OpenLog open) {
        try {
            open.log().abandon();
        } catch (BrokerException failure) {
            LOG.warn("The deleted log of {} did not close: {}", name, failure.getMessage());
        }
    }

    private void deleteFiles(TopicIdPartition partition) {
        try {
            directories.discard(partition).ifPresent(directories::unlink);
        } catch (IOException failure) {
            throw StorageFailure.cannot("delete the log of " + partition, failure);
        }
    }
}
