package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.AtomicFile;
import io.strikemq.adapter.storage.mmap.file.SmallFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The file that says up to where a log is known to be whole and durable, all big-endian:
 *
 * <pre>
 *  0 version             int16   1
 *  2 CRC-32C             uint32  of all that follows
 *  6 end offset          int64
 * 14 segment             int64   base offset of the segment that was the last one
 * 22 position            int32   how many bytes of that segment are whole
 * 26 state               the owner's bytes, to the end of the file
 * </pre>
 */
final class CheckpointFile {
    private static final int CRC = 2;
    private static final int END_OFFSET = 6;
    private static final int SEGMENT = 14;
    private static final int POSITION = 22;
    private static final int STATE = 26;
    private static final short VERSION = 1;
    /** The state was on the heap when it was written, beside much else. */
    private static final long LONGEST = Runtime.getRuntime().maxMemory() / 4;

    private CheckpointFile() {}

    /**
     * @param endOffset the log end offset
     * @param segment   the base offset of the last segment; without any, the end offset
     * @param position  the length of that segment
     * @param state     the owner's bytes, read-only
     */
    record Content(long endOffset, long segment, int position, ByteBuffer state) {}

    /** Replaces the file, durably. */
    static void write(Path file, Content content) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(STATE + content.state().remaining());
        bytes.putShort(0, VERSION);
        bytes.putLong(END_OFFSET, content.endOffset());
        bytes.putLong(SEGMENT, content.segment());
        bytes.putInt(POSITION, content.position());
        bytes.put(
                STATE,
                content.state(),
                content.state().position(),
                content.state().remaining());
        bytes.putInt(CRC, crc(bytes));
        AtomicFile.replace(file, bytes);
    }

    /** What the file says; empty when there is none. A file that is damaged is an {@link IOException}. */
    static Optional<Content> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(SmallFile.read(file, LONGEST)).asReadOnlyBuffer();
        if (bytes.capacity() < STATE || bytes.getShort(0) != VERSION || bytes.getInt(CRC) != crc(bytes)) {
            throw new IOException("the checkpoint " + file + " is damaged");
        }
        return Optional.of(new Content(
                bytes.getLong(END_OFFSET),
                bytes.getLong(SEGMENT),
                bytes.getInt(POSITION),
                bytes.slice(STATE, bytes.capacity() - STATE)));
    }

    private static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(END_OFFSET, bytes.capacity() - END_OFFSET));
        return (int) crc.getValue();
    }
}
