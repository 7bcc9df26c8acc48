package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.DamagedFileException;
import io.strikemq.adapter.storage.mmap.file.NumberFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The {@link NumberFile} that says where a log starts, when that is not where its first segment does. There is none
 * until records are deleted.
 */
final class StartOffsetFile {
    private StartOffsetFile() {}

    /** Replaces the file, durably. */
    static void write(Path file, long startOffset) throws IOException {
        NumberFile.write(file, startOffset);
    }

    /**
     * The start offset, 0 without a file.
     *
     * @throws DamagedFileException when the file does not say it; whoever goes on without brings deleted records back
     */
    static long read(Path file) throws IOException {
        try {
            return NumberFile.read(file);
        } catch (NoSuchFileException none) {
            return 0;
        }
    }
}
