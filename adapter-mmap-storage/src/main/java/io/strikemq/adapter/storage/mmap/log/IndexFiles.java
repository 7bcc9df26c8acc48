package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.DamagedFileException;
import io.strikemq.adapter.storage.mmap.file.SmallFile;
import io.strikemq.domain.record.BatchLayout;
import io.strikemq.domain.thread.NonBlockingThread;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * A segment's {@link SparseIndex} on disk, as two files of Kafka's formats, big-endian, whose entries belong together
 * pairwise:
 *
 * <pre>
 *  offset index   0 relative offset  int32   counted from the segment's base offset
 *                 4 position         int32
 *  time index     0 timestamp        int64   in ms
 *                 8 relative offset  int32
 * </pre>
 *
 * <p>They are written at a checkpoint and not forced: what a crash makes of them is noticed when they are loaded, and
 * the segment is scanned instead. Only those of a segment that has replaced others are forced: its batches do not tell
 * up to which offset it has taken their place.
 */
final class IndexFiles {
    /** What is read in no time. */
    private static final int SMALL = 4096;

    private static final int OFFSET_ENTRY = 8;
    private static final int TIME_ENTRY = 12;

    // Guarded by this.
    private Path offsetIndex;
    private Path timeIndex;

    /** How many entries the files have that are right. */
    private int savedEntries;
    /** Whether there may be files, right or wrong. */
    private boolean mayBeThere = true;

    /** The files at these paths; there need not be any. */
    IndexFiles(Path offsetIndex, Path timeIndex) {
        this.offsetIndex = offsetIndex;
        this.timeIndex = timeIndex;
    }

    /** There are none: the segment is about to be made. */
    synchronized void areNotThere() {
        mayBeThere = false;
    }

    /** The files have other names from now on. */
    synchronized void renamed(Path offsetIndexNow, Path timeIndexNow) {
        offsetIndex = offsetIndexNow;
        timeIndex = timeIndexNow;
    }

    /** The entries up to and including the one at {@code end}; empty when there is none or the files make no sense. */
    synchronized Optional<SparseIndex> load(int end) throws IOException {
        assert NonBlockingThread.mayWait() : "an index is read on a thread that must not wait";
        // An entry for each batch, and one for the end.
        long most = end / BatchLayout.HEADER_SIZE + 2L;
        ByteBuffer offsetEntries;
        ByteBuffer timeEntries;
        try {
            offsetEntries = ByteBuffer.wrap(SmallFile.read(offsetIndex, most * OFFSET_ENTRY));
            timeEntries = ByteBuffer.wrap(SmallFile.read(timeIndex, most * TIME_ENTRY));
        } catch (NoSuchFileException none) {
            mayBeThere = false;
            return Optional.empty();
        } catch (DamagedFileException damage) {
            return Optional.empty();
        }
        int present = Math.min(offsetEntries.capacity() / OFFSET_ENTRY, timeEntries.capacity() / TIME_ENTRY);
        int[] relativeOffsets = new int[present + 1];
        int[] positions = new int[present + 1];
        long[] timestamps = new long[present + 1];
        int count = 0;
        while (count < present && offsetEntries.getInt(count * OFFSET_ENTRY + 4) <= end) {
            relativeOffsets[count] = offsetEntries.getInt(count * OFFSET_ENTRY);
            positions[count] = offsetEntries.getInt(count * OFFSET_ENTRY + 4);
            timestamps[count] = timeEntries.getLong(count * TIME_ENTRY);
            if (timeEntries.getInt(count * TIME_ENTRY + 8) != relativeOffsets[count]
                    || !follows(relativeOffsets, positions, timestamps, count, end)) {
                return Optional.empty();
            }
            count++;
        }
        if (count == 0 || positions[count - 1] != end) {
            return Optional.empty();
        }
        savedEntries = count;
        return Optional.of(new SparseIndex(relativeOffsets, positions, timestamps, count));
    }

    /**
     * The same, but not of a segment that is no larger than what may lie between two entries: it is read as fast
     * without, and a disk makes thousands of partitions durable a good deal faster that have fewer files each.
     */
    synchronized void saveIfWorthwhile(SparseIndex index, int count, int interval) throws IOException {
        if (mayBeThere || index.position(count - 1) > Math.min(interval, SMALL)) {
            save(index, count);
        }
    }

    /** Writes those of the first {@code count} entries that the files do not have yet. */
    synchronized void save(SparseIndex index, int count) throws IOException {
        if (count <= savedEntries) {
            return;
        }
        int first = savedEntries;
        ByteBuffer offsetEntries = ByteBuffer.allocate((count - first) * OFFSET_ENTRY);
        ByteBuffer timeEntries = ByteBuffer.allocate((count - first) * TIME_ENTRY);
        for (int entry = first; entry < count; entry++) {
            offsetEntries.putInt(index.relativeOffset(entry)).putInt(index.position(entry));
            timeEntries.putLong(index.timestamp(entry)).putInt(index.relativeOffset(entry));
        }
        write(offsetIndex, offsetEntries.flip(), (long) first * OFFSET_ENTRY);
        write(timeIndex, timeEntries.flip(), (long) first * TIME_ENTRY);
        savedEntries = count;
        mayBeThere = true;
    }

    /** Makes durable what was saved. */
    synchronized void force(Disk disk) throws IOException {
        for (Path file : List.of(offsetIndex, timeIndex)) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                disk.force(file, channel);
            }
        }
    }

    private static boolean follows(int[] relativeOffsets, int[] positions, long[] timestamps, int entry, int end) {
        return entry == 0
                ? relativeOffsets[0] == 0 && positions[0] == 0
                : relativeOffsets[entry] > relativeOffsets[entry - 1]
                        && (positions[entry] > positions[entry - 1] || end == 0)
                        && timestamps[entry] >= timestamps[entry - 1];
    }

    private static void write(Path file, ByteBuffer bytes, long position) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.truncate(position);
            long at = position;
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
        }
    }
}
