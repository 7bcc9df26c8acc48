package io.strikemq.adapter.storage.mmap.log;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The operating system could not make a file durable. It may have dropped what it could not write, and says so once
 * only: a second attempt would succeed and mean nothing.
 */
final class ForceFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    ForceFailedException(Path file, IOException cause) {
        super("forcing " + file + " to disk failed: " + cause.getMessage(), cause);
    }
}
