package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.DamagedFileException;
import io.strikemq.adapter.storage.mmap.file.NumberFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The {@link NumberFile} that says up to where a log was compacted. There is none before. */
final class CompactedOffsetFile {
    private CompactedOffsetFile() {}

    /** Replaces the file, durably. */
    static void write(Path file, long offset) throws IOException {
        NumberFile.write(file, offset);
    }

    /**
     * The offset, 0 without a file.
     *
     * @throws DamagedFileException when the file does not say it; whoever goes on without compacts all of the log anew
     */
    static long read(Path file) throws IOException {
        try {
            return NumberFile.read(file);
        } catch (NoSuchFileException none) {
            return 0;
        }
    }
}
