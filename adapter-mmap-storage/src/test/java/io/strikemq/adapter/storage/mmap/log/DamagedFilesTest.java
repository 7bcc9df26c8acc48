package io.strikemq.adapter.storage.mmap.log;

import static io.strikemq.domain.record.TestBatches.batch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.log.LogRead;
import io.strikemq.domain.log.LogSettings;
import io.strikemq.domain.log.ReadLimit;
import io.strikemq.domain.log.ReadLimit.FirstBatch;
import io.strikemq.domain.port.out.PartitionLog;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordBatches;
import io.strikemq.domain.topic.TopicIdPartition;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every kind of file of a log, harmed in every way: the log opens, all that is not harmed is served, users are told of
 * what is lost, and the log goes on. Eleven batches of 100 bytes, three to a segment: 0, 3, 6 and 9.
 */
class DamagedFilesTest {
    private static final TopicIdPartition ORDERS = new TopicIdPartition(new UUID(7, 7), "orders", 0);
    private static final LogSettings SETTINGS = new LogSettings(300, 100);
    private static final int RECORDS = 11;
    private static final long[] SEGMENTS = {0, 3, 6, 9};

    @TempDir
    Path directory;

    /** What is done to a file of {@code size} bytes; says from which byte up to which it is not what it was. */
    enum Harm {
        MISSING {
            @Override
            int[] to(Path file, int size) throws IOException {
                Files.delete(file);
                return new int[] {0, size};
            }
        },
        EMPTIED {
            @Override
            int[] to(Path file, int size) throws IOException {
                return cut(file, 0, size);
            }
        },
        CUT_BETWEEN_BATCHES {
            @Override
            int[] to(Path file, int size) throws IOException {
                return cut(file, Math.min(100, size / 2), size);
            }
        },
        CUT_WITHIN_A_BATCH {
            @Override
            int[] to(Path file, int size) throws IOException {
                return cut(file, Math.min(150, size / 2), size);
            }
        },
        ZEROS {
            @Override
            int[] to(Path file, int size) throws IOException {
                return overwrite(file, new byte[size], 0);
            }
        },
        GARBAGE {
            @Override
            int[] to(Path file, int size) throws IOException {
                return overwrite(file, garbage(size), 0);
            }
        },
        GARBAGE_AT_THE_BEGIN {
            @Override
            int[] to(Path file, int size) throws IOException {
                return overwrite(file, garbage(Math.min(30, size)), 0);
            }
        },
        GARBAGE_IN_THE_MIDDLE {
            @Override
            int[] to(Path file, int size) throws IOException {
                return overwrite(file, garbage(Math.min(30, size / 2)), Math.min(105, size / 2));
            }
        },
        LONGER {
            @Override
            int[] to(Path file, int size) throws IOException {
                overwrite(file, garbage(50), size);
                return new int[] {size, size};
            }
        },
        /** More than an array can hold, though the disk has next to nothing of it. */
        FAR_TOO_LONG {
            @Override
            int[] to(Path file, int size) throws IOException {
                return cut(file, 3L << 30, size);
            }
        };

        abstract int[] to(Path file, int size) throws IOException;

        private static int[] cut(Path file, long length, int size) throws IOException {
            try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
                open.setLength(length);
            }
            return new int[] {(int) Math.min(length, size), size};
        }

        private static int[] overwrite(Path file, byte[] bytes, int position) throws IOException {
            try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
                open.seek(position);
                open.write(bytes);
            }
            return new int[] {position, position + bytes.length};
        }

        private static byte[] garbage(int size) {
            byte[] bytes = new byte[size];
            Arrays.fill(bytes, (byte) 0xA5);
            return bytes;
        }

        /** Whether a look at the two ends tells; the rest of what a checkpoint covers is not read at the start. */
        boolean changesAnEnd() {
            return this != GARBAGE_IN_THE_MIDDLE;
        }
    }

    /** Up to where a checkpoint vouches for the log. */
    enum Covered {
        NOTHING(0),
        HALF(7),
        ALL(RECORDS);

        private final int records;

        Covered(int records) {
            this.records = records;
        }
    }

    /** One that is far too long has its zeros read, which takes a second each time. */
    @ParameterizedTest
    @EnumSource(value = Harm.class, mode = EnumSource.Mode.EXCLUDE, names = "FAR_TOO_LONG")
    void ofASegmentOnlyWhatIsHarmedIsLost(Harm harm) throws IOException {
        for (Covered covered : Covered.values()) {
            for (long segment : SEGMENTS) {
                String what = harm + " of segment " + segment + " with a checkpoint of " + covered;
                LogFiles files = fill(covered, what);
                int size = (int) Files.size(files.log(segment));
                int[] harmed = harm.to(files.log(segment), size);

                TreeSet<Long> expected = expected(segment, harmed, covered);
                boolean isVouchedFor = segment + 2 < covered.records && !harm.changesAnEnd();
                // Of the last segment nobody knows how long it was.
                boolean isKnown = segment != 9 || covered == Covered.ALL && harm.changesAnEnd();
                boolean isTold = expected.size() < RECORDS && !isVouchedFor;
                assertServes(files, expected, isKnown ? Optional.of(isTold) : Optional.empty(), what);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Harm.class)
    void ofAnIndexNothingIsLost(Harm harm) throws IOException {
        for (Covered covered : List.of(Covered.HALF, Covered.ALL)) {
            for (long segment : SEGMENTS) {
                for (String suffix : List.of(".index", ".timeindex")) {
                    String what = harm + " of " + segment + suffix + " with a checkpoint of " + covered;
                    LogFiles files = fill(covered, what);
                    Path index = files.directory().resolve(segment + suffix);
                    if (Files.exists(index)) {
                        harm.to(index, (int) Files.size(index));
                    }
                    assertServes(files, all(), Optional.of(false), what);
                }
            }
        }
    }

    @Test
    void whereADirectoryIsInPlaceOfAnIndexNothingIsLost() throws IOException {
        LogFiles files = fill(Covered.ALL, "harmed");
        for (Path index : List.of(files.offsetIndex(0), files.timeIndex(3))) {
            Files.delete(index);
            Files.createDirectories(index.resolve("full"));
        }
        assertServes(files, all(), Optional.of(false), "a directory");
    }

    @Test
    void whereADirectoryIsInPlaceOfASegmentItIsNamed() throws IOException {
        LogFiles files = fill(Covered.ALL, "harmed");
        Files.delete(files.log(3));
        Files.createDirectory(files.log(3));

        String refused =
                assertThrows(BrokerException.class, () -> open("harmed")).getMessage();
        assertTrue(refused.endsWith(files.log(3) + " is damaged: it is a directory"), refused);
    }

    @ParameterizedTest
    @EnumSource(Harm.class)
    void ofACheckpointNothingIsLost(Harm harm) throws IOException {
        LogFiles files = fill(Covered.HALF, "harmed");
        harm.to(files.checkpoint(), (int) Files.size(files.checkpoint()));
        assertServes(files, all(), Optional.of(false), harm + " of the checkpoint");
    }

    @ParameterizedTest
    @EnumSource(Harm.class)
    void ofAStartFileNothingIsLostThatWasNotDeleted(Harm harm) throws IOException {
        LogFiles files = fill(Covered.HALF, "harmed");
        try (PartitionLog log = open("harmed")) {
            log.deleteBefore(4);
        }
        harm.to(files.startOffset(), (int) Files.size(files.startOffset()));

        TreeSet<Long> served = all();
        served.removeAll(List.of(0L, 1L, 2L));
        assertServes(files, served, Optional.of(true), harm + " of the start file");
    }

    /** A wrong offset or position in an index that is plausible otherwise leads no search astray. */
    @ParameterizedTest
    @CsvSource({"0, 3, 1", "0, 7, 255", "0, 11, 1", "0, 11, 2", "0, 15, 40", "0, 15, 200", "3, 11, 2", "3, 15, 40"})
    void ofAFlippedBitInAnIndexNothingIsLost(long segment, int position, int xor) throws IOException {
        LogFiles files = fill(Covered.ALL, "harmed");
        byte[] index = Files.readAllBytes(files.offsetIndex(segment));
        index[position] ^= (byte) xor;
        Files.write(files.offsetIndex(segment), index);
        byte[] times = Files.readAllBytes(files.timeIndex(segment));
        System.arraycopy(index, 8, times, 12 + 8, 4);
        Files.write(files.timeIndex(segment), times);
        assertServes(files, all(), Optional.of(false), "a flipped bit at " + position);
    }

    private void assertServes(LogFiles files, TreeSet<Long> expected, Optional<Boolean> isToldAtTheStart, String what)
            throws IOException {
        String name = files.directory().getParent().getFileName().toString();
        try (LoggedLines lines = new LoggedLines();
                PartitionLog log = open(name)) {
            assertEquals(expected, offsets(log), what);
            boolean isTold = lines.of("ERROR").stream().anyMatch(line -> line.startsWith("orders-0: "));
            assertEquals(isToldAtTheStart.orElse(isTold), isTold, what + ": " + lines.of("ERROR"));
            log.append(batch(Math.max(RECORDS, log.endOffset())));
            expected.add(log.endOffset() - 1);
            assertEquals(expected, offsets(log), what + ", after an append");
        }
        try (LoggedLines lines = new LoggedLines();
                PartitionLog log = open(name)) {
            assertEquals(expected, offsets(log), what + ", opened once more");
            assertFalse(lines.of("ERROR").stream().anyMatch(line -> line.contains("at the end")), what);
        }
    }

    private static TreeSet<Long> expected(long segment, int[] harmed, Covered covered) {
        TreeSet<Long> left = all();
        boolean isLast = segment == SEGMENTS[SEGMENTS.length - 1];
        for (int position = 0; position < 300; position += 100) {
            long offset = segment + position / 100;
            boolean isHarmed = position < harmed[1] && position + 100 > harmed[0];
            boolean isCutOff = isLast && covered != Covered.ALL && position + 100 > harmed[0] && harmed[0] < harmed[1];
            if (isHarmed || isCutOff) {
                left.remove(offset);
            }
        }
        return left;
    }

    private static TreeSet<Long> all() {
        TreeSet<Long> all = new TreeSet<>();
        IntStream.range(0, RECORDS).forEach(offset -> all.add((long) offset));
        return all;
    }

    /** What a client can read that goes on behind damage. */
    private static TreeSet<Long> offsets(PartitionLog log) {
        TreeSet<Long> found = new TreeSet<>();
        long next = log.startOffset();
        while (next < log.endOffset()) {
            LogRead read = log.read(next, new ReadLimit(Long.MAX_VALUE, 250, FirstBatch.ALWAYS));
            long before = next;
            if (read instanceof LogRead.Damaged damaged) {
                next = damaged.nextOffset();
            } else {
                LogRead.Found bytes = (LogRead.Found) read;
                for (ByteBuffer buffer : bytes.slice().buffers()) {
                    for (RecordBatch batch : RecordBatches.wholeIn(buffer)) {
                        found.add(batch.baseOffset());
                        next = batch.lastOffset() + 1;
                    }
                }
                bytes.slice().release();
                next = next == before ? next + 1 : next;
            }
            assertTrue(next > before, "a read leads on");
        }
        return found;
    }

    private LogFiles fill(Covered covered, String name) throws IOException {
        try (PartitionLog log = open(name)) {
            for (int offset = 0; offset < RECORDS; offset++) {
                if (offset == covered.records && offset > 0) {
                    log.checkpoint(ByteBuffer.allocate(0));
                }
                log.append(batch(offset, 1, offset));
            }
            if (covered == Covered.ALL) {
                log.checkpoint(ByteBuffer.allocate(0));
            }
        }
        return new LogFiles(directory.resolve(name).resolve(ORDERS.toString()));
    }

    private PartitionLog open(String name) throws IOException {
        return new MappedPartitionLogs(Files.createDirectories(directory.resolve(name))).open(ORDERS, SETTINGS);
    }
}
