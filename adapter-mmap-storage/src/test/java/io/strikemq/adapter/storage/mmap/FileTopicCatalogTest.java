package io.strikemq.adapter.storage.mmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.adapter.storage.mmap.log.LoggedLines;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.port.out.TopicCatalog;
import io.strikemq.domain.port.out.TopicCatalogContractTest;
import io.strikemq.domain.topic.Topic;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileTopicCatalogTest extends TopicCatalogContractTest {
    private static final Topic ORDERS = new Topic("orders", new UUID(1, 2), 3, (short) 1, Map.of());

    private static final String ID = "00000000-0000-0001-0000-000000000002";

    private static final Topic OTHER = new Topic("other", new UUID(3, 4), 1, (short) 1, Map.of());

    @TempDir
    Path parent;

    private Path directory;

    @BeforeEach
    void nameDirectory() {
        directory = parent.resolve(".catalog");
    }

    @Override
    protected TopicCatalog restart() {
        return new FileTopicCatalog(directory);
    }

    @ParameterizedTest
    @CsvSource({
        "'', there is no name",
        "'name=orders', there is no id",
        "'name=orders\nid=1-2-3-4-5', '\'\'1-2-3-4-5\'\' is no id'",
        "'name=orders\nid=" + ID + "\npartitions=many\nreplication.factor=1', 'For input string: \"many\"'",
        "'name=orders\nid=" + ID + "\npartitions=1\nreplication.factor=1', it should begin with version=2",
        "'name=a b\nid=1-2-3-4-5\npartitions=1\nreplication.factor=1', Topic name is invalid",
        "'\u00ff', it is not text in UTF-8"
    })
    void oneThatIsDamagedIsNamedAndKeptAndAllOthersAreThere(String content, String damage) throws IOException {
        restart().save(OTHER);
        Path file = directory.resolve("orders.topic");
        Files.writeString(file, content, StandardCharsets.ISO_8859_1);

        assertIsSetAside(file, "ERROR", damage);
    }

    @Test
    void aDirectoryIsNoTopic() throws IOException {
        restart().save(OTHER);

        assertIsSetAside(Files.createDirectory(directory.resolve("orders.topic")), "ERROR", "it is a directory");
    }

    @Test
    void aLinkToNothingAndAFileThatNoHeapCouldHoldAreNoTopics() throws IOException {
        restart().save(OTHER);
        Path link = Files.createSymbolicLink(directory.resolve("link.topic"), parent.resolve("nothing"));
        Path large = directory.resolve("large.topic");
        try (RandomAccessFile open = new RandomAccessFile(large.toFile(), "rw")) {
            open.setLength(3L << 30);
        }

        try (LoggedLines lines = new LoggedLines()) {
            assertEquals(List.of(OTHER), restart().load());
            String said = String.join("\n", lines.of("ERROR"));
            assertTrue(said.contains(link + " is damaged: it is a link to a file that is not there"), said);
            assertTrue(said.contains(large + " is damaged: it has 3221225472 bytes"), said);
        }
    }

    /** A number without its last digit, or a topic without its last config, would pass for what was meant. */
    @Test
    void oneThatIsCutOffAnywhereIsTheWholeTopicOrDamaged() throws IOException {
        Topic topic = new Topic("orders", new UUID(1, 2), 30, (short) 1, Map.of("retention.ms", "86400000"));
        restart().save(topic);
        Path file = directory.resolve("orders.topic");
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (LoggedLines lines = new LoggedLines()) {
                List<Topic> topics = restart().load();
                assertTrue(topics.isEmpty() || topics.equals(List.of(topic)), length + ": " + topics);
                assertEquals(topics.isEmpty() ? 1 : 0, lines.of("ERROR").size(), "of " + length + " bytes");
                assertEquals(topics.isEmpty() ? 0 : 1, lines.of("WARN").size(), "of " + length + " bytes");
            }
        }
    }

    @Test
    void oneThatWasChangedIsTakenAsItIsAndThatIsTold() throws IOException {
        restart().save(ORDERS);
        Path file = directory.resolve("orders.topic");
        Files.writeString(file, Files.readString(file).replace("partitions=3", "partitions=1"));

        try (LoggedLines lines = new LoggedLines()) {
            assertEquals(1, restart().load().get(0).partitionCount());
            assertEquals(
                    List.of(file + " was changed since the broker wrote it: what it says now is taken."),
                    lines.of("WARN"));
        }
    }

    @Test
    void oneOfAnEarlierVersionIsReadAsItWasWritten() throws IOException {
        restart();
        Files.writeString(
                directory.resolve("orders.topic"),
                "#Mon Nov 30\npartitions=3\nreplication.factor=1\nname=orders\nid=" + ID + "\nversion=1\n");

        try (LoggedLines lines = new LoggedLines()) {
            assertEquals(List.of(ORDERS), restart().load());
            assertEquals(List.of(), lines.of("WARN"));
        }
    }

    @Test
    void aMarkThatIsDamagedIsNamedAndKept() throws IOException {
        restart().save(OTHER);
        Path mark = Files.createFile(directory.resolve(ORDERS.id() + ".deleting"));

        assertIsSetAside(mark, "WARN", "there is no name");
        assertEquals(List.of(), new FileTopicCatalog(directory).deletions());
    }

    /** It is out of the way, kept beside the catalog, told of once, and the other topic is there. */
    private void assertIsSetAside(Path file, String level, String damage) {
        try (LoggedLines lines = new LoggedLines()) {
            assertEquals(List.of(OTHER), restart().load());
            assertEquals(1, lines.of(level).size());
            String line = lines.of(level).get(0);
            assertTrue(line.startsWith(file + " is damaged: " + damage), line);
            Path kept = parent.resolve(".orphaned").resolve(file.getFileName());
            assertTrue(line.contains("kept as " + kept), line);
            assertTrue(Files.exists(kept));
            assertFalse(Files.exists(file));
            restart();
            assertEquals(1, lines.of(level).size());
        }
    }

    /** Deleting one of them would delete the logs of both. */
    @Test
    void twoTopicsOfOneIdAreRefusedAndNeitherIsTouched() throws IOException {
        restart().save(ORDERS);
        String copy = Files.readString(directory.resolve("orders.topic")).replace("name=orders", "name=copy");
        Files.writeString(directory.resolve("copy.topic"), copy);

        BrokerException refused = assertThrows(BrokerException.class, this::restart);

        assertTrue(refused.getMessage().contains("have the same id, " + ORDERS.id()), refused.getMessage());
        assertTrue(Files.exists(directory.resolve("orders.topic")) && Files.exists(directory.resolve("copy.topic")));
    }

    @Test
    void whatAnInterruptedSaveLeavesIsNoTopic() throws IOException {
        Files.writeString(Files.createDirectories(directory).resolve("next.tmp"), "name=ord");

        assertEquals(List.of(), restart().load());
    }

    @Test
    void aFileOfAnotherNameThanItsTopicIsNamed() throws IOException {
        restart().save(ORDERS);
        Files.copy(directory.resolve("orders.topic"), directory.resolve("copy.topic"));

        try (LoggedLines lines = new LoggedLines()) {
            assertEquals(List.of(ORDERS), restart().load());
            String line = lines.of("ERROR").get(0);
            assertTrue(line.contains("copy.topic is damaged: what it says belongs into orders.topic"), line);
        }
    }

    @Test
    void aTopicWhoseFileWasLostCanBeDeletedStill() throws IOException {
        FileTopicCatalog catalog = new FileTopicCatalog(directory);
        catalog.save(ORDERS);
        Files.delete(directory.resolve("orders.topic"));

        catalog.beginDeletion(ORDERS);

        assertEquals(List.of(ORDERS), new FileTopicCatalog(directory).deletions());
        catalog.finishDeletion(ORDERS);
        assertEquals(List.of(), new FileTopicCatalog(directory).deletions());
    }
}
