package io.strikemq.bootstrap.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A file that tells of each change before it happens. */
final class WatchedChannel extends FileChannel {
    private final FileChannel file;
    private final Announcement announcement;

    /** Is told of a change, and may refuse it. */
    @FunctionalInterface
    interface Announcement {
        void of(String operation) throws IOException;
    }

    WatchedChannel(FileChannel file, Announcement announcement) {
        this.file = file;
        this.announcement = announcement;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        announcement.of("write");
        return file.write(source);
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        announcement.of("write");
        return file.write(source, position);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        announcement.of("write");
        return file.write(sources, offset, length);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        announcement.of("truncate");
        file.truncate(size);
        return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        announcement.of("force");
        file.force(metaData);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
        announcement.of("write");
        return file.transferFrom(source, position, count);
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        return file.transferTo(position, count, target);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return file.read(target);
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        return file.read(targets, offset, length);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        return file.read(target, position);
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public FileChannel position(long newPosition) throws IOException {
        file.position(newPosition);
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
        return file.map(mode, position, size);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        return file.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return file.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        file.close();
    }
}
