package io.strikemq.bootstrap.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that dies between any two of the file operations by which a topic comes or goes, and a disk that fails at
 * any of them, leave the topic whole or wholly gone, and nothing of it to the next topic of that name.
 */
class HalfDoneTopicsTest {
    private static final int PARTITIONS = 3;

    @TempDir
    Path folder;

    private final WatchedFiles files = new WatchedFiles();
    private int copies;

    /** What a process leaves that dies right before a change. */
    private record Leftover(String change, Path directory) {}

    @Test
    void aKillInTheMidstOfADeletion() throws IOException {
        Path data = folder.resolve("data");
        try (BrokerOnDisk broker = new BrokerOnDisk(files.watched(data))) {
            fill(broker);
            boolean wasGone = false;
            for (Leftover left : leftoversOf(data, () -> broker.delete("orders"))) {
                boolean gone = isWhollyGone(left);
                assertFalse(wasGone && !gone, "it came back: " + left.change);
                wasGone = gone;
            }
            assertTrue(wasGone);
        }
    }

    @Test
    void aKillInTheMidstOfACreationAndTheFirstRecords() throws IOException {
        Path data = folder.resolve("data");
        try (BrokerOnDisk broker = new BrokerOnDisk(files.watched(data))) {
            boolean wasThere = false;
            for (Leftover left : leftoversOf(data, () -> fill(broker))) {
                boolean there = isThereWithAPrefixOfItsRecords(left);
                assertFalse(wasThere && !there, "it went away: " + left.change);
                wasThere = there;
            }
            assertTrue(wasThere);
        }
    }

    @Test
    void aKillInTheMidstOfTheCreationOfADeletedTopicsSuccessor() throws IOException {
        Path data = folder.resolve("data");
        try (BrokerOnDisk broker = new BrokerOnDisk(files.watched(data))) {
            fill(broker);
            broker.delete("orders");
            for (Leftover left : leftoversOf(data, () -> fill(broker))) {
                isThereWithAPrefixOfItsRecords(left);
            }
        }
    }

    /** What was half-done is finished by a start, which may die as well. */
    @Test
    void aKillInTheMidstOfAStartThatFinishesADeletion() throws IOException {
        Path data = folder.resolve("data");
        List<Leftover> ofDeletion;
        try (BrokerOnDisk broker = new BrokerOnDisk(files.watched(data))) {
            fill(broker);
            ofDeletion = leftoversOf(data, () -> broker.delete("orders"));
        }
        for (Leftover left : ofDeletion) {
            List<Leftover> ofStart =
                    leftoversOf(left.directory, () -> new BrokerOnDisk(files.watched(left.directory)).close());
            for (Leftover again : ofStart) {
                isWhollyGone(again);
            }
        }
    }

    @Test
    void aDiskThatFailsInTheMidstOfADeletion() throws IOException {
        int change = 0;
        boolean failed = true;
        for (; failed; change++) {
            Path data = Files.createDirectory(folder.resolve("data" + change));
            boolean refused;
            try (BrokerOnDisk broker = new BrokerOnDisk(files.watched(data))) {
                Topic deleted = fill(broker);
                Optional<Boolean> outcome = withFailureAt(change, () -> broker.delete("orders"));
                failed = outcome.isPresent();
                refused = outcome.orElse(false);
                assertEquals(refused ? Optional.of(deleted) : Optional.empty(), broker.find("orders"));
                assertRecords(refused ? 1 : 0, broker);
            }
            try (BrokerOnDisk next = new BrokerOnDisk(data)) {
                // Its own successor was made by the assertion above, and had no records.
                assertRecords(refused ? 1 : 0, next);
            }
        }
        assertTrue(change > 2 * PARTITIONS, "there were " + change + " changes");
    }

    @Test
    void aDiskThatFailsInTheMidstOfACreation() throws IOException {
        int change = 0;
        boolean failed = true;
        for (; failed; change++) {
            Path data = Files.createDirectory(folder.resolve("data" + change));
            Optional<Topic> created;
            try (BrokerOnDisk broker = new BrokerOnDisk(files.watched(data))) {
                Optional<Boolean> refused = withFailureAt(change, () -> broker.create("orders", PARTITIONS));
                failed = refused.isPresent();
                created = broker.find("orders");
                assertEquals(refused.orElse(false), created.isEmpty());
            }
            try (BrokerOnDisk next = new BrokerOnDisk(data)) {
                assertEquals(created, next.find("orders"));
            }
        }
        assertTrue(change > 3, "there were " + change + " changes");
    }

    private static Topic fill(BrokerOnDisk broker) {
        Topic topic = broker.create("orders", PARTITIONS);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            broker.append("orders", partition);
        }
        return topic;
    }

    /** One directory for each change that {@code action} makes in {@code data}: what was there before it. */
    private List<Leftover> leftoversOf(Path data, Runnable action) throws IOException {
        List<Leftover> leftovers = new ArrayList<>();
        files.watch((operation, path) -> leftovers.add(new Leftover(operation + " " + path, copy(data))));
        action.run();
        files.watch((operation, path) -> {});
        leftovers.add(new Leftover("the end", copy(data)));
        return leftovers;
    }

    private Path copy(Path directory) throws IOException {
        Path target = folder.resolve("copy" + copies++);
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.toList()) {
                Files.copy(each, target.resolve(directory.relativize(each).toString()));
            }
        }
        // The process that holds the lock is dead.
        Files.deleteIfExists(target.resolve(".owner"));
        return target;
    }

    /** Lets a change of {@code action} fail; whether that refused it, or empty when there are not so many changes. */
    private Optional<Boolean> withFailureAt(int change, Runnable action) {
        int[] count = {0};
        boolean[] failed = {false};
        files.watch((operation, path) -> {
            if (count[0]++ == change) {
                failed[0] = true;
                throw new IOException("Input/output error");
            }
        });
        boolean refused = false;
        try {
            action.run();
        } catch (BrokerException refusal) {
            refused = true;
            assertTrue(refusal.getMessage().contains("Input/output error"), refusal.getMessage());
        } finally {
            files.watch((operation, path) -> {});
        }
        return failed[0] ? Optional.of(refused) : Optional.empty();
    }

    /** Starts a broker on what was left: the topic is gone and so is all of it, or it is whole. */
    private static boolean isWhollyGone(Leftover left) throws IOException {
        boolean gone;
        try (BrokerOnDisk broker = new BrokerOnDisk(left.directory)) {
            gone = broker.find("orders").isEmpty();
            if (gone) {
                assertEquals(List.of(), remainders(left.directory), left.change);
            }
            assertRecords(gone ? 0 : 1, broker);
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError("killed before " + left.change, failure);
        }
        return gone;
    }

    private static boolean isThereWithAPrefixOfItsRecords(Leftover left) {
        try (BrokerOnDisk broker = new BrokerOnDisk(left.directory)) {
            if (broker.find("orders").isEmpty()) {
                assertRecords(0, broker);
                return false;
            }
            for (int partition = 0; partition < PARTITIONS; partition++) {
                assertTrue(broker.endOffset("orders", partition) <= 1);
                broker.append("orders", partition);
            }
            return true;
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError("killed before " + left.change, failure);
        }
    }

    /** Each partition has so many records; the topic is created if it is not there. */
    private static void assertRecords(long expected, BrokerOnDisk broker) {
        if (broker.find("orders").isEmpty()) {
            broker.create("orders", PARTITIONS);
        }
        for (int partition = 0; partition < PARTITIONS; partition++) {
            assertEquals(expected, broker.endOffset("orders", partition), "partition " + partition);
        }
    }

    /** Files and directories that a topic which is gone should not have. */
    private static List<String> remainders(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.map(path -> directory.relativize(path).toString())
                    .filter(path -> path.startsWith("orders")
                            || path.startsWith(".deleted/")
                            || path.startsWith(".orphaned")
                            || path.startsWith(".catalog/") && !path.endsWith(".tmp"))
                    .toList();
        }
    }
}
