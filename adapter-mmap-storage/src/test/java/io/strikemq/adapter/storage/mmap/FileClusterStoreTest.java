package io.strikemq.adapter.storage.mmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.adapter.storage.mmap.log.LoggedLines;
import io.strikemq.domain.feature.Feature;
import io.strikemq.domain.feature.FinalizedFeatures;
import io.strikemq.domain.port.out.ClusterStore;
import io.strikemq.domain.port.out.ClusterStoreContractTest;
import io.strikemq.domain.topic.admin.ConfigResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileClusterStoreTest extends ClusterStoreContractTest {
    @TempDir
    Path data;

    @Override
    protected ClusterStore newStore() {
        return open();
    }

    @Override
    protected ClusterStore afterRestart(ClusterStore store) {
        return open();
    }

    private ClusterStore open() {
        try {
            return new FileClusterStore(data.resolve(FileClusterStore.DIRECTORY));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void levelsThatNobodyServesAreNamedAndMovedAside() throws IOException {
        open().saveFeatures(new FinalizedFeatures(1, Map.of(Feature.METADATA_VERSION, (short) 30)));
        Path file = data.resolve(".cluster/features");
        Files.writeString(file, Files.readString(file).replace("=30", "=99"));

        try (LoggedLines lines = new LoggedLines()) {
            assertEquals(Optional.empty(), open().features());
            assertTrue(lines.of("ERROR").get(0).contains("metadata.version is 99, which is not supported"));
        }
        assertTrue(Files.exists(data.resolve(".orphaned/features")));
    }

    @Test
    void aDamagedFileOfConfigsCostsNoOther() throws IOException {
        ConfigResource one = new ConfigResource(ConfigResource.GROUP, "one");
        open().saveConfigs(one, Map.of("a", "1"));
        Files.writeString(data.resolve(".cluster/32-damaged.configs"), "type=32\n");

        try (LoggedLines lines = new LoggedLines()) {
            assertEquals(Map.of(one, Map.of("a", "1")), open().configs());
            assertTrue(lines.of("ERROR").get(0).contains("there is no name"));
        }
    }
}
