package io.strikemq.adapter.storage.mmap.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Puts files and directories out of the way without losing any. */
public final class Aside {
    /** The data directory's directory for what belongs to nobody, or cannot be read. */
    public static final String ORPHANED = ".orphaned";

    /** What file systems allow at least, less what a number behind the name takes. */
    private static final int LONGEST_NAME = 240;

    private Aside() {}

    /**
     * Moves it into a directory, made when there is none, and says where it is now: under {@code name}, with a number
     * if that is taken, and without its beginning if it is too long to be numbered.
     */
    public static Path move(Path what, Path directory, String name) throws IOException {
        Path into = Files.createDirectories(directory);
        Path target = into.resolve(name);
        String end = name.substring(Math.max(0, name.length() - LONGEST_NAME));
        for (int again = 1; Files.exists(target, LinkOption.NOFOLLOW_LINKS); again++) {
            target = into.resolve(end + "." + again);
        }
        return Files.move(what, target, StandardCopyOption.ATOMIC_MOVE);
    }
}
