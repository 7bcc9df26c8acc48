package io.strikemq.adapter.storage.mmap;

import io.strikemq.adapter.storage.mmap.file.AtomicFile;
import io.strikemq.adapter.storage.mmap.file.CopiedFiles;
import io.strikemq.adapter.storage.mmap.file.DamagedFileException;
import io.strikemq.adapter.storage.mmap.file.FileTree;
import io.strikemq.adapter.storage.mmap.file.SealedProperties;
import io.strikemq.adapter.storage.mmap.log.LogCopy;
import io.strikemq.adapter.storage.mmap.log.MappedPartitionLogs;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.snapshot.Snapshot;
import io.strikemq.domain.snapshot.StateCut;
import io.strikemq.domain.topic.TopicIdPartition;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshots in a data directory:
 *
 * <pre>
 *  .snapshots/
 *    seeded/            one of that name
 *      manifest         when it was taken, and each file's size and CRC-32C; see {@link SealedProperties}
 *      state/           what a data directory has of topics: logs, .catalog, .cluster
 *    .new/              one that is being taken; of no worth after a crash
 *    .old-seeded/       one that is being replaced, until the new one has its name
 * </pre>
 *
 * <p>Segments to which nothing is appended any more are links to those of the logs.
 */
final class SnapshotDirectory {
    /** What it is called in a data directory. */
    static final String DIRECTORY = ".snapshots";

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotDirectory.class);
    private static final String MANIFEST = "manifest";
    private static final String STATE = "state";
    private static final String NEW = ".new";
    private static final String OLD = ".old-";
    private static final String FILE = "file.";

    private final Path directory;

    SnapshotDirectory(Path root) {
        this.directory = root.resolve(DIRECTORY);
    }

    /** Finishes or drops what an earlier process was at. */
    void tidy() throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        FileTree.delete(directory.resolve(NEW));
        try (DirectoryStream<Path> replaced = Files.newDirectoryStream(directory, OLD + "*")) {
            for (Path old : replaced) {
                Path name = directory.resolve(old.getFileName().toString().substring(OLD.length()));
                if (Files.exists(name)) {
                    FileTree.delete(old);
                } else {
                    Files.move(old, name, StandardCopyOption.ATOMIC_MOVE);
                }
            }
        }
    }

    /** All that can be read, by name; others are named in the log. */
    List<Snapshot> list() throws IOException {
        List<Snapshot> found = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> snapshots = Files.newDirectoryStream(directory, "[!.]*")) {
                for (Path each : snapshots) {
                    try {
                        found.add(read(each).snapshot());
                    } catch (IOException damaged) {
                        LOG.warn("The snapshot {} cannot be read: {}", each.getFileName(), damaged.getMessage());
                        found.add(new Snapshot(each.getFileName().toString(), Instant.EPOCH, 0, 0));
                    }
                }
            }
        }
        found.sort(Comparator.comparing(Snapshot::name));
        return found;
    }

    private record Manifest(Snapshot snapshot, Map<String, String> files) {}

    private static Manifest read(Path snapshot) throws IOException {
        return SealedProperties.read(
                snapshot.resolve(MANIFEST),
                properties -> new Manifest(
                        new Snapshot(
                                snapshot.getFileName().toString(),
                                Instant.ofEpochMilli(Long.parseLong(properties.required("taken"))),
                                Integer.parseInt(properties.required("topics")),
                                Long.parseLong(properties.required("size"))),
                        properties.all(FILE)));
    }

    Snapshot save(String name, StateCut cut, MappedPartitionLogs logs) throws IOException {
        Path draft = directory.resolve(NEW);
        FileTree.delete(draft);
        try {
            Snapshot snapshot = write(draft, name, cut, logs);
            publish(draft, name);
            return snapshot;
        } catch (IOException | RuntimeException failure) {
            FileTree.delete(draft);
            throw failure;
        }
    }

    private static Snapshot write(Path draft, String name, StateCut cut, MappedPartitionLogs logs) throws IOException {
        Path state = Files.createDirectories(draft.resolve(STATE));
        CopiedFiles copied = new CopiedFiles(state);
        for (Map.Entry<TopicIdPartition, Long> end : cut.ends().entrySet()) {
            Path log = Files.createDirectory(state.resolve(end.getKey().toString()));
            logs.copy(end.getKey(), end.getValue(), new LogCopy(log, copied));
            AtomicFile.forceDirectory(log);
        }
        FileTopicCatalog catalog = new FileTopicCatalog(state.resolve(FileTopicCatalog.DIRECTORY));
        cut.topics().forEach(catalog::save);
        FileClusterStore cluster = new FileClusterStore(state.resolve(FileClusterStore.DIRECTORY));
        cut.features().ifPresent(cluster::saveFeatures);
        cut.configs().forEach(cluster::saveConfigs);
        for (String small : List.of(FileTopicCatalog.DIRECTORY, FileClusterStore.DIRECTORY)) {
            if (Files.isDirectory(state.resolve(small))) {
                try (Stream<Path> files = Files.list(state.resolve(small))) {
                    for (Path file : files.toList()) {
                        copied.written(file);
                    }
                }
            }
        }
        AtomicFile.forceDirectory(state);
        Snapshot snapshot = new Snapshot(name, cut.takenAt(), cut.topics().size(), copied.sizeInBytes());
        AtomicFile.replace(
                draft.resolve(MANIFEST),
                new SealedProperties()
                        .with("taken", cut.takenAt().toEpochMilli())
                        .with("topics", snapshot.topics())
                        .with("size", snapshot.sizeInBytes())
                        .withAll(FILE, copied.signatures())
                        .bytes());
        return snapshot;
    }

    private void publish(Path draft, String name) throws IOException {
        Path target = directory.resolve(name);
        Path old = directory.resolve(OLD + name);
        FileTree.delete(old);
        if (Files.exists(target)) {
            Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        AtomicFile.forceDirectory(directory);
        FileTree.delete(old);
    }

    boolean delete(String name) throws IOException {
        Path target = directory.resolve(name);
        if (!Files.exists(target)) {
            return false;
        }
        FileTree.delete(directory.resolve(NEW));
        Files.move(target, directory.resolve(NEW), StandardCopyOption.ATOMIC_MOVE);
        AtomicFile.forceDirectory(directory);
        FileTree.delete(directory.resolve(NEW));
        return true;
    }

    boolean has(String name) {
        return Files.exists(directory.resolve(name));
    }

    /** Writes what a snapshot has into an empty directory; one that is damaged is refused. */
    void copyTo(Path stage, String name) throws IOException {
        Path snapshot = directory.resolve(name);
        try {
            CopiedFiles copied = new CopiedFiles(stage);
            Files.createDirectories(stage.resolve(FileTopicCatalog.DIRECTORY));
            for (Map.Entry<String, String> file : read(snapshot).files().entrySet()) {
                copied.copyAsKnown(
                        snapshot.resolve(STATE).resolve(file.getKey()), stage.resolve(file.getKey()), file.getValue());
            }
            try (DirectoryStream<Path> directories = Files.newDirectoryStream(stage)) {
                for (Path each : directories) {
                    AtomicFile.forceDirectory(each);
                }
            }
        } catch (DamagedFileException damage) {
            throw new BrokerException(
                    ErrorCode.KAFKA_STORAGE_ERROR,
                    "the snapshot '" + name + "' is damaged, and is not restored: " + damage.getMessage(),
                    damage);
        }
    }
}
