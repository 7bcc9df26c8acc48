package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.AtomicFile;
import io.strikemq.adapter.storage.mmap.file.SmallFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The file that says up to where a log is known to be whole and durable, all big-endian:
 *
 * <pre>
 *  0 version             int16   2
 *  2 CRC-32C             uint32  of all that follows
 *  6 end offset          int64
 * 14 segment             int64   base offset of the segment that the log went on with
 * 22 position            int32   how many bytes of that segment are whole; 0 when it was yet to be begun
 * 26 aborted             int32   how many segments have aborted transactions, then of each:
 *    segment             int64   base offset
 *    entries             int32   of its file (see {@link AbortedFile})
 *    CRC-32C             uint32  of these entries
 *    state               the owner's bytes, to the end of the file
 * </pre>
 *
 * <p>Version 1, from before there were transactions, has the state at 26.
 */
final class CheckpointFile {
    private static final int CRC = 2;
    private static final int END_OFFSET = 6;
    private static final int SEGMENT = 14;
    private static final int POSITION = 22;
    private static final int ABORTED = 26;
    private static final int SIZE_OF_ABORTED = Long.BYTES + Integer.BYTES + Integer.BYTES;
    private static final short VERSION = 2;
    private static final short VERSION_WITHOUT_ABORTED = 1;
    /** The state was on the heap when it was written, beside much else. */
    private static final long LONGEST = Runtime.getRuntime().maxMemory() / 4;

    private CheckpointFile() {}

    /**
     * @param endOffset the log end offset
     * @param segment   the base offset of the segment that the log goes on with; the end offset if it is to begin one
     * @param position  the length of that segment; 0 if it is to be begun
     * @param aborted   the segments that have aborted transactions; one that was just replaced, or is about to be, has one
     *                  entry for what it was and one for what it is
     * @param state     the owner's bytes, read-only
     */
    record Content(long endOffset, long segment, int position, List<AbortedFile.Saved> aborted, ByteBuffer state) {
        /** The same with these. */
        Content withAborted(List<AbortedFile.Saved> saved) {
            return new Content(endOffset, segment, position, saved, state);
        }
    }

    /** Replaces the file, durably. */
    static void write(Path file, Content content) throws IOException {
        int sizeOfAborted = Integer.BYTES + content.aborted().size() * SIZE_OF_ABORTED;
        ByteBuffer bytes =
                ByteBuffer.allocate(ABORTED + sizeOfAborted + content.state().remaining());
        bytes.putShort(0, VERSION);
        bytes.putLong(END_OFFSET, content.endOffset());
        bytes.putLong(SEGMENT, content.segment());
        bytes.putInt(POSITION, content.position());
        bytes.position(ABORTED);
        bytes.putInt(content.aborted().size());
        for (AbortedFile.Saved saved : content.aborted()) {
            bytes.putLong(saved.baseOffset()).putInt(saved.entries()).putInt(saved.crc());
        }
        bytes.put(content.state().duplicate()).flip();
        bytes.putInt(CRC, crc(bytes));
        AtomicFile.replace(file, bytes);
    }

    /** What the file says; empty when there is none. A file that is damaged is an {@link IOException}. */
    static Optional<Content> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(SmallFile.read(file, LONGEST)).asReadOnlyBuffer();
        if (bytes.capacity() < ABORTED || !isKnown(bytes.getShort(0)) || bytes.getInt(CRC) != crc(bytes)) {
            throw new IOException("the checkpoint " + file + " is damaged");
        }
        bytes.position(ABORTED);
        List<AbortedFile.Saved> aborted = bytes.getShort(0) == VERSION ? readAborted(bytes) : List.of();
        return Optional.of(new Content(
                bytes.getLong(END_OFFSET), bytes.getLong(SEGMENT), bytes.getInt(POSITION), aborted, bytes.slice()));
    }

    private static boolean isKnown(short version) {
        return version == VERSION || version == VERSION_WITHOUT_ABORTED;
    }

    private static List<AbortedFile.Saved> readAborted(ByteBuffer bytes) {
        List<AbortedFile.Saved> aborted = new ArrayList<>();
        for (int left = bytes.getInt(); left > 0; left--) {
            aborted.add(new AbortedFile.Saved(bytes.getLong(), bytes.getInt(), bytes.getInt()));
        }
        return aborted;
    }

    private static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(END_OFFSET, bytes.capacity() - END_OFFSET));
        return (int) crc.getValue();
    }
}
