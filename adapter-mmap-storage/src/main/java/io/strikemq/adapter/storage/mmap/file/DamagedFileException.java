package io.strikemq.adapter.storage.mmap.file;

import java.io.IOException;
import java.nio.file.Path;

/** A file is there, and is not what it should be; the message has its name. */
public final class DamagedFileException extends IOException {
    private static final long serialVersionUID = 1L;

    /** {@code what} is wrong with the file, as the rest of a sentence. */
    public DamagedFileException(Path file, String what, Exception cause) {
        super(file + " is damaged: " + what, cause);
    }

    /** As above, where nothing else has failed. */
    public DamagedFileException(Path file, String what) {
        this(file, what, null);
    }
}
