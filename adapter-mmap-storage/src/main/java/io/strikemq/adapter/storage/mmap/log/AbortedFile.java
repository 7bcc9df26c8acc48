package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.DamagedFileException;
import io.strikemq.adapter.storage.mmap.file.SmallFile;
import io.strikemq.domain.log.AbortedIndex;
import io.strikemq.domain.log.AbortedTransaction;
import io.strikemq.domain.record.BatchLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The aborted transactions whose markers lie in a segment, in a file of Kafka's format, whose entries are, big-endian:
 *
 * <pre>
 *  0 version             int16   0
 *  2 producer id         int64
 * 10 first offset        int64
 * 18 last offset         int64   that of the marker
 * 26 last stable offset  int64   after the marker
 * </pre>
 *
 * <p>It is written at a checkpoint, which says how many entries it has and what their CRC is, and not forced: what a
 * crash makes of it is noticed when it is loaded, and the log tells again which transactions were aborted. Only where a
 * segment replaces others, its file and theirs are forced, since the checkpoint speaks of both for a while.
 *
 * <p>One thread at a time.
 */
final class AbortedFile {
    private static final int ENTRY = 34;
    private static final short VERSION = 0;

    private Path path;
    private final long baseOffset;

    private int savedEntries;
    private CRC32C savedCrc = new CRC32C();

    /** The file at a path, of the segment with this base offset; there need not be any. */
    AbortedFile(Path path, long baseOffset) {
        this.path = path;
        this.baseOffset = baseOffset;
    }

    /** The file has another name from now on. */
    void renamed(Path now) {
        path = now;
    }

    /** What a checkpoint has to know of a segment's file. */
    record Saved(long baseOffset, int entries, int crc) {}

    /** What the file has. */
    Saved saved() {
        return new Saved(baseOffset, savedEntries, (int) savedCrc.getValue());
    }

    /** Writes those of the first {@code count} entries that the file does not have yet. */
    void save(AbortedIndex index, int count) throws IOException {
        if (count <= savedEntries) {
            return;
        }
        ByteBuffer entries = entries(index, savedEntries, count);
        write(entries.duplicate(), (long) savedEntries * ENTRY);
        savedCrc.update(entries);
        savedEntries = count;
    }

    private static ByteBuffer entries(AbortedIndex index, int from, int to) {
        ByteBuffer entries = ByteBuffer.allocate((to - from) * ENTRY);
        for (int entry = from; entry < to; entry++) {
            AbortedTransaction aborted = index.get(entry);
            entries.putShort(VERSION).putLong(aborted.producerId());
            entries.putLong(aborted.firstOffset()).putLong(aborted.lastOffset());
            entries.putLong(aborted.lastStableOffset());
        }
        return entries.flip();
    }

    /** Makes the file if there is none. */
    void create() throws IOException {
        write(ByteBuffer.allocate(0), 0);
    }

    /** Makes durable what was saved, if there is a file. */
    void force(Disk disk) throws IOException {
        if (Files.exists(path)) {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                disk.force(path, channel);
            }
        }
    }

    private void write(ByteBuffer entries, long position) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.truncate(position);
            long at = position;
            while (entries.hasRemaining()) {
                at += channel.write(entries, at);
            }
        }
    }

    /** The next save writes all of them. */
    void forget() {
        savedEntries = 0;
        savedCrc = new CRC32C();
    }

    /** The entries that a checkpoint speaks of, of a segment of this size; empty when they are not there any more. */
    Optional<AbortedIndex> load(Saved known, int segmentSize) throws IOException {
        if (known.entries() == 0) {
            return Files.notExists(path) || Files.size(path) == 0 ? Optional.of(new AbortedIndex()) : Optional.empty();
        }
        long size = (long) known.entries() * ENTRY;
        ByteBuffer entries;
        try {
            // An entry for each batch: a later checkpoint that never came to be may have written more of them.
            entries = ByteBuffer.wrap(SmallFile.read(path, (segmentSize / BatchLayout.HEADER_SIZE + 1L) * ENTRY));
        } catch (NoSuchFileException | DamagedFileException none) {
            return Optional.empty();
        }
        if (entries.capacity() < size) {
            return Optional.empty();
        }
        entries.limit((int) size);
        CRC32C crc = new CRC32C();
        crc.update(entries.duplicate());
        if ((int) crc.getValue() != known.crc()) {
            return Optional.empty();
        }
        AbortedIndex index = new AbortedIndex();
        while (entries.hasRemaining()) {
            entries.getShort();
            index.add(
                    new AbortedTransaction(entries.getLong(), entries.getLong(), entries.getLong(), entries.getLong()));
        }
        savedEntries = known.entries();
        savedCrc = crc;
        return Optional.of(index);
    }
}
