package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.StorageFailure;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.log.LogVolume;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.port.out.PartitionLogs;
import io.strikemq.domain.port.out.StorageStates.OutdatedCutException;
import io.strikemq.domain.thread.NonBlockingThread;
import io.strikemq.domain.topic.TopicIdPartition;
import io.strikemq.domain.topic.TopicPartition;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The logs in a data directory: one directory per partition, {@code <topic>-<partition>}. */
public final class MappedPartitionLogs implements PartitionLogs {
    private static final Logger LOG = LoggerFactory.getLogger(MappedPartitionLogs.class);

    private final PartitionDirectories directories;
    private final DurableDirectories durable;
    private final Disk disk;
    /** By name, since logs of topics of the same name share a directory's name, and so exclude each other. */
    private final ConcurrentHashMap<TopicPartition, Slot> slots = new ConcurrentHashMap<>();

    /** The log of that name that is open, and the topic that it belongs to. Guarded by itself, for as long as it takes. */
    private static final class Slot {
        private UUID topicId;
        private MappedPartitionLog log;

        /** The open log of that topic; null if there is none. */
        synchronized MappedPartitionLog logOf(UUID topic) {
            return topic.equals(topicId) ? log : null;
        }
    }

    /** The logs in these directories, which are nobody else's. */
    public MappedPartitionLogs(PartitionDirectories directories) {
        this(directories, Disk.REAL);
    }

    MappedPartitionLogs(Path directory) {
        this(directory, Disk.REAL);
    }

    MappedPartitionLogs(Path directory, Disk disk) {
        this(new PartitionDirectories(directory, topicId -> false, Runnable::run), disk);
    }

    private MappedPartitionLogs(PartitionDirectories directories, Disk disk) {
        this.directories = directories;
        this.durable = new DurableDirectories(directories.root());
        this.disk = disk;
    }

    @Override
    public PartitionLog open(TopicIdPartition partition, LogSettings settings) {
        assert NonBlockingThread.mayWait() : "a log is opened on a thread that must not wait";
        TopicPartition name = partition.topicPartition();
        return withSlot(name, slot -> {
            if (slot.log != null && slot.topicId.equals(partition.topicId())) {
                throw new IllegalStateException("the log of " + name + " is open already");
            }
            if (slot.log != null) {
                abandon(slot);
            }
            slot.log = openLog(partition, settings);
            slot.topicId = partition.topicId();
            return slot.log;
        });
    }

    @Override
    public void delete(TopicIdPartition partition) {
        assert NonBlockingThread.mayWait() : "a log is deleted on a thread that must not wait";
        withSlot(partition.topicPartition(), slot -> {
            if (slot.log != null && slot.topicId.equals(partition.topicId())) {
                abandon(slot);
            }
            deleteFiles(partition);
            return null;
        });
    }

    @Override
    public boolean contains(TopicIdPartition partition) {
        assert NonBlockingThread.mayWait() : "a log is looked for on a thread that must not wait";
        return directories.has(partition.topicPartition());
    }

    /**
     * Writes what a log that is open has before an offset into a directory of a partition's name; see
     * {@link MappedPartitionLog#copyTo}.
     */
    public void copy(TopicIdPartition partition, long limitOffset, LogCopy copy) throws IOException {
        Slot slot = slots.get(partition.topicPartition());
        MappedPartitionLog log = slot == null ? null : slot.logOf(partition.topicId());
        if (log == null) {
            throw new OutdatedCutException(partition + " is gone");
        }
        copy.own(partition.topicId());
        log.copyTo(copy, limitOffset);
    }

    private void closed(TopicPartition name, MappedPartitionLog log) {
        withSlot(name, slot -> {
            if (slot.log == log) {
                slot.log = null;
            }
            return null;
        });
    }

    /** Does something that nothing else is done beside to logs of this name; there are no slots without an open log. */
    private <T> T withSlot(TopicPartition name, Function<Slot, T> action) {
        while (true) {
            Slot slot = slots.computeIfAbsent(name, any -> new Slot());
            synchronized (slot) {
                if (slots.get(name) != slot) {
                    continue;
                }
                try {
                    return action.apply(slot);
                } finally {
                    if (slot.log == null) {
                        slots.remove(name, slot);
                    }
                }
            }
        }
    }

    @Override
    public LogVolume volume() {
        assert NonBlockingThread.mayWait() : "the disk is looked at on a thread that must not wait";
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
                    closed -> closed(name, closed));
        } catch (IOException failure) {
            throw StorageFailure.cannot("open the log of " + partition, failure);
        }
    }

    /** Files that do not close keep nothing from being deleted. */
    private static void abandon(Slot slot) {
        try {
            slot.log.abandon();
        } catch (BrokerException failure) {
            LOG.warn("A deleted log of topic {} did not close: {}", slot.topicId, failure.getMessage());
        }
        slot.log = null;
    }

    private void deleteFiles(TopicIdPartition partition) {
        try {
            directories.discard(partition).ifPresent(directories::unlink);
        } catch (IOException failure) {
            throw StorageFailure.cannot("delete the log of " + partition, failure);
        }
    }
}
