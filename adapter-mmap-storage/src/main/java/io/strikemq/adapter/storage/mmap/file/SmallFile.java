package io.strikemq.adapter.storage.mmap.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files that are read as a whole: what a file is, and how long it says that it is, is asked before memory is taken. */
public final class SmallFile {
    private SmallFile() {}

    /**
     * All of its bytes.
     *
     * @param most the bytes that it can have while it is not damaged
     * @throws NoSuchFileException  when there is nothing of that name
     * @throws DamagedFileException when it is longer, no file, or a link to a file that is not there
     */
    public static byte[] read(Path file, long most) throws IOException {
        try {
            if (!Files.isRegularFile(file) && Files.exists(file)) {
                throw new DamagedFileException(file, Files.isDirectory(file) ? "it is a directory" : "it is no file");
            }
            long size = Files.size(file);
            if (size > most) {
                throw new DamagedFileException(file, "it has " + size + " bytes, where at most " + most + " can be");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new DamagedFileException(file, "it is a link to a file that is not there", missing);
            }
            throw missing;
        }
    }
}
