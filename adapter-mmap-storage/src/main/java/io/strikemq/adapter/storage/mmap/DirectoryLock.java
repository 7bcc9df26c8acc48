package io.strikemq.adapter.storage.mmap;

import io.strikemq.adapter.storage.mmap.file.DamagedFileException;
import io.strikemq.adapter.storage.mmap.file.SmallFile;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps a second broker out of a data directory, in this process or another one, until closed or the process ends.
 *
 * <p>The lock is on {@code .lock}. Beside it {@code .owner} names the process that holds it: for the message, and
 * because POSIX drops a process's lock as soon as that process closes <em>any</em> descriptor of the locked file. A
 * second broker in the same process must therefore be noticed before it opens that file.
 */
final class DirectoryLock implements AutoCloseable {
    private static final int LONGEST_OWNER = 200;

    private final Path owner;
    private final FileChannel channel;

    private DirectoryLock(Path owner, FileChannel channel) {
        this.owner = owner;
        this.channel = channel;
    }

    /** Takes the lock, or refuses with a sentence for the user. */
    static DirectoryLock acquire(Path directory) throws IOException {
        Path owner = directory.resolve(".owner");
        Optional<String> self = thisProcess();
        if (self.isPresent() && self.equals(read(owner))) {
            throw inUse(directory, "another broker in this process");
        }
        FileChannel channel =
                FileChannel.open(directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw inUse(
                        directory,
                        "another process"
                                + read(owner)
                                        .map(name -> ", id " + name.substring(0, name.indexOf(' ')))
                                        .orElse(""));
            }
            Files.writeString(owner, self.orElse(""));
            return new DirectoryLock(owner, channel);
        } catch (OverlappingFileLockException held) {
            channel.close();
            throw inUse(directory, "another broker in this process");
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            Files.deleteIfExists(owner);
            channel.close();
        }
    }

    /** Id and start of this process, which no other process shares; empty where the system does not tell. */
    private static Optional<String> thisProcess() {
        ProcessHandle process = ProcessHandle.current();
        Optional<Instant> start = process.info().startInstant();
        return start.map(instant -> process.pid() + " " + instant);
    }

    /** Empty for a file that was damaged, which no living owner wrote. */
    private static Optional<String> read(Path owner) throws IOException {
        try {
            String name = new String(SmallFile.read(owner, LONGEST_OWNER), StandardCharsets.ISO_8859_1);
            return name.matches("\\d+ \\S+") ? Optional.of(name) : Optional.empty();
        } catch (NoSuchFileException | DamagedFileException nobody) {
            return Optional.empty();
        }
    }

    private static BrokerException inUse(Path directory, String by) {
        return new BrokerException(
                ErrorCode.KAFKA_STORAGE_ERROR,
                "the data directory " + directory + " is in use by " + by
                        + ": stop that broker, or give this one a log_dir of its own");
    }
}
