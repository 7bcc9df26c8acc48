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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
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

    /** Configs without the last one, or a level without its last digit, would pass for what was meant. */
    @Test
    void aFileThatIsCutOffAnywhereIsWholeOrDamaged() throws IOException {
        ConfigResource group = new ConfigResource(ConfigResource.GROUP, "one");
        FinalizedFeatures features = new FinalizedFeatures(12, Map.of(Feature.METADATA_VERSION, (short) 30));
        Map<ConfigResource, Map<String, String>> configs = Map.of(group, Map.of("a", "100", "b", "200"));
        open().saveFeatures(features);
        open().saveConfigs(group, configs.get(group));
        assertIsWholeOrDamaged(
                data.resolve(".cluster/features"), () -> open().features().map(features::equals));
        assertIsWholeOrDamaged(
                configsFile(),
                () -> Optional.of(open().configs())
                        .filter(read -> !read.isEmpty())
                        .map(configs::equals));
    }

    /** {@code isWhole} is asked after each cut; empty when nothing was read, which has to be told and the file kept. */
    private void assertIsWholeOrDamaged(Path file, Supplier<Optional<Boolean>> isWhole) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (LoggedLines lines = new LoggedLines()) {
                Optional<Boolean> read = isWhole.get();
                String what = file + " of " + length + " bytes";
                assertTrue(read.orElse(true), what);
                assertEquals(read.isEmpty() ? 1 : 0, lines.of("ERROR").size(), what);
                assertEquals(read.isEmpty() ? 0 : 1, lines.of("WARN").size(), what);
                assertEquals(read.isEmpty(), Files.notExists(file), what);
            }
        }
        Files.delete(file);
        assertTrue(Files.exists(data.resolve(".orphaned").resolve(file.getFileName())));
    }

    @Test
    void aFileThatWasChangedIsTakenAsItIsAndThatIsTold() throws IOException {
        ConfigResource group = new ConfigResource(ConfigResource.GROUP, "one");
        open().saveConfigs(group, Map.of("a", "1"));
        Path file = configsFile();
        Files.writeString(file, Files.readString(file).replace("config.a=1", "config.a=2"));

        try (LoggedLines lines = new LoggedLines()) {
            assertEquals(Map.of(group, Map.of("a", "2")), open().configs());
            assertEquals(
                    List.of(file + " was changed since the broker wrote it: what it says now is taken."),
                    lines.of("WARN"));
        }
    }

    @Test
    void filesOfAnEarlierVersionAreReadAsTheyWereWritten() throws IOException {
        ConfigResource group = new ConfigResource(ConfigResource.GROUP, "one");
        open().saveConfigs(group, Map.of("other", "1"));
        Files.writeString(configsFile(), "#Mon Nov 30\nname=one\nconfig.a=1\ntype=32\nversion=1\n");
        Files.writeString(
                data.resolve(".cluster/features"), "#Mon Nov 30\nepoch=3\nversion=1\nfeature.metadata.version=30\n");

        try (LoggedLines lines = new LoggedLines()) {
            assertEquals(Map.of(group, Map.of("a", "1")), open().configs());
            assertEquals(
                    Optional.of(new FinalizedFeatures(3, Map.of(Feature.METADATA_VERSION, (short) 30))),
                    open().features());
            assertEquals(List.of(), lines.of("WARN"));
            assertEquals(List.of(), lines.of("ERROR"));
        }
    }

    /** Which of the two holds would be decided by the order of the directory. */
    @Test
    void aFileOfAnotherNameThanItsResourceIsNamedAndMovedAside() throws IOException {
        ConfigResource group = new ConfigResource(ConfigResource.GROUP, "one");
        open().saveConfigs(group, Map.of("a", "1"));
        Path file = configsFile();
        Path copy = Files.copy(file, data.resolve(".cluster/copy.configs"));

        try (LoggedLines lines = new LoggedLines()) {
            assertEquals(Map.of(group, Map.of("a", "1")), open().configs());
            String line = lines.of("ERROR").get(0);
            assertTrue(line.contains(copy + " is damaged: what it says belongs into " + file.getFileName()), line);
        }
        assertTrue(Files.exists(data.resolve(".orphaned/copy.configs")));
    }

    @Test
    void aLinkToNothingHasNoFeatures() throws IOException {
        Path link = Files.createDirectory(data.resolve(".cluster")).resolve("features");
        Files.createSymbolicLink(link, data.resolve("nothing"));

        try (LoggedLines lines = new LoggedLines()) {
            assertEquals(Optional.empty(), open().features());
            String line = lines.of("ERROR").get(0);
            assertTrue(line.contains("it is a link to a file that is not there"), line);
        }
    }

    private Path configsFile() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve(".cluster"))) {
            return files.filter(file -> file.toString().endsWith(".configs"))
                    .findAny()
                    .orElseThrow();
        }
    }
}
