package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The lowest calls through which batches reach files and stay there, apart so that a test can make them fail. */
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

    /** Gives a file another name in one step, taking it from whatever file had it. */
    default void move(Path file, Path target) throws IOException {
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Deletes a file if it is there. */
    default void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /** Makes durable which files the directory has. */
    default void forceDirectory(Path directory) throws IOException {
        AtomicFile.forceDirectory(directory);
    }
}
