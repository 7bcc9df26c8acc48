package io.strikemq.adapter.storage.mmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.adapter.storage.mmap.log.LoggedLines;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.port.out.FixedIdentifiers;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.record.TestBatches;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicIdPartition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    private static final Topic ORDERS = new Topic("orders", new UUID(1, 1), 2, (short) 1, Map.of());
    private static final Topic SUCCESSOR = new Topic("orders", new UUID(2, 2), 2, (short) 1, Map.of());
    private static final Topic OTHER = new Topic("other", new UUID(3, 3), 1, (short) 1, Map.of());

    @TempDir
    Path parent;

    @Test
    void allIsThereAgainAfterARestart() {
        Topic topic = new Topic("orders", UUID.randomUUID(), 1, (short) 1, Map.of());
        String clusterId;
        try (DataDirectory first = open("data")) {
            clusterId = first.store().clusterId();
            first.states().current().catalog().save(topic);
            try (PartitionLog log = first.states()
                    .current()
                    .logs()
                    .open(new TopicIdPartition(topic.id(), "orders", 0), LogSettings.DEFAULT)) {
                log.append(TestBatches.batch(0));
            }
        }

        try (DataDirectory second = open("data")) {
            assertEquals(clusterId, second.store().clusterId());
            assertEquals(List.of(topic), second.states().current().catalog().load());
            try (PartitionLog log = second.states()
                    .current()
                    .logs()
                    .open(new TopicIdPartition(topic.id(), "orders", 0), LogSettings.DEFAULT)) {
                assertEquals(1, log.endOffset());
            }
        }
    }

    @Test
    void aSecondBrokerOfThisProcessIsToldThatTheDirectoryIsInUse() throws Exception {
        try (DataDirectory first = open("data")) {
            assertEquals(
                    "the data directory " + parent.resolve("data") + " is in use by another broker in this process: "
                            + "stop that broker, or give this one a log_dir of its own",
                    refusalOf("data"));
            // The refusal did not take the first one's lock away.
            String owner =
                    "in use by another process, id " + ProcessHandle.current().pid();
            assertTrue(openInAnotherProcess().contains(owner));
            assertEquals(22, first.store().clusterId().length());
        }
        assertEquals("opened", openInAnotherProcess());
        open("data").close();
    }

    @Test
    void whatADeadProcessLeftDoesNotKeepAnybodyOut() throws IOException {
        Files.createDirectories(parent.resolve("data"));
        Files.writeString(parent.resolve("data/.lock"), "");
        Files.writeString(parent.resolve("data/.owner"), ProcessHandle.current().pid() + " 2001-01-01T00:00:00Z");

        open("data").close();
    }

    @Test
    void aFileIsNoDataDirectory() throws IOException {
        Files.writeString(parent.resolve("data"), "");

        assertTrue(refusalOf("data")
                .endsWith("data is not a directory: set log_dir to a directory that this user may " + "write to"));
        assertTrue(refusalOf("data/below").contains("below cannot be created: set log_dir"));
    }

    @Test
    void aDeletionThatWasInterruptedIsFinished() throws IOException {
        Path rest = Files.createDirectories(parent.resolve("data/.deleted/4"));
        Files.writeString(rest.resolve("0.log"), "x");

        open("data").close();

        assertFalse(Files.exists(rest));
    }

    @Test
    void aDeletionThatWasBegunIsFinishedAndTheNextTopicOfThatNameIsEmpty() throws IOException {
        try (DataDirectory killed = open("data")) {
            fill(killed, ORDERS);
            killed.states().current().catalog().beginDeletion(ORDERS);
        }

        try (DataDirectory next = open("data")) {
            assertEquals(List.of(), next.states().current().catalog().load());
            assertEquals(List.of(), logsOnDisk());
            assertFalse(Files.exists(parent.resolve("data/.catalog/" + ORDERS.id() + ".deleting")));
            assertEquals(0, endOffset(next, SUCCESSOR, 0));
        }
    }

    @Test
    void aDeletionIsFinishedWithoutHarmToTheNextTopicOfThatName() throws IOException {
        try (DataDirectory killed = open("data")) {
            fill(killed, ORDERS);
            killed.states().current().catalog().beginDeletion(ORDERS);
            killed.states().current().catalog().save(SUCCESSOR);
            fill(killed, SUCCESSOR, 1);
        }

        try (DataDirectory next = open("data")) {
            assertEquals(List.of("orders-1"), logsOnDisk());
            assertEquals(0, endOffset(next, SUCCESSOR, 0));
            assertEquals(1, endOffset(next, SUCCESSOR, 1));
        }
    }

    @Test
    void whatADeletedTopicLeftGivesWayToItsSuccessor() throws IOException {
        try (DataDirectory directory = open("data")) {
            fill(directory, ORDERS);
            directory.states().current().catalog().beginDeletion(ORDERS);
            assertEquals(0, endOffset(directory, SUCCESSOR, 0));
        }
        assertFalse(Files.exists(parent.resolve("data/.orphaned")));
    }

    @Test
    void logsOfNoTopicAreNamedAndMovedAsideAndNeverRevived() throws IOException {
        try (DataDirectory directory = open("data")) {
            fill(directory, ORDERS);
            directory.states().current().catalog().save(OTHER);
            fill(directory, OTHER, 0);
            // A partition that its topic does not have.
            fill(directory, OTHER, 1);
        }
        Files.delete(parent.resolve("data/.catalog/orders.topic"));

        PrintStream err = System.err;
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        System.setErr(new PrintStream(lines, true));
        try (DataDirectory next = open("data")) {
            String expected = "Logs that belong to no topic in " + parent.resolve("data/.catalog")
                    + ": orders-0, orders-1, other-1. They are kept in " + parent.resolve("data/.orphaned") + ".";
            assertTrue(lines.toString().contains(expected), lines.toString());
            assertEquals(List.of("other-0"), logsOnDisk());
            next.states().current().catalog().save(SUCCESSOR);
            assertEquals(0, endOffset(next, SUCCESSOR, 0));
            assertTrue(Files.exists(parent.resolve("data/.orphaned/orders-0/0.log")));
        } finally {
            System.setErr(err);
        }
    }

    @Test
    void orphansOfOneNameAreAllKept() throws IOException {
        for (int time = 0; time < 3; time++) {
            try (DataDirectory directory = open("data")) {
                fill(directory, ORDERS, 0);
            }
            Files.delete(parent.resolve("data/.catalog/orders.topic"));
        }
        open("data").close();

        assertTrue(Files.exists(parent.resolve("data/.orphaned/orders-0/0.log")));
        assertTrue(Files.exists(parent.resolve("data/.orphaned/orders-0.1/0.log")));
        assertTrue(Files.exists(parent.resolve("data/.orphaned/orders-0.2/0.log")));
    }

    @Test
    void aLogWhoseOwnerIsMissingSinceAPowerLossIsTheTopics() throws IOException {
        try (DataDirectory directory = open("data")) {
            fill(directory, ORDERS);
        }
        Files.delete(parent.resolve("data/orders-0/partition.metadata"));
        Files.write(parent.resolve("data/orders-1/partition.metadata"), new byte[52]);

        try (DataDirectory next = open("data")) {
            assertEquals(1, endOffset(next, ORDERS, 0));
            assertEquals(1, endOffset(next, ORDERS, 1));
        }
    }

    @Test
    void theOwnersOfATopicsPartitionsAreOneFileAndThoseOfItsSuccessorAnother() throws IOException {
        try (DataDirectory directory = open("data")) {
            fill(directory, ORDERS);
            Path first = parent.resolve("data/orders-0/partition.metadata");
            Path second = parent.resolve("data/orders-1/partition.metadata");
            assertEquals("version: 0\ntopic_id: AAAAAAAAAAEAAAAAAAAAAQ", Files.readString(first));
            assertTrue(Files.isSameFile(first, second));

            directory.states().current().catalog().beginDeletion(ORDERS);
            fill(directory, SUCCESSOR, 0);

            assertEquals("version: 0\ntopic_id: AAAAAAAAAAIAAAAAAAAAAg", Files.readString(first));
            assertEquals("version: 0\ntopic_id: AAAAAAAAAAEAAAAAAAAAAQ", Files.readString(second));
        }
    }

    @Test
    void aLogWhoseOwnerIsDamagedIsTheTopicsAndThatIsSaid() throws IOException {
        try (DataDirectory directory = open("data")) {
            fill(directory, ORDERS, 0);
        }
        Path metadata = parent.resolve("data/orders-0/partition.metadata");
        Files.writeString(metadata, "version: 0\ntopic_id: ?\n");

        try (DataDirectory next = open("data");
                LoggedLines lines = new LoggedLines()) {
            assertEquals(1, endOffset(next, ORDERS, 0));
            assertEquals(
                    List.of(metadata + " is damaged: it should say version: 0 and topic_id:. "
                            + "The log is taken for that of the topic of its name."),
                    lines.of("WARN"));
            assertEquals(1, endOffset(next, ORDERS, 0));
            assertEquals(1, lines.of("WARN").size());
        }
    }

    /** After a power loss the owner may have no content, while the deletion of the topic before is not yet finished. */
    @Test
    void aLogWithoutOwnerIsThatOfTheNewTopicAndNotOfTheDeletedOne() throws IOException {
        try (DataDirectory killed = open("data")) {
            fill(killed, ORDERS);
            killed.states().current().catalog().beginDeletion(ORDERS);
            fill(killed, SUCCESSOR);
        }
        Files.delete(parent.resolve("data/orders-0/partition.metadata"));
        Files.write(parent.resolve("data/orders-0/partition.metadata"), new byte[52]);
        Files.delete(parent.resolve("data/orders-1/partition.metadata"));

        try (DataDirectory next = open("data")) {
            assertEquals(1, endOffset(next, SUCCESSOR, 0));
            assertEquals(1, endOffset(next, SUCCESSOR, 1));
        }
    }

    @Test
    void anOwnerOfTheLockThatIsDamagedKeepsNobodyOut() throws IOException {
        open("data").close();
        Files.write(parent.resolve("data/.owner"), new byte[] {(byte) 0xff, ' ', (byte) 0xfe});

        open("data").close();
    }

    @Test
    void orphansOfTheLongestNameAreAllKept() throws IOException {
        Topic longest = new Topic("n".repeat(249), new UUID(5, 5), 20_000, (short) 1, Map.of());
        for (int time = 0; time < 2; time++) {
            try (DataDirectory directory = open("data")) {
                fill(directory, longest, 10_000);
            }
            Files.delete(parent.resolve("data/.catalog/" + longest.name() + ".topic"));
        }
        open("data").close();

        try (Stream<Path> orphans = Files.list(parent.resolve("data/.orphaned"))) {
            assertEquals(2, orphans.count());
        }
    }

    @Test
    void directoriesOfTheUserAreLeftAlone() throws IOException {
        Files.writeString(
                Files.createDirectories(parent.resolve("data/project-2")).resolve("Main.java"), "x");
        Files.writeString(Files.createDirectories(parent.resolve("data/mail-1")).resolve("5.log"), "x");
        Files.writeString(parent.resolve("data/mail-1/readme"), "x");
        Files.createDirectories(parent.resolve("data/empty-3"));

        open("data").close();

        assertEquals(List.of("empty-3", "mail-1", "project-2"), logsOnDisk());
    }

    @Test
    void aDirectoryFromBeforeLogsHadOwnersIsTakenOver() throws IOException {
        String clusterId;
        try (DataDirectory directory = open("data")) {
            fill(directory, ORDERS);
            clusterId = directory.store().clusterId();
        }
        fill("lost-0/0.log");
        Files.writeString(parent.resolve("data/meta.properties"), "version=1\ncluster.id=" + clusterId + "\n");
        Files.delete(parent.resolve("data/orders-0/partition.metadata"));
        Files.delete(parent.resolve("data/orders-1/partition.metadata"));

        try (DataDirectory next = open("data")) {
            assertEquals(clusterId, next.store().clusterId());
            assertTrue(Files.exists(parent.resolve("data/orders-0/partition.metadata")));
            assertEquals(1, endOffset(next, ORDERS, 1));
            assertTrue(Files.exists(parent.resolve("data/.orphaned/lost-0")));
        }
        assertTrue(Files.readString(parent.resolve("data/meta.properties")).contains("strikemq.format=1"));
    }

    @Test
    void aDirectoryOfAnotherVersionIsRefusedAndUntouched() throws IOException {
        fill("meta.properties", "version=1\ncluster.id=AAAAAAAAAAAAAAAAAAAAAA\nstrikemq.format=2\n");

        assertEquals(
                "the data directory " + parent.resolve("data") + " was written by another version of StrikeMQ: its "
                        + "meta.properties says strikemq.format=2, and this version knows 1; use that version, or set "
                        + "log_dir to another directory",
                refusalOf("data"));
        assertEquals(List.of("meta.properties"), files());
    }

    @Test
    void aDirectoryOfKafkaIsRefusedAndUntouched() throws IOException {
        String kafkas = "version=1\ncluster.id=AAAAAAAAAAAAAAAAAAAAAA\n";
        for (String content : List.of(kafkas + "node.id=1\n", kafkas + "broker.id=0\n", kafkas + "directory.id=x\n")) {
            fill("meta.properties", content);
            assertTrue(refusalOf("data").contains("data belongs to Apache Kafka (its meta.properties has a "));
            assertEquals(List.of("meta.properties"), files());
        }
        Files.delete(parent.resolve("data/meta.properties"));
        for (String file : List.of("recovery-point-offset-checkpoint", "orders-0/00000000000000000000.log")) {
            fill(file);
            assertTrue(refusalOf("data").contains("data belongs to Apache Kafka ("));
            assertEquals(List.of(file), files());
            Files.delete(parent.resolve("data").resolve(file));
        }
        Files.delete(parent.resolve("data/orders-0"));
        open("data").close();
    }

    @Test
    void whatRunsOnceTheDirectoryIsLockedRunsBeforeAllElseAndNotForWhoIsRefused() {
        List<String> found = new ArrayList<>();
        Path path = parent.resolve("data");
        try (DataDirectory first =
                DataDirectory.open(path, new FixedIdentifiers(1), Runnable::run, () -> found.addAll(files()))) {
            assertEquals(List.of(".lock", ".owner"), found);
            assertThrows(
                    BrokerException.class,
                    () -> DataDirectory.open(
                            path, new FixedIdentifiers(1), Runnable::run, () -> found.add("a second time")));
            assertEquals(2, found.size());
            assertEquals(22, first.store().clusterId().length());
        }
    }

    private void fill(DataDirectory directory, Topic topic, int... partitions) {
        directory.states().current().catalog().save(topic);
        for (int partition : partitions.length == 0 ? new int[] {0, 1} : partitions) {
            try (PartitionLog log = directory
                    .states()
                    .current()
                    .logs()
                    .open(new TopicIdPartition(topic.id(), topic.name(), partition), LogSettings.DEFAULT)) {
                log.append(TestBatches.batch(0));
            }
        }
    }

    private void fill(String file, String... content) throws IOException {
        Path path = parent.resolve("data").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, String.join("", content));
    }

    private static long endOffset(DataDirectory directory, Topic topic, int partition) {
        TopicIdPartition name = new TopicIdPartition(topic.id(), topic.name(), partition);
        try (PartitionLog log = directory.states().current().logs().open(name, LogSettings.DEFAULT)) {
            return log.endOffset();
        }
    }

    /** The directories that have a partition's name. */
    private List<String> logsOnDisk() throws IOException {
        try (Stream<Path> all = Files.list(parent.resolve("data"))) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> name.contains("-") && !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    /** All files of the directory. */
    private List<String> files() {
        Path root = parent.resolve("data");
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(path -> root.relativize(path).toString())
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void openingAndClosingLeavesNoLockBehind() {
        DataDirectory directory = open("data");
        directory.close();
        directory.close();

        assertFalse(Files.exists(parent.resolve("data/.owner")));
    }

    private DataDirectory open(String name) {
        return DataDirectory.open(parent.resolve(name), new FixedIdentifiers(1), Runnable::run, () -> {});
    }

    private String refusalOf(String name) {
        BrokerException refused = assertThrows(BrokerException.class, () -> open(name));
        assertEquals(ErrorCode.KAFKA_STORAGE_ERROR, refused.error());
        return refused.getMessage();
    }

    private String openInAnotherProcess() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DataDirectoryOpener.class.getName(),
                        parent.resolve("data").toString())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes()).strip();
    }
}
