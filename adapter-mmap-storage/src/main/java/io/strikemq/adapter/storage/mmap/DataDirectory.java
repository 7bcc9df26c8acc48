package io.strikemq.adapter.storage.mmap;

import io.strikemq.adapter.storage.mmap.file.StorageFailure;
import io.strikemq.adapter.storage.mmap.log.MappedPartitionLogs;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.out.BrokerStore;
import io.strikemq.domain.port.out.Identifiers;
import io.strikemq.domain.port.out.PartitionLogs;
import io.strikemq.domain.port.out.TopicCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A directory with all that a broker keeps, locked against other brokers while this object is open:
 *
 * <pre>
 *  orders-0/            a partition's log
 *  .catalog/            a file per topic
 *  meta.properties      the cluster's id
 *  .producer-ids        the next producer id
 *  .deleted/            logs that are being deleted
 *  .lock, .owner        see {@link DirectoryLock}
 * </pre>
 */
public final class DataDirectory implements AutoCloseable {
    private final DirectoryLock lock;
    private final MappedPartitionLogs logs;
    private final FileTopicCatalog catalog;
    private final FileBrokerStore store;

    private DataDirectory(Path directory, Identifiers identifiers, DirectoryLock lock) throws IOException {
        this.lock = lock;
        this.logs = new MappedPartitionLogs(directory);
        this.catalog = new FileTopicCatalog(directory.resolve(".catalog"));
        this.store = new FileBrokerStore(directory, identifiers);
    }

    /**
     * Opens the directory, made when there is none; {@code identifiers} is asked for a cluster id the first time.
     *
     * @throws BrokerException with {@code KAFKA_STORAGE_ERROR} and a sentence for the user when it is in use, cannot be
     *         written, or is no directory
     */
    public static DataDirectory open(Path path, Identifiers identifiers) {
        Path directory = path.toAbsolutePath().normalize();
        refuseUnlessUsable(directory);
        try {
            DirectoryLock lock = DirectoryLock.acquire(directory);
            try {
                return new DataDirectory(directory, identifiers, lock);
            } catch (IOException | RuntimeException failure) {
                lock.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw StorageFailure.cannot("open the data directory " + directory, failure);
        }
    }

    /** The logs of all partitions. */
    public PartitionLogs logs() {
        return logs;
    }

    /** What topics there are. */
    public TopicCatalog catalog() {
        return catalog;
    }

    /** The facts about the cluster. */
    public BrokerStore store() {
        return store;
    }

    /** Lets other brokers in. Whoever opened logs has closed them before. Idempotent. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException failure) {
            throw StorageFailure.cannot("unlock the data directory", failure);
        }
    }

    private static void refuseUnlessUsable(Path directory) {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw unusable(directory, "is not a directory", null);
        }
        try {
            Files.createDirectories(directory);
        } catch (IOException failure) {
            throw unusable(directory, "cannot be created", failure);
        }
        if (!Files.isWritable(directory)) {
            throw unusable(directory, "cannot be written to", null);
        }
    }

    private static BrokerException unusable(Path directory, String why, IOException cause) {
        return new BrokerException(
                ErrorCode.KAFKA_STORAGE_ERROR,
                "the data directory " + directory + " " + why
                        + ": set log_dir to a directory that this user may write to",
                cause);
    }
}
