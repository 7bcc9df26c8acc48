package io.strikemq.adapter.storage.mmap.file;

import io.strikemq.domain.thread.NonBlockingThread;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Small files that are replaced as a whole: after a crash one finds the old bytes or the new ones. */
public final class AtomicFile {
    /** What a file is called while it is written. One thread at a time replaces files of one directory. */
    private static final String TEMPORARY = "next.tmp";

    private AtomicFile() {}

    /** Replaces the file's bytes, durably: the bytes are on the disk before the name points at them. */
    public static void replace(Path file, ByteBuffer bytes) throws IOException {
        put(file, bytes);
        forceDirectory(file.getParent());
    }

    /** The same but for the name, which is durable when the directory is forced next, with the name of another file. */
    public static void put(Path file, ByteBuffer bytes) throws IOException {
        assert NonBlockingThread.mayWait() : file + " is written on a thread that must not wait";
        Path temporary = file.resolveSibling(TEMPORARY);
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer left = bytes.duplicate();
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Makes durable which files the directory has. */
    public static void forceDirectory(Path directory) throws IOException {
        assert NonBlockingThread.mayWait() : directory + " is forced on a thread that must not wait";
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
