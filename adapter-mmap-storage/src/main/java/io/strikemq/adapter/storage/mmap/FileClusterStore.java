package io.strikemq.adapter.storage.mmap;

import io.strikemq.adapter.storage.mmap.file.Aside;
import io.strikemq.adapter.storage.mmap.file.AtomicFile;
import io.strikemq.adapter.storage.mmap.file.DamagedFileException;
import io.strikemq.adapter.storage.mmap.file.StorageFailure;
import io.strikemq.domain.feature.FinalizedFeatures;
import io.strikemq.domain.port.out.ClusterStore;
import io.strikemq.domain.topic.admin.ConfigResource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory of small files in the format of {@link ClusterLayout}, there once something was altered:
 *
 * <pre>
 *  features                    the finalized features
 *  4-&lt;hash&gt;.configs       the configs of one resource: the code of its type, and what its name comes to as a UUID
 * </pre>
 *
 * <p>All is read once, when the directory is opened, and kept in memory beside the files.
 */
final class FileClusterStore implements ClusterStore {
    /** What it is called in a data directory. */
    static final String DIRECTORY = ".cluster";

    private static final Logger LOG = LoggerFactory.getLogger(FileClusterStore.class);
    private static final String CONFIGS = ".configs";

    private final Path directory;
    private final Path featuresFile;
    /** Guarded by this, as the files are. */
    private final Map<ConfigResource, Map<String, String>> configs = new HashMap<>();

    private FinalizedFeatures features;

    /** Reads the directory, if there is one; a damaged file is named and moved aside. */
    FileClusterStore(Path directory) throws IOException {
        this.directory = directory;
        this.featuresFile = directory.resolve("features");
        if (!Files.isDirectory(directory)) {
            return;
        }
        readOrMoveAside(featuresFile, "Features are at their usual levels", () -> {
            features = ClusterLayout.features(featuresFile);
        });
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + CONFIGS)) {
            for (Path file : files) {
                readOrMoveAside(file, "What was altered there is at its default", () -> {
                    ClusterLayout.Configured read = ClusterLayout.configs(file);
                    Path right = fileOf(read.resource());
                    if (!file.equals(right)) {
                        throw new DamagedFileException(file, "what it says belongs into " + right.getFileName());
                    }
                    configs.put(read.resource(), read.configs());
                });
            }
        }
    }

    /** Reads one file. */
    @FunctionalInterface
    private interface Reading {
        void run() throws IOException;
    }

    private void readOrMoveAside(Path file, String consequence, Reading reading) throws IOException {
        try {
            reading.run();
        } catch (NoSuchFileException unaltered) {
            // Nothing to be read.
        } catch (DamagedFileException damage) {
            Path kept = Aside.move(
                    file,
                    directory.resolveSibling(Aside.ORPHANED),
                    file.getFileName().toString());
            LOG.error("{}. {}; the file is kept as {}.", damage.getMessage(), consequence, kept);
        }
    }

    @Override
    public synchronized Optional<FinalizedFeatures> features() {
        return Optional.ofNullable(features);
    }

    @Override
    public synchronized void saveFeatures(FinalizedFeatures saved) {
        try {
            write(featuresFile, ClusterLayout.bytes(saved));
        } catch (IOException failure) {
            throw StorageFailure.cannot("save the finalized features", failure);
        }
        features = saved;
    }

    @Override
    public synchronized Map<ConfigResource, Map<String, String>> configs() {
        return Map.copyOf(configs);
    }

    @Override
    public synchronized void saveConfigs(ConfigResource resource, Map<String, String> saved) {
        try {
            if (saved.isEmpty()) {
                if (Files.deleteIfExists(fileOf(resource))) {
                    AtomicFile.forceDirectory(directory);
                }
                configs.remove(resource);
            } else {
                write(fileOf(resource), ClusterLayout.bytes(resource, saved));
                configs.put(resource, Map.copyOf(saved));
            }
        } catch (IOException failure) {
            throw StorageFailure.cannot("save the configs of '" + resource.name() + "'", failure);
        }
    }

    private void write(Path file, ByteBuffer bytes) throws IOException {
        Files.createDirectories(directory);
        AtomicFile.replace(file, bytes);
    }

    /** A name may be longer than a file's, and hold whatever it likes: what it comes to is neither. */
    private Path fileOf(ConfigResource resource) {
        UUID hash = UUID.nameUUIDFromBytes(resource.name().getBytes(StandardCharsets.UTF_8));
        return directory.resolve(resource.typeCode() + "-" + hash + CONFIGS);
    }
}
