package io.strikemq.adapter.storage.mmap;

import io.strikemq.adapter.storage.mmap.file.Aside;
import io.strikemq.adapter.storage.mmap.file.StorageFailure;
import io.strikemq.adapter.storage.mmap.log.MappedPartitionLogs;
import io.strikemq.adapter.storage.mmap.log.PartitionDirectories;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.out.BrokerStore;
import io.strikemq.domain.port.out.Identifiers;
import io.strikemq.domain.port.out.StorageStates;
import io.strikemq.domain.port.out.StoredState;
import io.strikemq.domain.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory with all that a broker keeps, locked against other brokers while this object is open:
 *
 * <pre>
 *  orders-0/            a partition's log
 *  .catalog/            a file per topic, see {@link FileTopicCatalog}
 *  .cluster/            what was altered for the cluster, see {@link FileClusterStore}
 *  meta.properties      the cluster's id and the directory's format
 *  .producer-ids        the next producer id
 *  .deleted/            logs that are being deleted
 *  .staging/, .next/, .filling/   what is to take the place of all topics, see {@link StateSwitch}
 *  .orphaned/           logs that belong to no topic, and small files that are damaged
 *  .snapshots/          see {@link SnapshotDirectory}
 *  .lock, .owner        see {@link DirectoryLock}
 * </pre>
 *
 * <p>Opening it finishes what an earlier process left half-done: each topic is whole or wholly gone then, and whatever
 * log belongs to none is named and moved aside.
 */
public final class DataDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);
    private static final int NAMED_ORPHANS = 20;

    private final DirectoryLock lock;
    private final DirectoryStates states;
    private final FileBrokerStore store;

    private DataDirectory(
            Path directory, DirectoryFormat format, Identifiers identifiers, Executor background, DirectoryLock lock)
            throws IOException {
        this.lock = lock;
        this.store = new FileBrokerStore(directory, identifiers);
        new StateSwitch(directory).finish();
        new SnapshotDirectory(directory).tidy();
        FileClusterStore clusterStore = new FileClusterStore(directory.resolve(FileClusterStore.DIRECTORY));
        FileTopicCatalog catalog = new FileTopicCatalog(directory.resolve(FileTopicCatalog.DIRECTORY));
        PartitionDirectories partitions = new PartitionDirectories(directory, catalog::isBeingDeleted, background);
        Map<String, Topic> topics = catalog.load().stream().collect(Collectors.toMap(Topic::name, topic -> topic));
        if (format == DirectoryFormat.WITHOUT_OWNERS) {
            for (Topic topic : topics.values()) {
                partitions.adopt(topic);
            }
            store.becomeCurrentFormat();
        }
        for (Topic deleted : catalog.deletions()) {
            partitions.finishDeletion(deleted, !topics.containsKey(deleted.name()));
            catalog.finishDeletion(deleted);
        }
        partitions.unlinkDiscarded();
        nameOrphans(
                directory,
                partitions.moveOrphansAside(partition -> topics.containsKey(partition.topic())
                        && partition.partition() < topics.get(partition.topic()).partitionCount()));
        MappedPartitionLogs logs = new MappedPartitionLogs(partitions);
        this.states = new DirectoryStates(directory, logs, new StoredState(logs, catalog, clusterStore), background);
    }

    private static void nameOrphans(Path directory, List<String> orphans) {
        if (!orphans.isEmpty()) {
            int unnamed = orphans.size() - NAMED_ORPHANS;
            LOG.warn(
                    "Logs that belong to no topic in {}: {}{}. They are kept in {}.",
                    directory.resolve(FileTopicCatalog.DIRECTORY),
                    String.join(", ", orphans.subList(0, Math.min(orphans.size(), NAMED_ORPHANS))),
                    unnamed > 0 ? " and " + unnamed + " more" : "",
                    directory.resolve(Aside.ORPHANED));
        }
    }

    /**
     * Opens the directory, made when there is none; {@code identifiers} is asked for a cluster id the first time.
     *
     * @param background frees the space of what is deleted; closed before the directory is
     * @param onceLocked runs as soon as the directory is ours and before anything in it is read
     * @throws BrokerException with {@code KAFKA_STORAGE_ERROR} and a sentence for the user when it is in use, cannot be
     *         written, is no directory, or has the files of Apache Kafka or of another version of this broker
     */
    public static DataDirectory open(Path path, Identifiers identifiers, Executor background, Runnable onceLocked) {
        Path directory = path.toAbsolutePath().normalize();
        refuseUnlessUsable(directory);
        try {
            DirectoryFormat format = DirectoryFormat.of(directory);
            DirectoryLock lock = DirectoryLock.acquire(directory);
            try {
                onceLocked.run();
                return new DataDirectory(directory, format, identifiers, background, lock);
            } catch (IOException | RuntimeException failure) {
                lock.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw StorageFailure.cannot("open the data directory " + directory, failure);
        }
    }

    /** What it has of topics, and may have in its place. */
    public StorageStates states() {
        return states;
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
