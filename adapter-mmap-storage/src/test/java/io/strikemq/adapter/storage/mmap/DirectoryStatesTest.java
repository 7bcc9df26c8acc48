package io.strikemq.adapter.storage.mmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.port.out.FixedIdentifiers;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.port.out.StoredState;
import io.strikemq.domain.record.TestBatches;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicIdPartition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryStatesTest {
    private static final Topic ORDERS = topic("orders");

    @TempDir
    Path root;

    private static Topic topic(String name) {
        return new Topic(name, UUID.randomUUID(), 2, (short) 1, Map.of());
    }

    private DataDirectory open() {
        return DataDirectory.open(root, new FixedIdentifiers(1), Runnable::run, () -> {});
    }

    private static void fill(StoredState state, Topic topic, int batches) {
        state.catalog().save(topic);
        for (int partition = 0; partition < topic.partitionCount(); partition++) {
            try (PartitionLog log = openLog(state, topic, partition)) {
                for (int i = 0; i < batches; i++) {
                    log.append(TestBatches.batch(log.endOffset()));
                }
            }
        }
    }

    private static PartitionLog openLog(StoredState state, Topic topic, int partition) {
        return state.logs().open(new TopicIdPartition(topic.id(), topic.name(), partition), LogSettings.DEFAULT);
    }

    /** The end offset of each partition of each topic. */
    private static Map<String, Long> content(StoredState state) {
        Map<String, Long> ends = new TreeMap<>();
        for (Topic topic : state.catalog().load()) {
            for (int partition = 0; partition < topic.partitionCount(); partition++) {
                try (PartitionLog log = openLog(state, topic, partition)) {
                    ends.put(topic.name() + "-" + partition, log.endOffset());
                }
            }
        }
        return ends;
    }

    @Test
    void anEmptyStateTakesThePlaceOfTheOneBeforeForGood() throws IOException {
        Topic again = topic("orders");
        try (DataDirectory directory = open()) {
            fill(directory.states().current(), ORDERS, 3);
            directory.states().prepareEmpty().install();
            assertEquals(Map.of(), content(directory.states().current()));
            fill(directory.states().current(), again, 1);
            assertEquals(
                    Map.of("orders-0", 1L, "orders-1", 1L),
                    content(directory.states().current()));
        }
        try (DataDirectory directory = open()) {
            assertEquals(
                    Map.of("orders-0", 1L, "orders-1", 1L),
                    content(directory.states().current()));
        }
        assertEquals(List.of(), leftovers());
    }

    @Test
    void whatWasPreparedAndDiscardedChangesNothing() throws IOException {
        try (DataDirectory directory = open()) {
            fill(directory.states().current(), ORDERS, 3);
            directory.states().prepareEmpty().discard();
            assertEquals(List.of(), leftovers());
            directory.states().prepareEmpty();
        }
        try (DataDirectory directory = open()) {
            assertEquals(
                    Map.of("orders-0", 3L, "orders-1", 3L),
                    content(directory.states().current()));
        }
        assertEquals(List.of(), leftovers());
    }

    private List<String> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(List.of(StateSwitch.STAGING, StateSwitch.NEXT, StateSwitch.FILLING)::contains)
                    .toList();
        }
    }

    /** The moments of a switch, each as a process leaves the directory that dies then. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void aProcessThatDiesLeavesTheOneStateOrTheOther(int moment) throws IOException {
        Topic other = topic("others");
        try (DataDirectory directory = open()) {
            fill(directory.states().current(), ORDERS, 3);
        }
        Path staging = Files.createDirectory(root.resolve(StateSwitch.STAGING));
        Path elsewhere = Files.createDirectory(root.resolveSibling(root.getFileName() + "-other"));
        try (DataDirectory directory =
                DataDirectory.open(elsewhere, new FixedIdentifiers(2), Runnable::run, () -> {})) {
            fill(directory.states().current(), other, 2);
        }
        for (String entry : List.of(".catalog", "others-0", "others-1")) {
            Files.move(elsewhere.resolve(entry), staging.resolve(entry));
        }
        Path next = root.resolve(StateSwitch.NEXT);
        Path deleted = Files.createDirectories(root.resolve(".deleted"));
        List<Runnable> steps = List.of(
                () -> move(staging, next),
                () -> move(root.resolve("orders-1"), deleted.resolve("orders-1")),
                () -> move(root.resolve("orders-0"), deleted.resolve("orders-0")),
                () -> move(root.resolve(".catalog"), deleted.resolve(".catalog")),
                () -> move(next, root.resolve(StateSwitch.FILLING)),
                () -> move(root.resolve(StateSwitch.FILLING).resolve(".catalog"), root.resolve(".catalog")));
        steps.subList(0, moment).forEach(Runnable::run);

        for (int start = 0; start < 2; start++) {
            try (DataDirectory directory = open()) {
                Map<String, Long> expected =
                        moment == 0 ? Map.of("orders-0", 3L, "orders-1", 3L) : Map.of("others-0", 2L, "others-1", 2L);
                assertEquals(expected, content(directory.states().current()));
            }
        }
        assertEquals(List.of(), leftovers());
        assertTrue(Files.notExists(root.resolve(".orphaned")));
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void whatCannotBeDoneLeavesAllAsItWas() throws IOException {
        try (DataDirectory directory = open()) {
            StoredState before = directory.states().current();
            fill(before, ORDERS, 3);
            Files.createFile(root.resolve(".deleted"));

            assertThrows(
                    BrokerException.class,
                    () -> directory.states().prepareEmpty().install());

            assertEquals(
                    Map.of("orders-0", 3L, "orders-1", 3L),
                    content(directory.states().current()));
            Files.delete(root.resolve(".deleted"));
            directory.states().prepareEmpty().install();
            assertEquals(Map.of(), content(directory.states().current()));
        }
    }
}
