package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.FileTree;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a dying process leaves: a copy of the files of a log that is still open, to be damaged at will. */
final class Crash implements AutoCloseable {
    private final Path root;
    private final Path partition;

    private Crash(Path root, Path partition) {
        this.root = root;
        this.partition = partition;
    }

    /** As if the process had been killed now. */
    static Crash of(Path directory, String partition) throws IOException {
        Path root = Files.createTempDirectory("crash");
        Path target = Files.createDirectories(root.resolve(partition));
        try (Stream<Path> files = Files.list(directory.resolve(partition))) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
        return new Crash(root, target);
    }

    /** The data directory that the next process finds. */
    Path directory() {
        return root;
    }

    LogFiles files() {
        return new LogFiles(partition);
    }

    /** Replaces the bytes at a position of the last segment's file. */
    void overwriteLastSegment(long position, byte[] bytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(lastSegment().toFile(), "rw")) {
            file.seek(position);
            file.write(bytes);
        }
    }

    /** The machine lost what it had not yet written of the last segment. */
    void cutLastSegment(long length) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(lastSegment().toFile(), "rw")) {
            file.setLength(length);
        }
    }

    Path lastSegment() throws IOException {
        long[] baseOffsets = files().baseOffsets();
        return files().log(baseOffsets[baseOffsets.length - 1]);
    }

    @Override
    public void close() throws IOException {
        FileTree.delete(root);
    }
}
