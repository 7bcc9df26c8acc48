package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.Mapping;
import io.strikemq.domain.thread.NonBlockingThread;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The bytes of one segment: written at a position, read through a mapping of the same file.
 *
 * <p>The file is grown sparsely, in doubling steps ahead of the writer, so that a mapping serves many appends. A write
 * that fails leaves nothing: the file is cut back to where it began, since a later recovery could take whole batches of
 * it for appended ones.
 *
 * <p>Threading: one thread writes, any thread takes leases, any thread closes. Only the first lease after the file has
 * grown takes the lock.
 */
final class SegmentFile {
    private static final int SMALLEST_STEP = 64 << 10;
    private static final int LARGEST_STEP = 64 << 20;

    private final Disk disk;

    /** Written under the lock. */
    private volatile Path path;

    // Guarded by this.
    private FileChannel channel;
    private RandomAccessFile file;
    private int length;
    /** Whether there may be bytes behind the end, of a failed write or of an earlier file of that name. */
    private boolean hasRemains;

    /** Whether bytes or a new length are not known to be durable. */
    private boolean needsForce;

    private boolean closed;

    /** Replaced under the lock; null until the first lease and after the close. */
    private volatile Mapping mapping;

    /** A file that is {@code length} bytes long, or with 0 one that need not be there before the first write. */
    SegmentFile(Path path, int length, Disk disk) {
        this.path = path;
        this.length = length;
        this.disk = disk;
        this.needsForce = true;
        this.hasRemains = length == 0;
    }

    Path path() {
        return path;
    }

    /** Makes the file if it is not there, and opens it for writing. */
    synchronized void create() throws IOException {
        openForWriting();
    }

    /** Gives the file another name. */
    synchronized void moveTo(Path target) throws IOException {
        disk.move(path, target);
        path = target;
    }

    /** Writes all of the buffer at {@code position}, or nothing; {@code limit} is how far the file may grow ahead. */
    synchronized void write(ByteBuffer bytes, int position, int limit) throws IOException {
        openForWriting();
        if (hasRemains) {
            cut(position);
        }
        growTo(position + bytes.remaining(), limit);
        needsForce = true;
        try {
            ByteBuffer left = bytes.duplicate();
            long at = position;
            while (left.hasRemaining()) {
                at += disk.write(channel, left, at);
            }
        } catch (IOException failure) {
            hasRemains = true;
            cutAfter(failure, position);
            throw failure;
        }
    }

    /** Gives the file the length that it really has, and the descriptor back. */
    synchronized void seal(int realLength) throws IOException {
        if (length != realLength || hasRemains) {
            openForWriting();
            cut(realLength);
        }
        closeChannel();
    }

    /**
     * Makes durable what was written before the call. It takes long, so it goes by a descriptor of its own, and writes
     * go on meanwhile.
     *
     * @throws ForceFailedException when it cannot be known any more what of it is durable
     */
    void force() throws IOException {
        assert NonBlockingThread.mayWait() : path + " is forced on a thread that must not wait";
        synchronized (this) {
            if (!needsForce) {
                return;
            }
            needsForce = false;
        }
        try (FileChannel own = FileChannel.open(path, StandardOpenOption.WRITE)) {
            force(own);
        } catch (IOException failure) {
            synchronized (this) {
                needsForce = true;
            }
            throw failure;
        }
    }

    private void force(FileChannel own) throws IOException {
        try {
            disk.force(path, own);
        } catch (ClosedByInterruptException interrupted) {
            throw interrupted;
        } catch (IOException failure) {
            throw new ForceFailedException(path, failure);
        }
    }

    /** Fills the buffer from a position on, as far as there are bytes; by a descriptor of its own. */
    void read(ByteBuffer into, long position) throws IOException {
        try (FileChannel own = FileChannel.open(path, StandardOpenOption.READ)) {
            long at = position;
            int read = own.read(into, at);
            while (read >= 0 && into.hasRemaining()) {
                at += read;
                read = own.read(into, at);
            }
        }
    }

    /** A mapping of at least the first {@code needed} bytes, which the caller releases. */
    Mapping lease(int needed) throws IOException {
        Mapping present = mapping;
        return present != null && present.length() >= needed && present.retain() ? present : mapAnew(needed);
    }

    private synchronized Mapping mapAnew(int needed) throws IOException {
        refuseIfClosed();
        Mapping present = mapping;
        if (present == null || present.length() < needed) {
            mapping = Mapping.of(path, length);
            if (present != null) {
                present.release();
            }
        }
        mapping.retain();
        return mapping;
    }

    /** Gives the descriptor and the mapping back, the latter as soon as no slice holds it. Idempotent. */
    synchronized void close() throws IOException {
        closed = true;
        Mapping present = mapping;
        mapping = null;
        if (present != null) {
            present.release();
        }
        closeChannel();
    }

    private void refuseIfClosed() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    /** Opens the file again as well when an interrupt of a writing thread had closed its channel. */
    private void openForWriting() throws IOException {
        refuseIfClosed();
        if (channel == null || !channel.isOpen()) {
            file = new RandomAccessFile(path.toFile(), "rw");
            channel = file.getChannel();
        }
    }

    private void growTo(int needed, int limit) throws IOException {
        if (needed > length) {
            long step = Math.max(SMALLEST_STEP, Math.min(LARGEST_STEP, length));
            int grown = (int) Math.max(needed, Math.min(limit, length + step));
            file.setLength(grown);
            length = grown;
        }
    }

    private void cut(int newLength) throws IOException {
        needsForce = true;
        file.setLength(newLength);
        length = newLength;
        hasRemains = false;
    }

    private void cutAfter(IOException failure, int position) {
        try {
            openForWriting();
            cut(position);
        } catch (IOException another) {
            failure.addSuppressed(another);
        }
    }

    private void closeChannel() throws IOException {
        RandomAccessFile open = file;
        file = null;
        channel = null;
        if (open != null) {
            open.close();
        }
    }
}
