package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.AtomicFile;
import io.strikemq.adapter.storage.mmap.file.TextFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file that says where a log starts, when that is not where its first segment does: the offset as a decimal
 * number. There is none until records are deleted.
 */
final class StartOffsetFile {
    private StartOffsetFile() {}

    /** Replaces the file, durably. */
    static void write(Path file, long startOffset) throws IOException {
        AtomicFile.replace(file, StandardCharsets.US_ASCII.encode(startOffset + "\n"));
    }

    /**
     * The start offset, 0 without a file. A damaged file is an {@link IOException}: to go on without it would bring
     * deleted records back.
     */
    static long read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        try {
            return Long.parseUnsignedLong(TextFile.read(file).strip());
        } catch (NumberFormatException damage) {
            throw new IOException(file + " is damaged: it should hold an offset", damage);
        }
    }
}
