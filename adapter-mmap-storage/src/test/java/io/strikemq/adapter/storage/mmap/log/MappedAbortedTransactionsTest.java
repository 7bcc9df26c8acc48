package io.strikemq.adapter.storage.mmap.log;

import static io.strikemq.domain.record.TestBatches.batch;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.log.AbortedTransaction;
import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.port.out.AbortedTransactionsContractTest;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.port.out.PartitionLogs;
import io.strikemq.domain.topic.TopicIdPartition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedAbortedTransactionsTest extends AbortedTransactionsContractTest {
    private static final TopicIdPartition PAYMENTS = new TopicIdPartition(new UUID(7, 7), "payments", 0);
    private static final LogSettings SETTINGS = new LogSettings(300, 100);
    private static final AbortedTransaction FIRST = new AbortedTransaction(1, 0, 2, 3);
    private static final AbortedTransaction SECOND = new AbortedTransaction(2, 3, 7, 8);
    private static final AbortedTransaction THIRD = new AbortedTransaction(3, 8, 9, 10);

    @TempDir
    Path directory;

    @Override
    protected PartitionLogs logs() throws IOException {
        return new MappedPartitionLogs(directory);
    }

    @Test
    void theFileIsInKafkasFormat() throws IOException {
        filled().close();

        ByteBuffer expected = ByteBuffer.allocate(34);
        expected.putShort((short) 0).putLong(2).putLong(3).putLong(7).putLong(8);
        assertArrayEquals(expected.array(), Files.readAllBytes(file(6)));
        assertTrue(Files.exists(file(0)));
        assertFalse(Files.exists(file(3)), "no transaction was aborted there");
    }

    @Test
    void aDeletedSegmentsFileGoesWithIt() throws IOException {
        try (PartitionLog log = filled()) {
            log.deleteBefore(3);
            assertFalse(Files.exists(file(0)));
            assertTrue(Files.exists(file(6)));
        }
        try (PartitionLog log = open()) {
            assertTrue(log.knewAborted());
            assertEquals(List.of(SECOND), log.aborted(3, 10));
        }
    }

    @Test
    void whatALaterCheckpointWroteThatNeverCameToBeIsNotBelieved() throws IOException {
        filled().close();
        byte[] checkpoint = Files.readAllBytes(new LogFiles(partition()).checkpoint());
        try (PartitionLog log = open()) {
            log.append(batch(10));
            log.addAborted(THIRD);
            log.checkpoint(ByteBuffer.allocate(1));
        }
        Files.write(new LogFiles(partition()).checkpoint(), checkpoint);

        try (PartitionLog log = open()) {
            assertTrue(log.knewAborted());
            assertEquals(List.of(FIRST, SECOND), log.aborted(0, 11));
            log.addAborted(THIRD);
            log.checkpoint(ByteBuffer.allocate(1));
        }
        try (PartitionLog log = open()) {
            assertEquals(List.of(FIRST, SECOND, THIRD), log.aborted(0, 11));
        }
    }

    @Test
    void aFileThatIsDamagedOrMissingIsNoticedAndKeptAnew() throws IOException {
        for (Damage damage : List.<Damage>of(Files::delete, file -> Files.write(file, new byte[33]), file -> {
            byte[] bytes = Files.readAllBytes(file);
            bytes[12] ^= 1;
            Files.write(file, bytes);
        })) {
            filled().close();
            damage.of(file(0));

            try (PartitionLog log = open()) {
                assertFalse(log.knewAborted());
                assertEquals(List.of(), log.aborted(0, 10), "part of them would be worse than none");
                log.addAborted(FIRST);
                log.addAborted(SECOND);
                log.append(batch(10));
                log.checkpoint(ByteBuffer.allocate(1));
            }
            try (PartitionLog log = open()) {
                assertTrue(log.knewAborted());
                assertEquals(List.of(FIRST, SECOND), log.aborted(0, 11));
            }
            new MappedPartitionLogs(directory).delete(PAYMENTS);
        }
    }

    @Test
    void aCheckpointFromBeforeThereWereTransactionsIsBelieved() throws IOException {
        try (PartitionLog log = open()) {
            log.append(batch(0));
            log.checkpoint(ByteBuffer.wrap(new byte[] {42}));
        }
        Path checkpoint = new LogFiles(partition()).checkpoint();
        ByteBuffer now = ByteBuffer.wrap(Files.readAllBytes(checkpoint));
        ByteBuffer before = ByteBuffer.allocate(now.capacity() - Integer.BYTES);
        before.putShort((short) 1).put(now.slice(2, 24)).put((byte) 42);
        CRC32C crc = new CRC32C();
        crc.update(before.slice(6, before.capacity() - 6));
        before.putInt(2, (int) crc.getValue());
        Files.write(checkpoint, before.array());

        try (PartitionLog log = open()) {
            assertTrue(log.knewAborted());
            assertEquals(
                    ByteBuffer.wrap(new byte[] {42}),
                    log.lastCheckpoint().orElseThrow().state());
        }
    }

    /** One of the ways to lose a file. */
    private interface Damage {
        void of(Path file) throws IOException;
    }

    /** Four segments, of which the first and the third have a marker. */
    private PartitionLog filled() throws IOException {
        PartitionLog log = open();
        for (int offset = 0; offset < 10; offset++) {
            log.append(batch(offset));
            if (offset == FIRST.lastOffset()) {
                log.addAborted(FIRST);
            } else if (offset == SECOND.lastOffset()) {
                log.addAborted(SECOND);
            }
        }
        log.checkpoint(ByteBuffer.allocate(0));
        return log;
    }

    private PartitionLog open() throws IOException {
        return new MappedPartitionLogs(directory).open(PAYMENTS, SETTINGS);
    }

    private Path partition() {
        return directory.resolve(PAYMENTS.toString());
    }

    private Path file(long baseOffset) {
        return new LogFiles(partition()).abortedIndex(baseOffset);
    }
}
