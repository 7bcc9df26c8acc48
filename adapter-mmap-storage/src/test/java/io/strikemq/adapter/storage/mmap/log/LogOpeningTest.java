package io.strikemq.adapter.storage.mmap.log;

import static io.strikemq.domain.port.out.LogProbe.UNLIMITED;
import static io.strikemq.domain.port.out.LogProbe.baseOffsets;
import static io.strikemq.domain.record.TestBatches.batch;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.log.ReadLimit;
import io.strikemq.domain.log.ReadLimit.FirstBatch;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.record.BatchLayout;
import io.strikemq.domain.topic.TopicIdPartition;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an opening trusts, checks and drops. Three batches of 100 bytes fit into a segment. */
class LogOpeningTest {
    private static final TopicIdPartition ORDERS = new TopicIdPartition(new UUID(7, 7), "orders", 0);
    private static final LogSettings SETTINGS = new LogSettings(300, 100);

    @TempDir
    Path directory;

    private LogFiles files;

    @BeforeEach
    void begin() {
        files = new LogFiles(directory.resolve("orders-0"));
    }

    @Test
    void filesAreNamedForTheirFirstOffset() throws IOException {
        try (PartitionLog log = filled(0, 8)) {
            log.checkpoint(ByteBuffer.allocate(0));
        }

        assertEquals(
                List.of(
                        "0.index",
                        "0.log",
                        "0.timeindex",
                        "3.index",
                        "3.log",
                        "3.timeindex",
                        "6.index",
                        "6.log",
                        "6.timeindex",
                        "checkpoint"),
                fileNames());
    }

    @Test
    void whatACheckpointCoversIsNotRead() throws IOException {
        try (PartitionLog log = filled(0, 8)) {
            log.checkpoint(ByteBuffer.allocate(0));
        }
        damage(0, 180);
        damage(6, 80);

        try (PartitionLog log = open()) {
            assertEquals(8, log.endOffset());
        }
    }

    @Test
    void aSegmentThatIsReadAsFastWithoutHasNoIndexOnTheDisk() throws IOException {
        LogSettings usual = LogSettings.DEFAULT;
        try (PartitionLog log = new MappedPartitionLogs(directory).open(ORDERS, usual)) {
            fill(log, 0, 40);
            log.checkpoint(ByteBuffer.allocate(0));
            assertFalse(Files.exists(files.offsetIndex(0)));
        }
        try (PartitionLog log = new MappedPartitionLogs(directory).open(ORDERS, usual);
                LoggedLines lines = new LoggedLines()) {
            assertEquals(40, log.endOffset());
            assertEquals(40, log.lastCheckpoint().orElseThrow().endOffset());
            assertEquals(List.of(), lines.of(""));
            fill(log, 40, 1);
            log.checkpoint(ByteBuffer.allocate(0));
            assertTrue(Files.exists(files.offsetIndex(0)));
        }
    }

    @Test
    void anIndexThatIsThereIsKeptRightHoweverSmallTheSegmentIs() throws IOException {
        try (PartitionLog log = filled(0, 3)) {
            log.checkpoint(ByteBuffer.allocate(0));
        }
        Files.delete(files.checkpoint());
        damage(0, 180);
        try (PartitionLog log = open()) {
            assertEquals(1, log.endOffset());
            log.checkpoint(ByteBuffer.allocate(0));
            assertEquals(16, Files.size(files.offsetIndex(0)));
        }
    }

    @Test
    void damageThatSearchesMeetAgainAndAgainIsToldOnce() throws IOException {
        LogSettings oneIndexEntry = new LogSettings(1 << 20, 750);
        try (PartitionLog log = new MappedPartitionLogs(directory).open(ORDERS, oneIndexEntry)) {
            fill(log, 0, 8);
            log.checkpoint(ByteBuffer.allocate(0));
        }
        damage(0, 200 + BatchLayout.MAGIC);
        damage(0, 400 + BatchLayout.MAGIC);

        try (PartitionLog log = new MappedPartitionLogs(directory).open(ORDERS, oneIndexEntry);
                LoggedLines lines = new LoggedLines()) {
            for (int again = 0; again < 3; again++) {
                assertEquals(List.of(5L, 6L, 7L), baseOffsets(log, 5, UNLIMITED));
            }
            assertEquals(2, lines.of("ERROR").size());
        }
    }

    @Test
    void whatCameAfterTheCheckpointIsChecked() throws IOException {
        try (PartitionLog log = filled(0, 4)) {
            log.checkpoint(ByteBuffer.allocate(0));
            fill(log, 4, 4);
        }
        damage(6, 180);

        try (PartitionLog log = open()) {
            assertEquals(7, log.endOffset());
            assertEquals(4, log.lastCheckpoint().orElseThrow().endOffset());
        }
    }

    @Test
    void withoutItsCheckpointALogIsCheckedWholly() throws IOException {
        try (PartitionLog log = filled(0, 8)) {
            log.checkpoint(ByteBuffer.allocate(5));
        }
        Files.write(files.checkpoint(), new byte[40]);
        damage(6, 180);

        try (PartitionLog log = open()) {
            assertEquals(Optional.empty(), log.lastCheckpoint());
            assertEquals(7, log.endOffset());
        }
    }

    @Test
    void aCheckpointBeyondTheEndIsForgotten() throws IOException {
        try (PartitionLog log = filled(0, 8)) {
            log.checkpoint(ByteBuffer.allocate(5));
        }
        Files.delete(files.log(6));

        try (PartitionLog log = open()) {
            assertEquals(Optional.empty(), log.lastCheckpoint());
            assertEquals(6, log.endOffset());
        }
    }

    @Test
    void aCheckpointThatWasRejectedIsNeverBelievedLater() throws IOException {
        LogSettings large = new LogSettings(1 << 20, 100);
        try (PartitionLog log = new MappedPartitionLogs(directory).open(ORDERS, large)) {
            fill(log, 0, 10);
            log.checkpoint(ByteBuffer.allocate(0));
        }
        cut(0, 750);
        try (PartitionLog log = new MappedPartitionLogs(directory).open(ORDERS, large)) {
            assertEquals(7, log.endOffset());
            assertTrue(Files.notExists(files.checkpoint()), "gone before the log takes an append");
            // Batches of another size, so that the old checkpoint's position is in the midst of one.
            for (int offset = 7; offset < 30; offset++) {
                log.append(batch(offset, 1, 0, 130));
            }
            try (Crash crash = Crash.of(directory, ORDERS.toString());
                    PartitionLog again = new MappedPartitionLogs(crash.directory()).open(ORDERS, large)) {
                assertEquals(30, again.endOffset());
                assertEquals(30, baseOffsets(again, 0, UNLIMITED).size());
            }
        }
    }

    @Test
    void whateverACheckpointIsNotUsedForItIsGone() throws IOException {
        try (PartitionLog log = filled(0, 8)) {
            log.checkpoint(ByteBuffer.allocate(5));
        }
        Files.delete(files.log(6));
        open().close();
        assertTrue(Files.notExists(files.checkpoint()));

        Files.write(files.checkpoint(), new byte[40]);
        open().close();
        assertTrue(Files.notExists(files.checkpoint()));
    }

    @Test
    void namesThatAreNoneOfOursAreLeftAlone() throws IOException {
        filled(0, 3).close();
        for (String name :
                List.of("9999999999999999999.log", "007.log", "-1.log", "x.log", "00000000000000000000.log")) {
            Files.write(files.directory().resolve(name), new byte[3]);
        }
        assertOpensWith(0, 1, 2);
    }

    @Test
    void indexesThatAreLostOrDamagedAreBuiltAnew() throws IOException {
        try (PartitionLog log = filled(0, 8)) {
            log.checkpoint(ByteBuffer.allocate(0));
        }
        Files.delete(files.offsetIndex(0));
        Files.write(files.timeIndex(3), new byte[48]);
        Files.write(files.offsetIndex(6), new byte[7]);

        try (PartitionLog log = open()) {
            for (long offset = 0; offset < 8; offset++) {
                assertEquals(offset, baseOffsets(log, offset, UNLIMITED).get(0));
                assertEquals(OptionalLong.of(offset), log.firstBatchAtOrAfter(offset, 0));
            }
            fill(log, 8, 4);
            assertEquals(12, baseOffsets(log, 0, UNLIMITED).size());
        }
    }

    /** Not at the first read, which may come on a thread that must not wait. */
    @Test
    void anIndexThatIsDamagedInTheMiddleIsBuiltAnewByTheOpening() throws IOException {
        try (PartitionLog log = filled(0, 8)) {
            log.checkpoint(ByteBuffer.allocate(0));
        }
        for (Path index : List.of(files.offsetIndex(0), files.timeIndex(0))) {
            byte[] whole = Files.readAllBytes(index);
            byte[] damaged = whole.clone();
            damaged[8] = (byte) 0xA5;
            Files.write(index, damaged);

            try (PartitionLog log = open()) {
                assertArrayEquals(
                        whole, Files.readAllBytes(index), index + " beside an open log of " + log.endOffset());
            }
        }
    }

    @Test
    void indexesThatAreThereAreUsed() throws IOException {
        try (PartitionLog log = filled(0, 8)) {
            log.checkpoint(ByteBuffer.allocate(0));
        }
        // A wrong but plausible index: it says that timestamp 1 is to be searched from the second batch on.
        ByteBuffer entries = ByteBuffer.wrap(Files.readAllBytes(files.timeIndex(0)));
        entries.putLong(12, -5).putLong(24, -5);
        Files.write(files.timeIndex(0), entries.array());

        try (PartitionLog log = open()) {
            assertEquals(OptionalLong.of(2), log.firstBatchAtOrAfter(0, 0));
        }
    }

    /** Whoever appends to it or reads it first may be a thread that must not wait. */
    @Test
    void anOpenLogNeedsItsIndexFilesNoMore() throws IOException {
        try (PartitionLog log = filled(0, 8)) {
            log.checkpoint(ByteBuffer.allocate(0));
        }
        try (PartitionLog log = open()) {
            // As above: whoever read it now would begin too late.
            for (long segment : new long[] {0, 6}) {
                ByteBuffer entries = ByteBuffer.wrap(Files.readAllBytes(files.timeIndex(segment)));
                entries.putLong(12, segment - 5);
                Files.write(files.timeIndex(segment), entries.array());
            }
            assertEquals(OptionalLong.of(0), log.firstBatchAtOrAfter(0, 0));
            assertEquals(OptionalLong.of(6), log.firstBatchAtOrAfter(6, 0));

            Files.delete(files.offsetIndex(0));
            Files.delete(files.offsetIndex(6));
            fill(log, 8, 4);
            assertEquals(12, baseOffsets(log, 0, UNLIMITED).size());
        }
    }

    /** Opens a log that begins with a segment of 2 MB, of which it keeps one entry of the index in 2 KB. */
    @Test
    void ofEarlierSegmentsAPartOfTheIndexIsKeptAndAllIsFound() throws IOException {
        LogSettings settings = new LogSettings(2 << 20, 100);
        int count = 25_000;
        try (PartitionLog log = new MappedPartitionLogs(directory).open(ORDERS, settings)) {
            fill(log, 0, count);
            log.checkpoint(ByteBuffer.allocate(0));
        }
        // An entry as above, which is not kept.
        ByteBuffer entries = ByteBuffer.wrap(Files.readAllBytes(files.timeIndex(0)));
        entries.putLong(12, -5);
        Files.write(files.timeIndex(0), entries.array());

        try (PartitionLog log = new MappedPartitionLogs(directory).open(ORDERS, settings)) {
            assertEquals(OptionalLong.of(0), log.firstBatchAtOrAfter(0, 0));
            ReadLimit few = new ReadLimit(Long.MAX_VALUE, 2550, FirstBatch.ALWAYS);
            for (int offset = 0; offset < count; offset += 7) {
                List<Long> expected = LongStream.range(offset, Math.min(offset + 25, count))
                        .boxed()
                        .toList();
                assertEquals(expected, baseOffsets(log, offset, few));
                assertEquals(OptionalLong.of(offset), log.firstBatchAtOrAfter(offset, 0));
            }
        }
    }

    @Test
    void aSegmentWithoutBatchesIsRemoved() throws IOException {
        filled(0, 3).close();
        Files.write(files.log(3), new byte[5000]);

        assertOpensWith(0, 1, 2);
        assertEquals(List.of("0.log"), fileNames());
    }

    @Test
    void aRepairedLogIsCleanWhenItIsOpenedAgain() throws IOException {
        filled(0, 8).close();
        damage(6, 80);
        open().close();

        assertEquals(300, Files.size(files.log(3)));
        assertTrue(Files.notExists(files.log(6)));
        try (PartitionLog log = open()) {
            fill(log, 6, 2);
        }
        assertOpensWith(0, 1, 2, 3, 4, 5, 6, 7);
    }

    private void assertOpensWith(long... offsets) throws IOException {
        try (PartitionLog log = open()) {
            assertEquals(LongStream.of(offsets).boxed().toList(), baseOffsets(log, 0, UNLIMITED));
            assertEquals(offsets[offsets.length - 1] + 1, log.endOffset());
        }
    }

    private PartitionLog filled(int from, int count) throws IOException {
        PartitionLog log = open();
        fill(log, from, count);
        return log;
    }

    private static void fill(PartitionLog log, int from, int count) {
        for (int offset = from; offset < from + count; offset++) {
            log.append(batch(offset, 1, offset));
        }
    }

    private PartitionLog open() throws IOException {
        return new MappedPartitionLogs(directory).open(ORDERS, SETTINGS);
    }

    private void cut(long segment, int length) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(files.log(segment).toFile(), "rw")) {
            file.setLength(length);
        }
    }

    private void damage(long segment, int position) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(files.log(segment).toFile(), "rw")) {
            file.seek(position);
            int value = file.read();
            file.seek(position);
            file.write(~value);
        }
    }

    /** The log's own files, beside that which says whose it is. */
    private List<String> fileNames() throws IOException {
        try (Stream<Path> found = Files.list(files.directory())) {
            return found.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("partition.metadata"))
                    .sorted()
                    .toList();
        }
    }
}
