package io.strikemq.adapter.storage.mmap.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The lowest calls through which batches reach a file and stay there, apart so that a test can make them fail. */
interface Disk {
    /** The one that the operating system has. */
    Disk REAL = new Disk() {
        @Override
        public int write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
            return channel.write(bytes, position);
        }
    };

    /** Writes some of the buffer's bytes, at least one, and moves its position, as {@link FileChannel#write} does. */
    int write(FileChannel channel, ByteBuffer bytes, long position) throws IOException;

    /** Makes the file durable, its length included; {@code channel} is open on it. */
    default void force(Path file, FileChannel channel) throws IOException {
        channel.force(true);
    }
}
