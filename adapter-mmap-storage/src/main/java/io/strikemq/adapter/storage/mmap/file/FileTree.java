package io.strikemq.adapter.storage.mmap.file;

import io.strikemq.domain.thread.NonBlockingThread;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** A directory with all that is in it. */
public final class FileTree {
    private FileTree() {}

    /** Deletes it all; does nothing when there is nothing. */
    public static void delete(Path root) throws IOException {
        assert NonBlockingThread.mayWait() : root + " is deleted on a thread that must not wait";
        if (Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(root)) {
                for (Path child : children) {
                    delete(child);
                }
            }
        }
        Files.deleteIfExists(root);
    }
}
