package io.strikemq.adapter.storage.mmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.log.ReadLimit;
import io.strikemq.domain.log.ReadLimit.FirstBatch;
import io.strikemq.domain.port.out.FixedIdentifiers;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.record.TestBatches;
import io.strikemq.domain.thread.NonBlockingThread;
import io.strikemq.domain.topic.Topic;
import io.strikemq.domain.topic.TopicIdPartition;
import io.strikemq.domain.topic.TopicPartition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What takes long is refused to threads that must not wait, and what nobody waits for is done in the background. */
class SlowWorkTest {
    private static final Topic ORDERS = new Topic("orders", new UUID(1, 2), 2, (short) 1, Map.of());
    private static final TopicIdPartition PARTITION =
            new TopicIdPartition(ORDERS.id(), new TopicPartition("orders", 0));
    private static final TopicIdPartition OTHER = new TopicIdPartition(ORDERS.id(), new TopicPartition("orders", 1));

    @TempDir
    Path path;

    private final Queue<Runnable> background = new ArrayDeque<>();
    private DataDirectory directory;
    private PartitionLog log;

    @BeforeEach
    void open() {
        directory = DataDirectory.open(path, new FixedIdentifiers(1), background::add, () -> {});
        directory.states().current().catalog().save(ORDERS);
        log = directory.states().current().logs().open(PARTITION, LogSettings.DEFAULT);
        log.append(TestBatches.batch(0));
        log.append(TestBatches.batch(1));
    }

    @AfterEach
    void close() {
        log.close();
        directory.close();
    }

    @Test
    void aThreadThatMustNotWaitMayAppendAndRead() throws Exception {
        List<Runnable> quick = List.of(
                () -> log.append(TestBatches.batch(2)),
                () -> log.read(0, new ReadLimit(Long.MAX_VALUE, 1000, FirstBatch.ALWAYS)),
                () -> log.firstBatchAtOrAfter(0, 0),
                () -> log.prepareCheckpoint(ByteBuffer.allocate(0)));
        for (Runnable work : quick) {
            assertTrue(isAllowedOnALoop(work));
        }
    }

    @Test
    void allElseIsRefusedToIt() throws Exception {
        List<Runnable> slow = List.of(
                () -> directory.states().current().logs().open(OTHER, LogSettings.DEFAULT),
                () -> directory.states().current().logs().delete(PARTITION),
                () -> directory.states().current().logs().volume(),
                () -> log.deleteBefore(1),
                () -> log.checkpoint(ByteBuffer.allocate(0)),
                () -> directory.states().current().catalog().save(ORDERS),
                () -> directory.states().current().catalog().beginDeletion(ORDERS),
                () -> directory.store().claimProducerIds(1));
        for (int i = 0; i < slow.size(); i++) {
            assertFalse(isAllowedOnALoop(slow.get(i)), "number " + i);
        }
    }

    private static boolean isAllowedOnALoop(Runnable work) throws Exception {
        FutureTask<Boolean> allowed = new FutureTask<>(() -> {
            try {
                work.run();
                return true;
            } catch (AssertionError refused) {
                return false;
            }
        });
        Thread loop = new NonBlockingThread(allowed, "a-loop");
        loop.start();
        return allowed.get();
    }

    @Test
    void aDeletedLogIsOutOfTheWayAtOnceAndItsSpaceIsFreedInTheBackground() throws IOException {
        directory.states().current().logs().delete(PARTITION);

        assertTrue(Files.notExists(path.resolve("orders-0")));
        assertEquals(1, discarded());
        background.remove().run();
        assertEquals(0, discarded());
        assertEquals(0, background.size());
    }

    @Test
    void whatTheBackgroundDidNotComeToTheNextStartDoesInTheBackground() throws IOException {
        directory.states().current().logs().delete(PARTITION);
        directory.close();
        background.clear();

        directory = DataDirectory.open(path, new FixedIdentifiers(1), background::add, () -> {});
        assertEquals(1, discarded());
        background.remove().run();
        assertEquals(0, discarded());
    }

    private long discarded() throws IOException {
        try (Stream<Path> discarded = Files.list(path.resolve(".deleted"))) {
            return discarded.count();
        }
    }
}
